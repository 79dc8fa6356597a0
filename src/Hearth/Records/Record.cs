using System.Text.Json;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Records.Files;
using Hearth.Schema;

namespace Hearth.Records;

/// <summary>
/// One record as an object: a draft on its way into the database, or a copy of a stored one. Values stand in the order of the
/// collection's fields. Reading over HTTP makes no such object; hooks, jobs and the command line do. Not for two threads at once.
/// </summary>
public sealed class Record
{
    private readonly FieldValue[] values;
    private readonly FieldValue[]? original;
    private HashSet<int>? hashed;

    private Record(Collection collection, FieldValue[] values, FieldValue[]? original) =>
        (Collection, this.values, this.original) = (collection, values, original);

    /// <summary>The collection it belongs to.</summary>
    public Collection Collection { get; }

    /// <summary>True until it is stored for the first time.</summary>
    public bool IsNew => original is null;

    /// <summary>The id; empty for a new record whose id the server will make.</summary>
    public string Id => this["id"].AsText;

    /// <summary>The values in the order of the collection's fields.</summary>
    public IReadOnlyList<FieldValue> Values => values;

    /// <summary>Names of the fields that the client sent; empty for records made by code.</summary>
    public IReadOnlyCollection<string> Submitted => [.. Sent.Select(static part => part.Field.Name).Distinct()];

    /// <summary>What the client sent, as it was understood.</summary>
    internal IReadOnlyList<SubmittedValue> Sent { get; set; } = [];

    /// <summary>Files that come with what the client sent.</summary>
    internal IReadOnlyList<Upload> Uploads { get; set; } = [];

    /// <summary>A new record with the zero value in every field.</summary>
    public static Record New(Collection collection)
    {
        var values = new FieldValue[collection.Fields.Length];
        for (var i = 0; i < values.Length; i++) values[i] = collection.Fields[i].Zero;
        return new Record(collection, values, null);
    }

    /// <summary>A stored record. The values are copied; changes are told apart from what was stored.</summary>
    public static Record Stored(Collection collection, IReadOnlyList<FieldValue> stored) => new(collection, [.. stored], [.. stored]);

    /// <summary>The value of a field by its position.</summary>
    public FieldValue this[int ordinal]
    {
        get => values[ordinal];
        set => values[ordinal] = value;
    }

    /// <summary>The value of a field; throws <see cref="ArgumentException"/> when the collection has no such field.</summary>
    public FieldValue this[string field]
    {
        get => values[OrdinalOf(field)];
        set => values[OrdinalOf(field)] = value;
    }

    /// <summary>The value that is stored; for new records the field's zero value.</summary>
    public FieldValue Original(string field) => Original(OrdinalOf(field));

    /// <summary>The value that is stored, by position; for new records the field's zero value.</summary>
    public FieldValue Original(int ordinal) => original is null ? Collection.Fields[ordinal].Zero : original[ordinal];

    /// <summary>True when the value differs from the stored one.</summary>
    public bool IsChanged(string field) => IsChanged(OrdinalOf(field));

    /// <summary>True when the value differs from the stored one, by position.</summary>
    public bool IsChanged(int ordinal) => values[ordinal] != Original(ordinal);

    /// <summary>The text of a field; empty when it holds no text.</summary>
    public string GetText(string field) => this[field].AsText;

    /// <summary>The number of a field; 0 when it holds none.</summary>
    public double GetNumber(string field) => this[field].AsNumber;

    /// <summary>The truth value of a field.</summary>
    public bool GetBool(string field) => this[field].AsBool;

    /// <summary>The items of a multiple field; a single value counts as a list of one.</summary>
    public IReadOnlyList<string> GetList(string field) => this[field].AsList;

    /// <summary>The instant of a date field, or null when it is empty.</summary>
    public DateTimeOffset? GetDate(string field) => DateText.TryParse(this[field].AsText, out var instant) ? instant : null;

    /// <summary>The JSON of a json or geoPoint field as an independent element.</summary>
    public JsonElement GetJson(string field)
    {
        using var document = JsonDocument.Parse(this[field].AsJson, JsonLimits.Documents);
        return document.RootElement.Clone();
    }

    /// <summary>Sets a field from text, with the coercions of its type.</summary>
    public void Set(string field, string? value) => Set(field, JsonSerializer.SerializeToElement(value, PlainJson.Default.String));

    /// <summary>Sets a field from a number, with the coercions of its type.</summary>
    public void Set(string field, double value) => Set(field, JsonSerializer.SerializeToElement(value, PlainJson.Default.Double));

    /// <summary>Sets a field from a truth value, with the coercions of its type.</summary>
    public void Set(string field, bool value) => Set(field, JsonSerializer.SerializeToElement(value, PlainJson.Default.Boolean));

    /// <summary>Sets a date field.</summary>
    public void Set(string field, DateTimeOffset value) => Set(field, DateText.Of(value));

    /// <summary>Sets a field from a list of texts, with the coercions of its type.</summary>
    public void Set(string field, IEnumerable<string> items) => Set(field, JsonSerializer.SerializeToElement([.. items], PlainJson.Default.StringArray));

    /// <summary>Sets a field from JSON, with the coercions of its type (contract 5).</summary>
    public void Set(string field, JsonElement value)
    {
        var ordinal = OrdinalOf(field);
        values[ordinal] = Collection.Fields[ordinal].Coerce(value);
    }

    /// <summary>Sets a password field to a hash that was made elsewhere; it is stored as it is.</summary>
    public void SetPasswordHash(string field, string hash)
    {
        var ordinal = OrdinalOf(field);
        values[ordinal] = FieldValue.Text(hash);
        MarkHashed(ordinal);
    }

    /// <summary>
    /// A plan that adds this record, for hooks that hand over further plans. An empty id is filled with a fresh one. Throws
    /// <see cref="InvalidOperationException"/> when a password was set other than by <see cref="SetPasswordHash"/>: plans are stored as they are.
    /// </summary>
    public WritePlan ToInsert()
    {
        RefusePlainPasswords();
        var id = OrdinalOf("id");
        if (values[id].AsText.Length == 0) values[id] = FieldValue.Text(RandomText.RecordId());
        return new InsertRow(Collection, [.. values]);
    }

    /// <summary>A plan that stores the changed fields of this stored record, for hooks that hand over further plans. Throws as <see cref="ToInsert"/> does.</summary>
    public WritePlan ToUpdate()
    {
        RefusePlainPasswords();
        return new UpdateRow(Collection, Original("id").AsText, Changes());
    }

    internal System.Collections.Immutable.ImmutableArray<Assignment> Changes()
    {
        var changes = System.Collections.Immutable.ImmutableArray.CreateBuilder<Assignment>();
        for (var i = 0; i < values.Length; i++)
        {
            if (IsChanged(i)) changes.Add(new Assignment(Collection.Fields[i], values[i]));
        }
        return changes.ToImmutable();
    }

    internal void MarkHashed(int ordinal) => (hashed ??= []).Add(ordinal);

    internal bool IsPlainPassword(int ordinal) =>
        Collection.Fields[ordinal].Type == FieldType.Password && hashed?.Contains(ordinal) != true && IsChanged(ordinal);

    internal FieldValue[] CopyValues() => [.. values];

    private void RefusePlainPasswords()
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (IsPlainPassword(i)) throw new InvalidOperationException($"The password {Collection.Fields[i].Name} is no hash yet; use SetPasswordHash, or the record store.");
        }
    }

    private int OrdinalOf(string field)
    {
        var ordinal = Collection.OrdinalOf(field);
        return ordinal >= 0 ? ordinal : throw new ArgumentException($"Collection {Collection.Name} has no field {field}.", nameof(field));
    }
}
