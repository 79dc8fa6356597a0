using System.Text.Json;
using Hearth.Planning.Rules;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>
/// Binds <c>@request.body.*</c>: what was submitted, and the records that submitted relations refer to. In the rules of a write a field of the collection has the
/// value that it is going to hold, whatever form it was sent in; everything else is as it was sent.
/// </summary>
internal sealed class BodyBinder(Scope scope, PathBinder paths)
{
    /// <summary>The operand, or null with a problem in the scope.</summary>
    /// <param name="path">The path below <c>@request.body</c>.</param>
    /// <param name="node">Where it is written.</param>
    public Operand? Bind(PathText path, NameNode node)
    {
        var field = scope.Collection.FindField(path.Names[0]);
        var sent = Sent.Of(scope.Facts, path.Names[0], field);
        switch (path.Modifier)
        {
            case Modifier.IsSet:
                return new Literal(FieldValue.Bool(sent.Find(path, field) is not null));
            case Modifier.Changed when field is not null && path.Names.Length == 1:
                return Changed(field, sent);
            case Modifier.Each or Modifier.Length when path.Names.Length == 1 && field is { Type: FieldType.Select or FieldType.File or FieldType.Relation }:
                return Items(field, sent, path.Modifier);
        }
        if (path.Names.Length > 1 && field is RelationField relation) return Referred(relation, sent, path, node);
        if (path.Modifier is not (Modifier.None or Modifier.Lower))
        {
            return scope.Fail<Operand>($"\"{node.Name}\" cannot have this modifier: it needs a {(path.Modifier == Modifier.Changed ? "field" : "select, file or relation field")} of \"{scope.Collection.Name}\"", node.Start);
        }

        var value = sent.Find(path, field) ?? FieldValue.Null;
        // Forms send numbers as texts.
        if (value.Kind == FieldValueKind.Text && scope.Collection.FindField(path.Names[^1]) is NumberField && Affinity.NumberOf(value.AsText) is { } number)
        {
            value = FieldValue.Number(number);
        }
        if (path.Modifier != Modifier.Lower) return new Literal(value) { Told = true };
        // A field that was not sent is empty, not unknown, once it is a text in lower case.
        return RequestBinder.Lowered(field is not null && path.Names.Length == 1 && value.Kind == FieldValueKind.Null ? FieldValue.EmptyText : value);
    }

    private Operand? Referred(RelationField field, Sent sent, PathText path, NameNode node)
    {
        if (scope.Schema.Find(field.CollectionId) is not { } target)
        {
            return scope.Fail<Operand>($"\"{field.Name}\" refers to a collection that is gone", node.Start);
        }
        return paths.Bind(scope.Joins.Ids($"@request.body.{field.Name}", target, sent.Items(field), field.Multiple), path.Rest(1), node.Start, hops: 1, lenient: true);
    }

    private Operand Items(Field field, Sent sent, Modifier modifier)
    {
        var items = sent.Items(field);
        if (modifier == Modifier.Length) return new Literal(FieldValue.Number(items.Count));
        return field.Multiple || items.Count == 0
            ? new Item(scope.Joins.EachSubmitted($"@request.body.{field.Name}:each", field, items))
            : new Literal(FieldValue.Text(items[^1]));
    }

    /// <summary>Submitted and not what is stored: compared in the form in which it would be stored, so that "5" for 5 is no change.</summary>
    private Operand Changed(Field field, Sent sent)
    {
        if (sent.IsMissing) return new Literal(FieldValue.Bool(false));
        var root = scope.Joins.Root;
        var value = sent.Whole(field);
        // Of a password only a hash is stored, and an upload has no stored name yet: both are new whatever they are. A new account without a password has none.
        if (field is PasswordField) return new Literal(FieldValue.Bool(root.VirtualRow is null || value.AsText.Length > 0));
        if (field is FileField && sent.HasUpload) return new Literal(FieldValue.Bool(true));
        return new Truth(new Compare(new Literal(value), CompareOperator.NotEqual, new Column(root, field), Any: true), root);
    }

    /// <summary>What was sent under one name.</summary>
    /// <param name="Element">As it was sent.</param>
    /// <param name="Held">What the field of that name is going to hold; null when nothing is written, or there is no such field.</param>
    private readonly record struct Sent(JsonElement? Element, FieldValue? Held)
    {
        public static Sent Of(RequestFacts facts, string name, Field? field)
        {
            JsonElement? element = facts.Body.TryGetValue(name, out var found) ? found : null;
            if (field is null || element is null || facts.BodyValues is not { } values) return new(element, null);
            foreach (var value in values)
            {
                if (value.Field.Name == name) return new(element, value.Value);
            }
            return new(element, null);
        }

        public bool IsMissing => Element is null;

        /// <summary>There are uploads among the files: objects with a name, which no stored value of a file field is.</summary>
        public bool HasUpload => Element is { } element && (element.ValueKind == JsonValueKind.Object
            || (element.ValueKind == JsonValueKind.Array && element.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object)));

        /// <summary>The value at a path; null when it leads nowhere.</summary>
        public FieldValue? Find(PathText path, Field? field)
        {
            if (Element is not { } element) return null;
            var inside = path.Names.AsSpan()[1..];
            var isOfUpload = !inside.IsEmpty && field is FileField && HasUpload;
            if (Held is { } held && !isOfUpload) return JsonLiterals.Inside(held, inside);
            return JsonLiterals.TryFind(element, inside, out var found) ? JsonLiterals.ValueOf(found) : null;
        }

        /// <summary>The value as the field takes it, JSON that is one text or number as that.</summary>
        public FieldValue Whole(Field field) => JsonLiterals.Inside(Held ?? (Element is { } element ? field.Coerce(element) : field.Zero), []) ?? FieldValue.Null;

        /// <summary>The items of a field that can hold several.</summary>
        public IReadOnlyList<string> Items(Field field) =>
            Held is { } held ? held.AsList : Element is not { } element ? [] : field is FileField ? FileNames(element) : field.Coerce(element).AsList;

        // Names of kept files and of uploads, which are objects with a name.
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
}
