using System.Text;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Features.Logs;

/// <summary>
/// Log entries. With one node they are in a database of their own, so that logging never waits for the app's writes nor they for it; where several nodes share
/// the data they are beside it, so that each node shows those of all.
/// </summary>
internal sealed class LogStore(Engine engine)
{
    private readonly LogRow row = new();
    private const int RowsAtOnce = 500;

    /// <summary>The table, described as a collection so that filters and sorts speak of it in the one language.</summary>
    public static Collection Table => InternalTables.Logs;

    public Engine Engine { get; } = engine;

    /// <summary>Adds entries in one transaction. One call at a time.</summary>
    public async Task AddAsync(IReadOnlyList<LogEntry> entries, CancellationToken stop) => await Engine.WriteAsync(
        async session =>
        {
            await session.InsertManyAsync(Table, new LogRows(entries, row), stop);
            return true;
        },
        null,
        stop);

    /// <summary>Removes everything.</summary>
    public async Task TruncateAsync(CancellationToken stop) => await Engine.WriteAsync(
        async session =>
        {
            await session.ApplyAsync(new DropTable(Table), stop);
            foreach (var step in Migrations.Create(Table)) await session.ApplyAsync(step, stop);
            return true;
        },
        null,
        stop);

    /// <summary>Removes entries made before an instant, some at a time.</summary>
    public async Task RemoveBeforeAsync(DateTimeOffset instant, CancellationToken stop)
    {
        var from = new BaseSource(Table);
        var (id, created) = (Table.Fields[0], Table.Fields[1]);
        var plan = new ReadPlan
        {
            From = from,
            Columns = [new OutputColumn(id)],
            Where = new Compare(new Column(from, created), CompareOperator.Less, new Literal(FieldValue.Text(DateText.Of(instant))), false),
            Limit = RowsAtOnce,
        };
        while (await RemoveSomeAsync(plan, stop) == RowsAtOnce)
        {
        }
    }

    private Task<int> RemoveSomeAsync(ReadPlan plan, CancellationToken stop) => Engine.WriteAsync(
        async session =>
        {
            var ids = new List<string>();
            using (var rows = await session.QueryAsync(plan, stop))
            {
                while (await rows.NextAsync(stop)) ids.Add(Encoding.UTF8.GetString(rows.Utf8Of(0)));
            }
            foreach (var old in ids) await session.ExecuteAsync(new DeleteRow(Table, old), stop);
            return ids.Count;
        },
        null,
        stop);
}
