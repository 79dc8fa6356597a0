using System.Text;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Resources.Jobs;

/// <summary>The latest minute for which each job was begun, over all nodes.</summary>
internal sealed class JobMarks(Engine engine, TimeProvider clock)
{
    private static readonly Collection Table = InternalTables.Jobs;
    private static readonly Field Mark = Table.FindField("mark") ?? throw new InvalidOperationException("_jobs has no column mark.");

    /// <summary>Claims jobs for a minute each; returns those that nobody had claimed for it or a later one.</summary>
    public async ValueTask<IReadOnlySet<string>> ClaimAsync(IReadOnlyList<(string Id, DateTimeOffset Minute)> due, CancellationToken stop)
    {
        if (due.Count == 0) return new HashSet<string>();
        return await engine.WriteAsync<IReadOnlySet<string>>(
            async session =>
            {
                await session.LockAsync("jobs", stop);
                var claimed = new HashSet<string>(StringComparer.Ordinal);
                foreach (var (id, minute) in due)
                {
                    var (stored, mark) = (await FindAsync(session, id, stop), DateText.Of(minute));
                    if (stored is not null && string.CompareOrdinal(stored, mark) >= 0) continue;
                    var refused = await session.ExecuteAsync(
                        stored is null
                            ? new InsertRow(Table, [FieldValue.Text(id), FieldValue.Text(mark), FieldValue.Text(DateText.Of(clock.GetUtcNow()))])
                            : new UpdateRow(Table, id, [new Assignment(Mark, FieldValue.Text(mark))]),
                        stop);
                    if (refused is not null) throw new DataException(refused);
                    claimed.Add(id);
                }
                return claimed;
            },
            null,
            stop);
    }

    private static async ValueTask<string?> FindAsync(WriteSession session, string id, CancellationToken stop)
    {
        var from = new BaseSource(Table);
        using var rows = await session.QueryAsync(new ReadPlan { From = from, Columns = [new OutputColumn(Mark)], Where = new IdIn(from, [id]), Limit = 1 }, stop);
        return await rows.NextAsync(stop) ? Encoding.UTF8.GetString(rows.Utf8Of(0)) : null;
    }
}
