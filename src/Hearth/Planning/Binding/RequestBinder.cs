using System.Collections.Immutable;
using Hearth.Planning.Rules;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>
/// Binds <c>@request.*</c> (contract 2.4). What the request says becomes a literal; only records that it points to are joined.
/// </summary>
internal sealed class RequestBinder(Scope scope, PathBinder paths)
{
    private readonly BodyBinder body = new(scope, paths);

    /// <summary>The operand, or null with a problem in the scope.</summary>
    public Operand? Bind(NameNode node)
    {
        if (PathText.Read(node.Name["@request.".Length..], out var reason) is not { } path) return scope.Fail<Operand>(reason, node.Start);
        var facts = scope.Facts;
        return (path.Names[0], path.Names.Length) switch
        {
            ("method", 1) => Scalar(FieldValue.Text(facts.Method), null, path.Modifier, node),
            ("context", 1) => Scalar(FieldValue.Text(facts.Context), null, path.Modifier, node),
            ("query", > 1) => Named(facts.Query, path, node),
            ("headers", > 1) => Named(facts.Headers, path, node),
            ("body", > 1) => body.Bind(path.Rest(1), node),
            ("auth", > 1) => Auth(path.Rest(1), node),
            _ => scope.Fail<Operand>($"Unknown name \"{node.Name}\"; there are @request.method, context, query, headers, body and auth", node.Start),
        };
    }

    /// <summary>A value of the request with the modifiers that any such value takes; null and a problem for the others.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isSet">The answer to <c>:isset</c>; null where that cannot be asked.</param>
    /// <param name="modifier">The modifier.</param>
    /// <param name="node">Where it is written.</param>
    private Literal? Scalar(FieldValue value, bool? isSet, Modifier modifier, NameNode node) => (modifier, isSet) switch
    {
        (Modifier.None, _) => new Literal(value) { Told = true },
        (Modifier.Lower, _) => Lowered(value),
        (Modifier.IsSet, { } answer) => new Literal(FieldValue.Bool(answer)),
        _ => scope.Fail<Literal>($"\"{node.Name}\" cannot have this modifier", node.Start),
    };

    /// <summary>A literal in ASCII lower case; a truth value is its name.</summary>
    public static Literal Lowered(FieldValue value) => new(value.Kind switch
    {
        FieldValueKind.Null => value,
        FieldValueKind.Bool => FieldValue.Text(value.ToString()),
        _ => FieldValue.Text(LowerAscii(Affinity.PatternText(value))),
    });

    /// <summary>Only ASCII letters, like the engines.</summary>
    private static string LowerAscii(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
    });

    private Literal? Named(IReadOnlyDictionary<string, string> values, PathText path, NameNode node)
    {
        // Query parameters and headers are flat: a longer path leads nowhere.
        string? value = null;
        var isSet = path.Names.Length == 2 && values.TryGetValue(path.Names[1], out value);
        return Scalar(value is null ? FieldValue.Null : FieldValue.Text(value), isSet, path.Modifier, node);
    }

    private Operand? Auth(PathText path, NameNode node)
    {
        var caller = scope.Facts.Caller;
        if (caller.Collection is not { } collection) return Scalar(FieldValue.Null, false, Plain(path.Modifier), node);
        var name = path.Names[0];
        if (collection.FindField(name) is { } field) return OwnField(caller, field, path, node);
        if (path.Names.Length == 1)
        {
            FieldValue? told = name switch
            {
                "collectionId" => FieldValue.Text(collection.Id),
                "collectionName" => FieldValue.Text(collection.Name),
                _ => null,
            };
            return Scalar(told ?? FieldValue.Null, told is not null, Plain(path.Modifier), node);
        }
        return paths.BackRelation(collection, name) is null
            ? Scalar(FieldValue.Null, false, Plain(path.Modifier), node)
            : paths.Bind(scope.Joins.Ids("@request.auth", collection, [caller.Id], multi: false), path, node.Start, lenient: true);
    }

    private Operand? OwnField(Caller caller, Field field, PathText path, NameNode node)
    {
        var value = caller.Get(field.Name);
        ImmutableArray<string> rest = path.Names.Length == 1 ? [] : path.Rest(1).Names;
        if (rest.IsEmpty)
        {
            return path.Modifier switch
            {
                Modifier.Each when field.Multiple => new Item(scope.Joins.EachLiteral($"@request.auth.{field.Name}:each", value.AsList)),
                Modifier.Length when field.Type is FieldType.Select or FieldType.File or FieldType.Relation => new Literal(FieldValue.Number(value.AsList.Count)),
                _ when IsToldPlainly(field) => Scalar(value, true, Plain(path.Modifier), node),
                Modifier.IsSet => new Literal(FieldValue.Bool(true)),
                _ => Known(field, value, rest, path.Modifier),
            };
        }
        if (field is not RelationField relation)
        {
            if (path.Modifier == Modifier.IsSet) return scope.Fail<Operand>($"\"{node.Name}\" cannot have this modifier", node.Start);
            return field.Type is FieldType.Json or FieldType.GeoPoint ? Known(field, value, rest, path.Modifier) : Scalar(FieldValue.Null, null, Plain(path.Modifier), node);
        }
        if (!relation.Multiple && rest is ["id"]) return path.Modifier == Modifier.IsSet ? new Literal(FieldValue.Bool(true)) : Known(field, value, [], path.Modifier);
        return scope.Schema.Find(relation.CollectionId) is { } target
            ? paths.Bind(scope.Joins.Ids($"@request.auth.{field.Name}", target, value.AsList, relation.Multiple), path.Rest(1), node.Start, hops: 1, lenient: true)
            : new Literal(FieldValue.Null);
    }

    /// <summary>What comes with the sign-in itself is a plain value of the request like any other (contract 2.4).</summary>
    private static bool IsToldPlainly(Field field) => field.Name is "id" or "email" or "emailVisibility" or "verified";

    private static Operand Known(Field field, FieldValue value, ImmutableArray<string> path, Modifier modifier)
    {
        var known = new KnownValue(field, value, path);
        return modifier == Modifier.Lower ? new Lower(known) : known;
    }

    /// <summary>Like fields of records, those of the signed-in record ignore modifiers that say nothing about them (contract 2.5).</summary>
    private static Modifier Plain(Modifier modifier) => modifier is Modifier.Lower or Modifier.IsSet ? modifier : Modifier.None;
}
