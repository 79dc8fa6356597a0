using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Views;

namespace Hearth.Data.Changes;

/// <summary>Runs the query of a view that does not exist, to show what it would give.</summary>
internal static class ViewTrial
{
    private const int Rows = 10;

    /// <summary>Writes <c>fields</c> and <c>sample</c>, or returns the fault of the query.</summary>
    public static async Task<Fault?> RunAsync(ReadSession session, SchemaSnapshot schema, string query, Utf8JsonWriter json, CancellationToken stop)
    {
        query = query.Trim().TrimEnd(';').TrimEnd();
        var inferred = ViewShape.Infer(query, schema.Find);
        if (inferred.Failed(out var fault)) return Wrong(fault.Cause ?? "");
        try
        {
            // Hashes of passwords are nobody's business, not even in a sample.
            ImmutableArray<OutputColumn> shown = [.. inferred.Value.Where(field => field.Type != FieldType.Password).Select(field => new OutputColumn(field))];
            using var rows = await session.TryViewAsync(ViewShape.Settled(query, schema.Find), [.. shown.Select(column => column.Field)], Rows, stop);
            json.WritePropertyName("fields");
            CollectionJson.WriteFields(json, inferred.Value);
            json.WriteStartArray("sample");
            var record = new RowJson(shown);
            while (await rows.NextAsync(stop))
            {
                json.WriteStartObject();
                record.WriteMembers(json, rows);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            return null;
        }
        catch (DataException e) when (e.Fault.Kind is DataFaultKind.Statement or DataFaultKind.Constraint or DataFaultKind.Timeout)
        {
            return Wrong(e.Fault.Detail);
        }
    }

    private static Fault Wrong(string why) => Fault.BadRequest("collections.view_query", $"Invalid view query. Raw error: {why}");
}
