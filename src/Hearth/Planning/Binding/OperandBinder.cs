using System.Globalization;
using Hearth.Planning.Rules;
using Hearth.Schema;
using Hearth.Schema.Values;

namespace Hearth.Planning.Binding;

/// <summary>Binds one side of a comparison: literals, macros, fields and paths, <c>@request</c>, <c>@collection</c>, functions.</summary>
internal sealed class OperandBinder
{
    private readonly Scope scope;
    private readonly PathBinder paths;
    private readonly RequestBinder request;
    private readonly FunctionBinder functions;

    public OperandBinder(Scope scope)
    {
        this.scope = scope;
        paths = new PathBinder(scope, EmailOwners);
        request = new RequestBinder(scope, paths);
        functions = new FunctionBinder(scope, this);
    }

    /// <summary>The sources whose <c>email</c> a restricted client uses in the comparison that is being bound.</summary>
    public List<Source> EmailOwners { get; } = [];

    /// <summary>The operand, or null with a problem in the scope.</summary>
    public Operand? Bind(OperandNode node) => node switch
    {
        NumberNode number => Number(number),
        TextNode text => new Literal(FieldValue.Text(Coercion.WithoutNul(text.Value))),
        CallNode call => functions.Bind(call),
        _ => Name((NameNode)node),
    };

    /// <summary>A name in any of the forms of contract 2.4.</summary>
    public Operand? Name(NameNode node)
    {
        var name = node.Name;
        if (name[0] == '@')
        {
            if (Macros.ValueOf(name, scope.Facts.Now) is { } value) return new Literal(value) { Whole = value.Kind == FieldValueKind.Number };
            var ofRequest = name.StartsWith("@request.", StringComparison.Ordinal);
            if (!ofRequest && !name.StartsWith("@collection.", StringComparison.Ordinal)) return scope.Fail<Operand>($"Unknown name \"{name}\"", node.Start);
            if (scope.Restricted) return scope.Fail<Operand>($"Only superusers can use \"{name}\" here", node.Start);
            return ofRequest ? request.Bind(node) : AnyCollection(node);
        }
        if (scope.Collection.FindField(name) is null && Constant(name) is { } constant) return constant;
        return PathText.Read(name, out var reason) is { } path
            ? paths.Bind(scope.Joins.Root, path, node.Start)
            : scope.Fail<Operand>(reason, node.Start);
    }

    /// <summary>Only fields of records can be sorted by; everything that <see cref="Name"/> takes beyond that is refused.</summary>
    public Operand? SortKey(NameNode node) =>
        node.Name[0] == '@' && !node.Name.StartsWith("@collection.", StringComparison.Ordinal) || Constant(node.Name) is not null
            ? scope.Fail<Operand>($"Cannot sort by \"{node.Name}\"", node.Start)
            : Name(node);

    private static Literal? Constant(string name) =>
        name.Equals("true", StringComparison.OrdinalIgnoreCase) ? new Literal(FieldValue.Bool(true))
        : name.Equals("false", StringComparison.OrdinalIgnoreCase) ? new Literal(FieldValue.Bool(false))
        : name.Equals("null", StringComparison.OrdinalIgnoreCase) ? new Literal(FieldValue.Null)
        : null;

    private Literal? Number(NumberNode node)
    {
        var number = double.Parse(node.Digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? new Literal(FieldValue.Number(number)) : scope.Fail<Literal>("The number is too large", node.Start);
    }

    private Operand? AnyCollection(NameNode node)
    {
        if (PathText.Read(node.Name["@collection.".Length..], out var reason) is not { } path) return scope.Fail<Operand>(reason, node.Start);
        if (path.Names.Length == 1) return scope.Fail<Operand>($"\"{node.Name}\" names no field; write @collection.NAME.FIELD", node.Start);
        var name = path.Names[0].Split(':');
        if (name is not ([_] or [_, { Length: > 0 }])) return scope.Fail<Operand>($"\"{path.Names[0]}\" is not a collection with an alias", node.Start);
        return scope.Schema.Find(name[0]) is { } collection
            ? paths.Bind(scope.Joins.Every(collection, name.Length > 1 ? name[1] : ""), path.Rest(1), node.Start)
            : scope.Fail<Operand>($"There is no collection \"{name[0]}\"{Suggestion.For(name[0], scope.Schema.Collections.Select(c => c.Name))}", node.Start);
    }
}
