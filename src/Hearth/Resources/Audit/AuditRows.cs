using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Resources.Audit;

/// <summary>Entries as rows of <see cref="InternalTables.Audit"/>.</summary>
internal static class AuditRows
{
    private const int MostText = 300;
    private const int MostDetails = 32 * 1024;

    /// <summary>The table.</summary>
    public static Collection Table => InternalTables.Audit;

    /// <summary>The plan that adds an entry, without a place in the chain.</summary>
    public static InsertRow Insert(AuditEntry entry, DateTimeOffset now)
    {
        var row = new FieldValue[Table.Fields.Length];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Table.Fields[i].Name switch
            {
                "id" => FieldValue.Text(RandomText.RecordId()),
                "number" => FieldValue.Number(0),
                "created" => FieldValue.Text(DateText.Of(now)),
                "action" => FieldValue.Text(entry.Action),
                "actor" => FieldValue.Text(entry.Actor.Type),
                "actorCollection" => FieldValue.Text(entry.Actor.Collection),
                "actorId" => FieldValue.Text(entry.Actor.Id),
                "collection" => FieldValue.Text(Clean(entry.Collection)),
                "record" => FieldValue.Text(Clean(entry.Record)),
                "ip" => FieldValue.Text(entry.Actor.Client),
                "userAgent" => FieldValue.Text(Clean(entry.Actor.UserAgent)),
                "data" => FieldValue.Json(JsonOf(entry.Details)),
                _ => FieldValue.EmptyText,
            };
        }
        return new InsertRow(Table, row);
    }

    /// <summary>A column of the table.</summary>
    public static Field FieldOf(string name) => Table.FindField(name) ?? throw new InvalidOperationException($"_audit has no column {name}.");

    /// <summary>A comparison of a column with a value.</summary>
    public static Compare Is(BaseSource from, string column, CompareOperator how, FieldValue value) =>
        new(new Column(from, FieldOf(column)), how, new Literal(value), false);

    /// <summary>The entries that have no place in the chain yet, in the order in which they get one.</summary>
    public static ReadPlan Open(bool whole)
    {
        var from = new BaseSource(Table);
        return new ReadPlan
        {
            From = from,
            Columns = whole ? Columns : [],
            Where = Is(from, "number", CompareOperator.Equal, FieldValue.Number(0)),
            Sort = whole ? [new SortKey(new Column(from, FieldOf("created")), false), new SortKey(new Column(from, FieldOf("id")), false)] : [],
        };
    }

    /// <summary>The entries of the chain, in its order.</summary>
    public static ReadPlan Sealed()
    {
        var from = new BaseSource(Table);
        return new ReadPlan
        {
            From = from,
            Columns = Columns,
            Where = Is(from, "number", CompareOperator.NotEqual, FieldValue.Number(0)),
            Sort = [new SortKey(new Column(from, FieldOf("number")), false)],
        };
    }

    /// <summary>The rows of a plan with all columns.</summary>
    public static async ValueTask<List<FieldValue[]>> ReadAsync(ReadSession session, ReadPlan plan, CancellationToken stop)
    {
        using var rows = await session.QueryAsync(plan, stop);
        var found = new List<FieldValue[]>();
        while (await rows.NextAsync(stop)) found.Add(RowValues.Read(rows, Table.Fields));
        return found;
    }

    private static ImmutableArray<OutputColumn> Columns { get; } = [.. Table.Fields.Select(field => new OutputColumn(field))];

    private static string JsonOf(JsonObject? details)
    {
        var text = details?.ToJsonString() ?? "{}";
        return text.Length <= MostDetails ? text : new JsonObject { ["leftOut"] = text.Length }.ToJsonString();
    }

    // What a client calls itself must not break the lines of a listing, nor be of any length; one engine cannot hold a zero character.
    private static string Clean(string text)
    {
        if (text.Length > MostText) text = text[..MostText];
        return text.Any(char.IsControl) || (text.Length > 0 && char.IsHighSurrogate(text[^1])) ? string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))) : text;
    }
}
