using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Views;

namespace Hearth.Data.Changes;

/// <summary>Reads the definitions of collections from their table.</summary>
internal static class StoredSchema
{
    /// <summary>All collections in the order in which they were made.</summary>
    public static async ValueTask<IReadOnlyList<Collection>> ReadAsync(ReadSession session, CancellationToken stop)
    {
        var table = InternalTables.Collections;
        var plan = new ReadPlan { From = new BaseSource(table), Columns = [.. table.Fields.Select(field => new OutputColumn(field))] };
        using var rows = await session.QueryAsync(plan, stop);
        var collections = new List<Collection>();
        while (await rows.NextAsync(stop))
        {
            var values = RowValues.Read(rows, table.Fields);
            collections.Add(CollectionJson.FromStorage(new StoredCollection
            {
                Id = Text("id"),
                System = values[table.OrdinalOf("system")].AsBool,
                Type = Text("type"),
                Name = Text("name"),
                Fields = Json("fields"),
                Indexes = Json("indexes"),
                ListRule = Rule("listRule"),
                ViewRule = Rule("viewRule"),
                CreateRule = Rule("createRule"),
                UpdateRule = Rule("updateRule"),
                DeleteRule = Rule("deleteRule"),
                Options = Json("options"),
                Created = Text("created"),
                Updated = Text("updated"),
            }));

            string Text(string name) => values[table.OrdinalOf(name)].AsText;
            string Json(string name) => values[table.OrdinalOf(name)].AsJson is var json and not "null" ? json : "";
            string? Rule(string name) => values[table.OrdinalOf(name)] is { Kind: FieldValueKind.Text } rule ? rule.AsText : null;
        }
        return ComputedColumns.Mark(collections);
    }
}
