using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Schema;

namespace Hearth.Records.Moving;

/// <summary>
/// Cells as values, as they stand there. Where <see cref="RowValues"/> forgives, this tells: a cell that is not of its field's type is odd, and what
/// comes out is what Hearth shows of it.
/// </summary>
internal static class StrictCells
{
    private const int LongestShown = 40;

    /// <summary>The value of a column.</summary>
    /// <param name="odd">What is wrong with the cell, as the end of a sentence; null when nothing is.</param>
    public static FieldValue Read(RowCursor row, int column, Field field, out string? odd)
    {
        odd = null;
        var kind = row.KindOf(column);
        if (kind == CellKind.Null) return RowValues.Read(row, column, field);
        var value = field.Type switch
        {
            FieldType.Number => Number(row, column, kind),
            FieldType.Bool => kind == CellKind.Integer && row.IntegerOf(column) is 0 or 1 ? FieldValue.Bool(row.IntegerOf(column) == 1) : null,
            FieldType.Json or FieldType.GeoPoint => Json(row, column, kind, field),
            _ => Text(row, column, kind, field),
        };
        if (value is { } read) return read;
        odd = $"holds {Shown(row, column, kind)}, which is no {Wanted(field)}";
        return field.Type == FieldType.GeoPoint && kind == CellKind.Text && row.Utf8Of(column).SequenceEqual("null"u8) ? field.Zero : RowValues.Read(row, column, field);
    }

    private static FieldValue? Number(RowCursor row, int column, CellKind kind)
    {
        if (kind == CellKind.Real) return FieldValue.Number(row.RealOf(column));
        if (kind != CellKind.Integer) return null;
        var (whole, number) = (row.IntegerOf(column), row.RealOf(column));
        // Beyond 2^53 not every whole number is a floating-point one.
        return number < 9.2233720368547758E18 && (long)number == whole ? FieldValue.Number(number) : null;
    }

    private static FieldValue? Json(RowCursor row, int column, CellKind kind, Field field)
    {
        switch (kind)
        {
            case CellKind.Integer: return FieldValue.Json(row.IntegerOf(column).ToString(CultureInfo.InvariantCulture));
            case CellKind.Real: return double.IsFinite(row.RealOf(column)) ? RowValues.Read(row, column, field) : null;
            case CellKind.Text:
                var bytes = row.Utf8Of(column);
                if (field.Type == FieldType.GeoPoint && bytes.SequenceEqual("null"u8)) return null;
                return Utf8.IsValid(bytes) && JsonCells.IsValid(bytes) ? FieldValue.Json(Encoding.UTF8.GetString(bytes)) : null;
            default: return null;
        }
    }

    private static FieldValue? Text(RowCursor row, int column, CellKind kind, Field field)
    {
        if (kind != CellKind.Text) return null;
        var bytes = row.Utf8Of(column);
        if (!Utf8.IsValid(bytes)) return null;
        if (!field.Multiple) return FieldValue.Text(Encoding.UTF8.GetString(bytes));
        return bytes.IsEmpty ? FieldValue.EmptyList : Items(bytes) is { } items ? FieldValue.List(items) : null;
    }

    private static List<string>? Items(ReadOnlySpan<byte> json)
    {
        var items = new List<string>();
        var reader = new Utf8JsonReader(json, JsonLimits.Readers);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.String) items.Add(reader.GetString() ?? "");
            return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? items : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null; // no JSON, or half a surrogate pair
        }
    }

    private static string Shown(RowCursor row, int column, CellKind kind)
    {
        if (kind == CellKind.Blob) return $"{row.Utf8Of(column).Length} bytes";
        if (kind == CellKind.Real) return row.RealOf(column).ToString("R", CultureInfo.InvariantCulture);
        var text = Encoding.UTF8.GetString(row.Utf8Of(column));
        return kind == CellKind.Integer ? text : $"the text “{Excerpt(text)}”";
    }

    /// <summary>The beginning of a text, on one line.</summary>
    public static string Excerpt(string text)
    {
        var start = text.Length <= LongestShown ? text : text[..LongestShown] + "…";
        return string.Concat(start.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }

    private static string Wanted(Field field) => field switch
    {
        { Type: FieldType.Number } => "number that the field can hold exactly",
        { Type: FieldType.Bool } => "truth value",
        { Type: FieldType.Json } => "JSON value",
        { Type: FieldType.GeoPoint } => "place",
        { Multiple: true } => "list of texts",
        _ => "text",
    };
}
