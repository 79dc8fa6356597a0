using System.Text.Json;
using Hearth.Planning.Rules;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>Binds <c>@request.body.*</c>: what was submitted, and the records that submitted relations refer to.</summary>
internal sealed class BodyBinder(Scope scope, PathBinder paths)
{
    /// <summary>The operand, or null with a problem in the scope.</summary>
    /// <param name="path">The path below <c>@request.body</c>.</param>
    /// <param name="node">Where it is written.</param>
    public Operand? Bind(PathText path, NameNode node)
    {
        var field = scope.Collection.FindField(path.Names[0]);
        JsonElement? submitted = scope.Facts.Body.TryGetValue(path.Names[0], out var element) ? element : null;
        switch (path.Modifier)
        {
            case Modifier.IsSet:
                return new Literal(FieldValue.Bool(Find(submitted, path) is not null));
            case Modifier.Changed when field is not null && path.Names.Length == 1:
                return Changed(field, submitted);
            case Modifier.Each or Modifier.Length when path.Names.Length == 1 && field is { Type: FieldType.Select or FieldType.File or FieldType.Relation }:
                return Items(field, submitted, path.Modifier);
        }
        if (path.Names.Length > 1 && field is RelationField relation) return Referred(relation, submitted, path, node);
        if (path.Modifier is not (Modifier.None or Modifier.Lower))
        {
            return scope.Fail<Operand>($"\"{node.Name}\" cannot have this modifier: it needs a {(path.Modifier == Modifier.Changed ? "field" : "select, file or relation field")} of \"{scope.Collection.Name}\"", node.Start);
        }

        var value = Find(submitted, path) is { } found ? JsonLiterals.ValueOf(found) : FieldValue.Null;
        // Forms send numbers as texts.
        if (value.Kind == FieldValueKind.Text && scope.Collection.FindField(path.Names[^1]) is NumberField && Affinity.NumberOf(value.AsText) is { } number)
        {
            value = FieldValue.Number(number);
        }
        return path.Modifier == Modifier.Lower ? RequestBinder.Lowered(value) : new Literal(value);
    }

    private static JsonElement? Find(JsonElement? submitted, PathText path) =>
        submitted is { } element && JsonLiterals.TryFind(element, path.Names.AsSpan()[1..], out var found) ? found : null;

    private Operand? Referred(RelationField field, JsonElement? submitted, PathText path, NameNode node)
    {
        if (scope.Schema.Find(field.CollectionId) is not { } target)
        {
            return scope.Fail<Operand>($"\"{field.Name}\" refers to a collection that is gone", node.Start);
        }
        var ids = submitted is { } element ? field.Coerce(element).AsList : [];
        return paths.Bind(scope.Joins.Ids($"@request.body.{field.Name}", target, ids, field.Multiple), path.Rest(1), node.Start, hops: 1);
    }

    private Operand Items(Field field, JsonElement? submitted, Modifier modifier)
    {
        IReadOnlyList<string> items = submitted is not { } element ? [] : field is FileField ? FileNames(element) : field.Coerce(element).AsList;
        if (modifier == Modifier.Length) return new Literal(FieldValue.Number(items.Count));
        return field.Multiple
            ? new Item(scope.Joins.EachLiteral($"@request.body.{field.Name}:each", items))
            : new Literal(items.Count == 0 ? FieldValue.Null : FieldValue.Text(items[^1]));
    }

    /// <summary>Submitted and not what is stored: compared in the form in which it would be stored, so that "5" for 5 is no change.</summary>
    private Operand Changed(Field field, JsonElement? submitted)
    {
        if (submitted is not { } element) return new Literal(FieldValue.Bool(false));
        // Of a password only a hash is stored, and an upload has no stored name yet: both are new whatever they are.
        if (field is PasswordField || (field is FileField && HasUpload(element))) return new Literal(FieldValue.Bool(true));
        var coerced = field.Coerce(element);
        var value = field is JsonField ? JsonLiterals.ValueAt(coerced, []) : coerced;
        var root = scope.Joins.Root;
        return new Truth(new Compare(new Literal(value), CompareOperator.NotEqual, new Column(root, field), Any: true), root);
    }

    private static bool HasUpload(JsonElement element) => element.ValueKind == JsonValueKind.Object
        || (element.ValueKind == JsonValueKind.Array && element.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object));

    /// <summary>Names of kept files and of uploads, which are objects with a name.</summary>
    private static List<string> FileNames(JsonElement element)
    {
        IEnumerable<JsonElement> files = element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [element];
        var names = new List<string>();
        foreach (var file in files)
        {
            var value = file.ValueKind == JsonValueKind.Object && file.TryGetProperty("name", out var name) ? JsonLiterals.ValueOf(name) : JsonLiterals.ValueOf(file);
            if (value.AsText.Length > 0) names.Add(value.AsText);
        }
        return names;
    }
}
