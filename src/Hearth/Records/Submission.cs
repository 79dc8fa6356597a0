using System.Text.Json;
using Hearth.Schema;
using Hearth.Schema.Values;

namespace Hearth.Records;

/// <summary>
/// What a client sent for a record: field names and modifier forms with their values (contract 6.6). It is applied to the stored row
/// inside the write, so that <c>views+</c> of two requests both count.
/// </summary>
public sealed class Submission
{
    private readonly IReadOnlyDictionary<string, JsonElement> body;
    private readonly IReadOnlyList<string> uploads;

    /// <summary>Makes a submission.</summary>
    /// <param name="body">The parsed body; keys that name nothing of the collection are ignored.</param>
    /// <param name="uploads">Keys under which files were uploaded.</param>
    public Submission(IReadOnlyDictionary<string, JsonElement> body, IReadOnlyList<string>? uploads = null) =>
        (this.body, this.uploads) = (body, uploads ?? []);

    /// <summary>The body as it was sent.</summary>
    public IReadOnlyDictionary<string, JsonElement> Body => body;

    /// <summary>Keys under which files were uploaded.</summary>
    public IReadOnlyList<string> Uploads => uploads;

    /// <summary>
    /// The text under a key, read as a text field reads it: numbers and truths are their own text, null, lists and objects are empty. Empty
    /// when there is none.
    /// </summary>
    public string Text(string key) => body.TryGetValue(key, out var value) ? Coercion.Text(value) : "";

    /// <summary>True when the key was sent.</summary>
    public bool Has(string key) => body.ContainsKey(key);

    /// <summary>The parts that concern the collection's fields, shortest key first; hidden fields only for who may write them.</summary>
    internal List<SubmittedValue> For(Collection collection, bool writesHidden)
    {
        var parts = new List<SubmittedValue>(body.Count);
        foreach (var (key, value) in body)
        {
            if (SubmittedValue.Read(collection, key, value) is not { } part) continue;
            if (part.Field.Hidden && !writesHidden && !(collection.Type == CollectionType.Auth && part.Field.Name == "password")) continue;
            parts.Add(part);
        }
        if (parts.Exists(static p => p.Modifier is not null)) parts.Sort(static (a, b) => a.KeyLength.CompareTo(b.KeyLength));
        return parts;
    }

    /// <summary>The body as rules see it: modifiers resolved to the record's values, hidden fields left out for who may not write them.</summary>
    internal IReadOnlyDictionary<string, JsonElement> Resolved(Record record, bool writesHidden)
    {
        var collection = record.Collection;
        Dictionary<string, JsonElement>? resolved = null;
        foreach (var (key, value) in body)
        {
            if (SubmittedValue.Read(collection, key, value) is not { } part) continue;
            var dropped = part.Field.Hidden && !writesHidden;
            if (part.Modifier is null && !dropped) continue;
            resolved ??= new Dictionary<string, JsonElement>(body, StringComparer.Ordinal);
            resolved.Remove(key);
            if (!dropped) resolved[part.Field.Name] = ValueJson.ElementOf(record[part.Ordinal]);
        }
        return resolved ?? body;
    }
}

/// <summary>One key of a submission that concerns a field.</summary>
internal readonly record struct SubmittedValue(int Ordinal, Field Field, ValueModifier? Modifier, JsonElement Value, int KeyLength)
{
    private const string AutogenerateSuffix = ":autogenerate";

    public static SubmittedValue? Read(Collection collection, string key, JsonElement value)
    {
        var ordinal = collection.OrdinalOf(key);
        if (ordinal >= 0) return new SubmittedValue(ordinal, collection.Fields[ordinal], null, value, key.Length);
        if (key.Length < 2) return null;
        var (name, modifier) = key switch
        {
            [.., '+'] => (key[..^1], ValueModifier.Append),
            [.., '-'] => (key[..^1], ValueModifier.Remove),
            ['+', ..] => (key[1..], ValueModifier.Prepend),
            _ when key.EndsWith(AutogenerateSuffix, StringComparison.Ordinal) => (key[..^AutogenerateSuffix.Length], ValueModifier.Autogenerate),
            _ => ("", ValueModifier.Append),
        };
        ordinal = collection.OrdinalOf(name);
        return ordinal < 0 ? null : new SubmittedValue(ordinal, collection.Fields[ordinal], modifier, value, key.Length);
    }
}
