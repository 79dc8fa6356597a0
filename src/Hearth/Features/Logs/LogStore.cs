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
    /// <summary>About what a row takes beside its texts: id, dates, indexes.</summary>
    public const int BytesBeside = 150;

    private const int RowsAtOnce = 500;

    private readonly LogRow row = new();
    private long unmeasured = long.MaxValue;

    /// <summary>The table, described as a collection so that filters and sorts speak of it in the one language.</summary>
    public static Collection Table => InternalTables.Logs;

    public Engine Engine { get; } = engine;

    /// <summary>Adds entries in one transaction. One call at a time.</summary>
    public async Task AddAsync(IReadOnlyList<LogEntry> entries, int maxDataSize, CancellationToken stop)
    {
        row.MaxDataSize = maxDataSize > 0 ? maxDataSize : LogRow.UsualDataSize;
        await Engine.WriteAsync(
            async session =>
            {
                await session.InsertManyAsync(Table, new LogRows(entries, row), stop);
                return true;
            },
            null,
            stop);
        if (unmeasured < long.MaxValue) unmeasured += row.TakeWritten();
    }

    /// <summary>Keeps the log to so many bytes: looks when much was added since it looked last, and removes the oldest entries down to nine tenths.</summary>
    public async Task HoldAsync(long most, CancellationToken stop)
    {
        if (most == 0 || unmeasured < most / 16) return;
        var size = await Engine.SizeOfAsync(Table, stop);
        unmeasured = 0;
        if (size <= most) return;
        for (var excess = size - most / 10 * 9; excess > 0;)
        {
            var (count, bytes) = await RemoveSomeAsync(Oldest(null), excess, stop);
            if (count == 0) return;
            excess -= bytes;
        }
    }

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
        while ((await RemoveSomeAsync(Oldest(instant), long.MaxValue, stop)).Count == RowsAtOnce)
        {
        }
    }

    private static ReadPlan Oldest(DateTimeOffset? before)
    {
        var from = new BaseSource(Table);
        var created = new Column(from, Table.Fields[1]);
        return new ReadPlan
        {
            From = from,
            Columns = [new OutputColumn(Table.Fields[0]), new OutputColumn(Table.Fields[3]), new OutputColumn(Table.Fields[4])],
            Where = before is { } instant ? new Compare(created, CompareOperator.Less, new Literal(FieldValue.Text(DateText.Of(instant))), false) : null,
            Sort = [new SortKey(created, false)],
            Limit = RowsAtOnce,
        };
    }

    private Task<(int Count, long Bytes)> RemoveSomeAsync(ReadPlan plan, long most, CancellationToken stop) => Engine.WriteAsync(
        async session =>
        {
            var ids = new List<string>();
            var bytes = 0L;
            using (var rows = await session.QueryAsync(plan, stop))
            {
                while (bytes < most && await rows.NextAsync(stop))
                {
                    ids.Add(Encoding.UTF8.GetString(rows.Utf8Of(0)));
                    bytes += BytesBeside + rows.Utf8Of(1).Length + rows.Utf8Of(2).Length;
                }
            }
            foreach (var old in ids) await session.ExecuteAsync(new DeleteRow(Table, old), stop);
            return (ids.Count, bytes);
        },
        null,
        stop);
}
