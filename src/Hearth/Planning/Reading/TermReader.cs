using System.Collections.Immutable;
using Hearth.Planning.Binding;
using Hearth.Planning.Rules;
using Hearth.Schema;

namespace Hearth.Planning.Reading;

/// <summary>Says what the sides of comparisons are. Only for rules that were bound before: nothing can be wrong with them any more.</summary>
internal sealed class TermReader(SchemaSnapshot schema, Scope scope)
{
    private const string Request = "@request.";
    private const string Any = "@collection.";

    private readonly OperandBinder operands = new(scope);

    /// <summary>What an operand is.</summary>
    public RuleTerm Read(OperandNode node) => node switch
    {
        TextNode text => new RuleTerm(RuleTermKind.Text) { Value = FieldValue.Text(text.Value) },
        CallNode call => new RuleTerm(RuleTermKind.Function) { Name = call.Name, Arguments = [.. call.Arguments.Select(Read)] },
        NameNode name when name.Name.StartsWith(Request, StringComparison.Ordinal) => OfRequest(name.Name[Request.Length..]),
        NameNode name => Name(name),
        _ => Value(operands.Bind(node)),
    };

    private RuleTerm Name(NameNode node)
    {
        if (Macros.ValueOf(node.Name, scope.Facts.Now) is not null) return new RuleTerm(RuleTermKind.Now) { Name = node.Name };
        var bound = operands.Bind(node);
        if (bound is Literal) return Value(bound);
        var isAny = node.Name.StartsWith(Any, StringComparison.Ordinal);
        var path = PathOf(isAny ? node.Name[(node.Name.IndexOf('.', Any.Length) + 1)..] : node.Name);
        return Field(isAny ? RuleTermKind.Collection : RuleTermKind.Field, bound) with { Path = path.Path, Modifier = path.Modifier };
    }

    private static RuleTerm Value(Operand? operand) => operand is Literal { Value: var value }
        ? new RuleTerm(value.Kind switch
        {
            FieldValueKind.Number => RuleTermKind.Number,
            FieldValueKind.Bool => RuleTermKind.Bool,
            FieldValueKind.Null => RuleTermKind.Null,
            _ => RuleTermKind.Text,
        }) { Value = value }
        : new RuleTerm(RuleTermKind.Null);

    private RuleTerm Field(RuleTermKind kind, Operand? operand)
    {
        var (source, field, inside) = operand is Lower lower ? Place(lower.Inner) : Place(operand);
        if (source?.Collection is not { } collection || field is null) return new RuleTerm(kind);
        return new RuleTerm(kind)
        {
            Collection = collection.Name,
            // Below a place there are two numbers; what is inside of JSON nobody knows.
            Type = !inside ? field.Type : field.Type == FieldType.GeoPoint ? FieldType.Number : null,
            Via = ViaOf(source),
            Many = source.Multi || field.Multiple,
            Target = Target(field),
        };
    }

    private static (Source? Source, Field? Field, bool Inside) Place(Operand? operand) => operand switch
    {
        Column column => (column.Of, column.Field, false),
        ItemCount count => (count.Of, count.Field, false),
        Item { Of: EachSource each } => (each.Parent, each.Field, false),
        JsonPath path => (path.Of, path.Field, true),
        _ => (null, null, false),
    };

    private static ImmutableArray<string> ViaOf(Source source)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        for (Source? at = source; at is { Parent: not null, Collection: { } collection }; at = at.Parent) names.Insert(0, collection.Name);
        return names.ToImmutable();
    }

    private string Target(Field? field) => field is RelationField relation ? schema.Find(relation.CollectionId)?.Name ?? "" : "";

    /// <summary>What the request says is a value while a rule is bound; what it is called is read from its name.</summary>
    private RuleTerm OfRequest(string name)
    {
        var (path, modifier) = PathOf(name);
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var (part, rest) = dot < 0 ? (path, "") : (path[..dot], path[(dot + 1)..]);
        var field = part switch
        {
            "auth" => AccountField(rest),
            "body" => scope.Collection.FindField(rest),
            _ => null,
        };
        return new RuleTerm(part == "auth" ? RuleTermKind.Caller : RuleTermKind.Request)
        {
            Path = part == "auth" ? rest : path,
            Type = field?.Type,
            Target = Target(field),
            Many = field is { Multiple: true },
            Modifier = modifier,
        };
    }

    /// <summary>A field of accounts, when all collections with sign-in that have it agree about its type.</summary>
    private Field? AccountField(string name)
    {
        var fields = schema.Collections.Where(one => one is { Type: CollectionType.Auth, System: false }).Select(one => one.FindField(name)).OfType<Field>().ToList();
        return fields.Count > 0 && fields.All(one => one.Type == fields[0].Type) ? fields[0] : null;
    }

    private static (string Path, string Modifier) PathOf(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon < 0 || name.IndexOf('.', colon) >= 0 ? (name, "") : (name[..colon], name[(colon + 1)..]);
    }
}
