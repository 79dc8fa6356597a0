using System.Text.Json;
using Hearth.Planning;
using Hearth.Records.Files;
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
    private readonly IReadOnlyList<Upload> uploads;

    /// <summary>Makes a submission.</summary>
    /// <param name="body">The parsed body; keys that name nothing of the collection are ignored.</param>
    public Submission(IReadOnlyDictionary<string, JsonElement> body) => (this.body, uploads) = (body, []);

    /// <summary>Makes a submission with uploaded files: what was sent under their keys is kept before them (contract 5.8).</summary>
    /// <param name="collection">What it is for; uploads for anything but its file fields are left out.</param>
    /// <param name="body">The parsed body.</param>
    /// <param name="uploads">The files.</param>
    public Submission(Collection collection, IReadOnlyDictionary<string, JsonElement> body, IReadOnlyList<Upload> uploads)
    {
        this.uploads = [.. uploads.Where(upload => FileFieldOf(collection, upload.Key) is not null)];
        this.body = this.uploads.Count == 0 ? body : WithNames(body, this.uploads);
    }

    /// <summary>The body as it was sent.</summary>
    public IReadOnlyDictionary<string, JsonElement> Body => body;

    /// <summary>The uploaded files.</summary>
    public IReadOnlyList<Upload> Uploads => uploads;

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
            if (SubmittedValue.Read(collection, key, value) is { } part && part.MayBeWritten(collection, writesHidden)) parts.Add(part);
        }
        if (parts.Exists(static p => p.Modifier is not null)) parts.Sort(static (a, b) => a.KeyLength.CompareTo(b.KeyLength));
        return parts;
    }

    /// <summary>
    /// The facts as rules see them: of what was sent for a field only what the record makes of it counts, so that no form of a value passes a rule that
    /// another form does not pass. Fields that the client may not write are left out.
    /// </summary>
    /// <param name="facts">The facts of the request.</param>
    /// <param name="record">The record after everything was applied to it.</param>
    /// <param name="writesHidden">The client may write hidden fields.</param>
    internal RequestFacts Seen(RequestFacts facts, Record record, bool writesHidden)
    {
        var collection = record.Collection;
        var values = new List<BodyValue>(body.Count);
        Dictionary<string, JsonElement>? resolved = null;
        foreach (var (key, value) in body)
        {
            if (SubmittedValue.Read(collection, key, value) is not { } part) continue;
            var counts = part.MayBeWritten(collection, writesHidden) && part.IsUnderstood;
            var held = part.Field switch
            {
                // A blank password leaves the stored hash in the record, which is nobody's business.
                PasswordField password => password.Coerce(value),
                // Clients cannot set it.
                AutodateField => record.Original(part.Ordinal),
                _ => record[part.Ordinal],
            };
            if (counts) values.Add(new BodyValue(part.Field, held));
            var hasUploads = uploads.Count > 0 && part.Field.Type == FieldType.File;
            if (counts && part.Modifier is null && !hasUploads) continue;
            resolved ??= new Dictionary<string, JsonElement>(body, StringComparer.Ordinal);
            resolved.Remove(key);
            if (counts) resolved[part.Field.Name] = hasUploads ? UploadJson.ElementOf(part.Field, held, uploads) : ValueJson.ElementOf(held);
        }
        return facts with { Body = resolved ?? body, BodyValues = values };
    }

    /// <summary>The file field that a key of an upload speaks of; null when it speaks of none.</summary>
    internal static FileField? FileFieldOf(Collection collection, string key) => SubmittedValue.Read(collection, key, default) is { Field: FileField field } part &&
        part.Modifier is null or ValueModifier.Append or ValueModifier.Prepend ? field : null;

    private static Dictionary<string, JsonElement> WithNames(IReadOnlyDictionary<string, JsonElement> body, IReadOnlyList<Upload> uploads)
    {
        var merged = new Dictionary<string, JsonElement>(body, StringComparer.Ordinal);
        foreach (var key in uploads.GroupBy(static upload => upload.Key))
        {
            IEnumerable<string> kept = body.TryGetValue(key.Key, out var sent) ? Coercion.List(sent) : [];
            merged[key.Key] = JsonSerializer.SerializeToElement([.. kept, .. key.Select(static upload => upload.Name)], PlainJson.Default.StringArray);
        }
        return merged;
    }
}

/// <summary>One key of a submission that concerns a field.</summary>
internal readonly record struct SubmittedValue(int Ordinal, Field Field, ValueModifier? Modifier, JsonElement Value, int KeyLength)
{
    private const string AutogenerateSuffix = ":autogenerate";

    /// <summary>The field knows the modifier, if there is one; otherwise the key says nothing.</summary>
    public bool IsUnderstood => Modifier is not { } modifier || Field.Modify(modifier, Field.Zero, Value) is not null;

    /// <summary>Hidden fields are for who may write them, but everybody may set the password of an account.</summary>
    public bool MayBeWritten(Collection collection, bool writesHidden) =>
        !Field.Hidden || writesHidden || (collection.Type == CollectionType.Auth && Field.Name == "password");

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
