using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data;

/// <summary>
/// Rows as JSON members, from the engine's bytes to the writer without a record in between. Made once for a plan: names are encoded ahead.
/// </summary>
public sealed class RowJson
{
    private readonly (JsonEncodedText Name, Field Field, bool MayBeHidden)[] columns;

    /// <summary>For rows with these columns, in this order.</summary>
    public RowJson(ImmutableArray<OutputColumn> columns) =>
        this.columns = [.. columns.Select(c => (JsonEncodedText.Encode(c.Field.Name), c.Field, c.VisibleWhen is not null))];

    /// <summary>
    /// Writes the members of the current row into the object that the writer is in. A column that is hidden in this row is left out.
    /// </summary>
    public void WriteMembers(Utf8JsonWriter writer, RowCursor row, int firstColumn = 0)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var (name, field, mayBeHidden) = columns[i];
            var column = firstColumn + i;
            // A password is never told, but in a plain collection its key is there.
            if (mayBeHidden && field.Type != FieldType.Password && row.KindOf(column) == CellKind.Null) continue;
            writer.WritePropertyName(name);
            WriteValue(writer, row, column, field);
        }
    }

    /// <summary>Writes one value as clients see it.</summary>
    internal static void WriteValue(Utf8JsonWriter writer, RowCursor row, int column, Field field)
    {
        switch (field.Type)
        {
            case FieldType.Number:
                var number = row.KindOf(column) == CellKind.Integer ? row.IntegerOf(column) : row.RealOf(column);
                NumberText.Write(writer, double.IsFinite(number) ? number : 0);
                break;
            case FieldType.Bool:
                writer.WriteBooleanValue(row.IntegerOf(column) != 0);
                break;
            case FieldType.Json:
                WriteJson(writer, row, column, "null"u8);
                break;
            case FieldType.GeoPoint:
                WriteJson(writer, row, column, """{"lon":0,"lat":0}"""u8);
                break;
            default:
                var text = row.Utf8Of(column);
                if (field.Multiple) WriteList(writer, row, column, text, field);
                else if (text is [(byte)'[', ..] && field.Type is FieldType.Select or FieldType.Relation or FieldType.File) writer.WriteStringValue(RowValues.Read(row, column, field).AsText);
                else writer.WriteStringValue(text);
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, RowCursor row, int column, CellKind kind)
    {
        if (kind == CellKind.Integer)
        {
            writer.WriteNumberValue(row.IntegerOf(column));
            return;
        }
        var number = row.RealOf(column);
        NumberText.Write(writer, double.IsFinite(number) ? number : 0);
    }

    private static void WriteJson(Utf8JsonWriter writer, RowCursor row, int column, ReadOnlySpan<byte> zero)
    {
        var kind = row.KindOf(column);
        switch (kind)
        {
            case CellKind.Null:
                writer.WriteRawValue(zero, skipInputValidation: true);
                break;
            case CellKind.Integer or CellKind.Real:
                WriteNumber(writer, row, column, kind);
                break;
            default:
                var bytes = row.Utf8Of(column);
                if (JsonCells.IsValid(bytes)) writer.WriteRawValue(bytes, skipInputValidation: true);
                else writer.WriteStringValue(bytes);
                break;
        }
    }

    // Lists are written by us as compact JSON; anything else is an old row and takes the slow way.
    private static void WriteList(Utf8JsonWriter writer, RowCursor row, int column, ReadOnlySpan<byte> text, Field field)
    {
        if (text is [(byte)'[', (byte)'"', .., (byte)'"', (byte)']'] or [(byte)'[', (byte)']'] && JsonCells.IsValid(text))
        {
            writer.WriteRawValue(text, skipInputValidation: true);
            return;
        }
        writer.WriteStartArray();
        foreach (var item in RowValues.Read(row, column, field).AsList) writer.WriteStringValue(item);
        writer.WriteEndArray();
    }
}
