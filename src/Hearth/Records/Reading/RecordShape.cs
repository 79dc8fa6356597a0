using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Reading;

/// <summary>How records of a collection are written for a kind of caller: names encoded ahead, made once and used for every request.</summary>
internal sealed class RecordShape
{
    private readonly JsonEncodedText collectionId;
    private readonly JsonEncodedText collectionName;
    private readonly (JsonEncodedText Name, int Ordinal, bool MayBeHidden, bool IsPassword)[] members;
    private readonly RowJson rows;
    private long width; // of a row in bytes, where pages were too large lately; else 0

    /// <summary>For the visible columns of a plan.</summary>
    public RecordShape(Collection collection, ImmutableArray<OutputColumn> columns)
    {
        collectionId = JsonEncodedText.Encode(collection.Id);
        collectionName = JsonEncodedText.Encode(collection.Name);
        rows = new RowJson(columns);
        members = [.. columns.Select(c => (JsonEncodedText.Encode(c.Field.Name), collection.OrdinalOf(c.Field.Name), c.VisibleWhen is not null, c.Field.Type == FieldType.Password))];
    }

    /// <summary>How many rows may be read at once if they are as large as they were lately.</summary>
    public int MostIn(long bytes) => width is var each && each > 0 ? (int)Math.Max(1, bytes / each) : int.MaxValue;

    /// <summary>Notes how large rows were. One large page is remembered, and forgotten little by little by those that are not.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="bytes">How long they are together.</param>
    /// <param name="isTooMuch">More than is read at once.</param>
    public void Note(int count, long bytes, bool isTooMuch)
    {
        if (count == 0 || (!isTooMuch && width == 0)) return;
        var (before, seen) = (width, bytes / count);
        width = seen >= before ? seen : before - Math.Max(1, (before - seen) / 8);
    }

    /// <summary>A column that is left out of the rows for which its condition does not hold.</summary>
    public bool MayBeHidden(int column) => members[column].MayBeHidden;

    /// <summary>Writes the row that the cursor stands on, up to but without the closing brace.</summary>
    public void Begin(Utf8JsonWriter writer, RowCursor row, Func<string, bool>? wants)
    {
        Head(writer, wants);
        rows.WriteMembers(writer, row);
    }

    /// <summary>Writes a record, up to but without the closing brace. <paramref name="shows"/> tells which of the columns are shown of it.</summary>
    public void Begin(Utf8JsonWriter writer, Record record, Func<int, bool> shows)
    {
        Head(writer, null);
        for (var i = 0; i < members.Length; i++)
        {
            var (name, ordinal, _, isPassword) = members[i];
            if (!isPassword && !shows(i)) continue;
            writer.WritePropertyName(name);
            if (isPassword) writer.WriteStringValue(""u8);
            else ValueJson.Write(writer, record[ordinal]);
        }
    }

    private void Head(Utf8JsonWriter writer, Func<string, bool>? wants)
    {
        writer.WriteStartObject();
        if (wants is null || wants("collectionId")) writer.WriteString("collectionId"u8, collectionId);
        if (wants is null || wants("collectionName")) writer.WriteString("collectionName"u8, collectionName);
    }
}

/// <summary>The shapes of one app: a shape goes with its collection when the schema changes.</summary>
internal sealed class RecordShapes
{
    private readonly ConditionalWeakTable<Collection, RecordShape> forSuperusers = [];
    private readonly ConditionalWeakTable<Collection, RecordShape> forOthers = [];

    /// <summary>The shape of whole visible records for a kind of caller.</summary>
    public RecordShape Of(Collection collection, Caller caller, ImmutableArray<OutputColumn> columns)
    {
        var table = caller.IsSuperuser ? forSuperusers : forOthers;
        return table.TryGetValue(collection, out var shape) ? shape : Add(table, collection, columns);
    }

    // Apart, so that the usual way makes no closure.
    private static RecordShape Add(ConditionalWeakTable<Collection, RecordShape> table, Collection collection, ImmutableArray<OutputColumn> columns) =>
        table.GetValue(collection, c => new RecordShape(c, columns));
}
