using System.Globalization;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Data;

/// <summary>
/// Rows as values of fields. Forgiving, for tables that lived through old versions: NULL is the zero value, a bare value in a multiple
/// column is a list of one, a list in a single column gives its last item.
/// </summary>
public static class RowValues
{
    /// <summary>The values of a row whose columns stand in the order of the fields, beginning at a column.</summary>
    public static FieldValue[] Read(RowCursor row, IReadOnlyList<Field> fields, int firstColumn = 0)
    {
        var values = new FieldValue[fields.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Read(row, firstColumn + i, fields[i]);
        return values;
    }

    /// <summary>The value of one column as a value of a field.</summary>
    public static FieldValue Read(RowCursor row, int column, Field field)
    {
        var kind = row.KindOf(column);
        if (kind == CellKind.Null) return field is TextField { Nullable: true } ? FieldValue.Null : field.Zero;
        switch (field.Type)
        {
            case FieldType.Number:
                return FieldValue.Number(row.RealOf(column));
            case FieldType.Bool:
                return FieldValue.Bool(row.IntegerOf(column) != 0);
            case FieldType.Json or FieldType.GeoPoint:
                return Json(row, column, kind, field);
            default:
                var text = Encoding.UTF8.GetString(row.Utf8Of(column));
                if (field.Multiple) return FieldValue.List(Items(text));
                return FieldValue.Text(text.StartsWith('[') && field.Type is FieldType.Select or FieldType.Relation or FieldType.File ? Last(text) : text);
        }
    }

    private static FieldValue Json(RowCursor row, int column, CellKind kind, Field field)
    {
        if (kind == CellKind.Real)
        {
            // The shortest text that is the same number again; an engine's own text may be shorter than that.
            var number = row.RealOf(column);
            return double.IsFinite(number) ? FieldValue.Json(NumberText.Of(number)) : field.Zero;
        }
        var bytes = row.Utf8Of(column);
        if (kind is CellKind.Text or CellKind.Blob && !JsonCells.IsValid(bytes)) return field.Type == FieldType.GeoPoint ? field.Zero : FieldValue.Json(JsonCells.Quote(bytes));
        return FieldValue.Json(Encoding.UTF8.GetString(bytes));
    }

    private static string Last(string text)
    {
        var items = Items(text);
        return items.Count > 0 ? items[^1] : "";
    }

    private static List<string> Items(string text)
    {
        if (text.Length == 0 || text == "[]") return [];
        if (text[0] != '[') return [text];
        try
        {
            using var list = JsonDocument.Parse(text);
            var items = new List<string>(list.RootElement.GetArrayLength());
            foreach (var item in list.RootElement.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Null) items.Add(item.ValueKind == JsonValueKind.String ? item.GetString() ?? "" : item.GetRawText());
            }
            return items;
        }
        catch (JsonException)
        {
            return [text];
        }
    }
}
