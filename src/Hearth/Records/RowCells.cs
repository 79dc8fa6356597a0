using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Hearth.Data;
using Hearth.Schema;

namespace Hearth.Records;

/// <summary>Cells of a row as field values.</summary>
internal static class RowCells
{
    /// <summary>The values of the row that the cursor stands on, one column a field.</summary>
    public static FieldValue[] Read(RowCursor row, ImmutableArray<Field> fields)
    {
        var values = new FieldValue[fields.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Read(row, i, fields[i]);
        return values;
    }

    /// <summary>One cell as a value of a field.</summary>
    public static FieldValue Read(RowCursor row, int column, Field field) => field.Type switch
    {
        FieldType.Number => FieldValue.Number(row.RealOf(column)),
        FieldType.Bool => FieldValue.Bool(row.IntegerOf(column) != 0),
        FieldType.Json or FieldType.GeoPoint => row.KindOf(column) == CellKind.Null ? field.Zero : FieldValue.Json(Encoding.UTF8.GetString(row.Utf8Of(column))),
        _ when field.Multiple => FieldValue.List(List(row.Utf8Of(column))),
        _ => FieldValue.Text(Encoding.UTF8.GetString(row.Utf8Of(column))),
    };

    private static List<string> List(ReadOnlySpan<byte> json)
    {
        var items = new List<string>();
        if (json.IsEmpty) return items;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String) items.Add(reader.GetString()!);
        }
        return items;
    }
}
