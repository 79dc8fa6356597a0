using Hearth.Data.Postgres.Compile;
using Hearth.Schema;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Data.Postgres;

/// <summary>Many new rows at once by <c>COPY</c>, which costs a fraction of as many INSERT statements.</summary>
internal static class RowCopy
{
    /// <summary>The statement that announces rows with all fields of a collection.</summary>
    public static string TextOf(Collection collection) =>
        $"COPY {PostgresNames.Quote(collection.Name)} ({string.Join(", ", collection.Fields.Select(f => PostgresNames.Quote(f.Name)))}) FROM STDIN (FORMAT BINARY)";

    /// <summary>Sends the rows.</summary>
    public static async Task WriteAsync(NpgsqlBinaryImporter import, Collection collection, IReadOnlyList<IReadOnlyList<FieldValue>> rows, CancellationToken stop)
    {
        foreach (var row in rows)
        {
            await import.StartRowAsync(stop);
            for (var i = 0; i < collection.Fields.Length; i++) await WriteAsync(import, collection.Fields[i], row[i], stop);
        }
    }

    private static Task WriteAsync(NpgsqlBinaryImporter import, Field field, FieldValue given, CancellationToken stop)
    {
        var value = StoredValue.Of(field, given);
        return value.Kind switch
        {
            FieldValueKind.Text => import.WriteAsync(PostgresParameters.AsHeld(value.AsText), NpgsqlDbType.Text, stop),
            FieldValueKind.Number => import.WriteAsync(value.AsNumber, NpgsqlDbType.Double, stop),
            FieldValueKind.Bool => import.WriteAsync(value.AsBool, NpgsqlDbType.Boolean, stop),
            FieldValueKind.List => import.WriteAsync<string[]>([.. value.AsList.Select(PostgresParameters.AsHeld)], NpgsqlDbType.Array | NpgsqlDbType.Text, stop),
            FieldValueKind.Json when value.AsJson != "null" => import.WriteAsync(PostgresParameters.AsHeld(value.AsJson), NpgsqlDbType.Json, stop),
            _ => import.WriteNullAsync(stop),
        };
    }
}
