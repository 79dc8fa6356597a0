using Hearth.Data;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;
using Hearth.Schema.Views;

namespace Hearth.Features.Files;

/// <summary>Where a file of a record is kept, and the options of its field.</summary>
/// <param name="Field">The field of the record that was asked for.</param>
/// <param name="Owner">The collection under whose id it is kept.</param>
/// <param name="OwnerId">The record under whose id it is kept.</param>
internal sealed record FoundFile(FileField Field, Collection Owner, string OwnerId);

/// <summary>Finds the field that names a file, and for views the record that has it (contract 8.4).</summary>
internal static class FileSearch
{
    private const int MostLevels = 5;

    /// <summary>Null when the record is not there or no file field of it names the file.</summary>
    public static async ValueTask<FoundFile?> FindAsync(Exchange exchange, Collection collection, string id, string name)
    {
        var (schema, stop) = (exchange.Schema, exchange.Stop);
        var columns = schema.Derive<FileColumns>(collection, static c => new(c));
        if (columns.Fields.Length == 0 || name.Length == 0) return null;
        using var session = await exchange.Parts.Engine.ReadOnceAsync(stop);
        session.Follow(exchange.Journey);
        if (await FieldAsync(session, collection, columns, id, name, stop) is not { } field) return null;
        if (collection.Type != CollectionType.View) return new FoundFile(field, collection, id);
        return await OwnerAsync(session, schema, collection, field, name, stop) is { } owner ? new FoundFile(field, owner.Collection, owner.Id) : null;
    }

    private static async ValueTask<FileField?> FieldAsync(ReadSession session, Collection collection, FileColumns columns, string id, string name, CancellationToken stop)
    {
        var from = new BaseSource(collection);
        using var rows = await session.QueryAsync(new ReadPlan { From = from, Columns = columns.Outputs, Where = new IdIn(from, [id]), Limit = 1 }, stop);
        if (!await rows.NextAsync(stop)) return null;
        var values = RowValues.Read(rows, columns.Fields);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].AsList.Contains(name)) return (FileField)columns.Fields[i];
        }
        return null;
    }

    // A view shows a column of a collection or of another view; names of files are like no other, so the name leads to the record.
    private static async ValueTask<(Collection Collection, string Id)?> OwnerAsync(ReadSession session, SchemaSnapshot schema, Collection view, FileField field, string name, CancellationToken stop)
    {
        var (collection, column) = (view, field.Name);
        for (var level = 0; collection.Type == CollectionType.View; level++)
        {
            if (level == MostLevels || ViewShape.SourceOf(collection.ViewQuery ?? "", column, schema.Find) is not { } source) return null;
            (collection, column) = (source.Collection, source.Field.Name);
        }
        if (collection.FindField(column) is not FileField) return null;
        // As a value beside the filter, the name needs no quotes.
        var facts = RequestFacts.None with { Query = new Dictionary<string, string> { ["file"] = name } };
        var planned = new Planner(schema, facts).List(collection, null, new ListQuery($"{column}:each ?= @request.query.file", "", 1, 1));
        if (planned.Failed(out _)) return null;
        var plan = planned.Value with { Columns = [new OutputColumn(collection.Fields[collection.OrdinalOf("id")])] };
        using var rows = await session.QueryAsync(plan, stop);
        return await rows.NextAsync(stop) ? (collection, System.Text.Encoding.UTF8.GetString(rows.Utf8Of(0))) : null;
    }

    private sealed class FileColumns
    {
        public FileColumns(Collection collection)
        {
            Fields = [.. collection.Fields.OfType<FileField>()];
            Outputs = [.. Fields.Select(static field => new OutputColumn(field))];
        }

        public System.Collections.Immutable.ImmutableArray<Field> Fields { get; }

        public System.Collections.Immutable.ImmutableArray<OutputColumn> Outputs { get; }
    }
}
