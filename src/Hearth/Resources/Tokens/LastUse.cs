using System.Collections.Concurrent;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Resources.Tokens;

/// <summary>
/// When sessions and API keys were last used: noted in memory while requests run, and written now and then, many with one commit. A crash loses some minutes of
/// it and nothing else.
/// </summary>
public sealed class LastUse(Engine engine, Func<SchemaSnapshot> schema, TimeProvider clock)
{
    private const int MostKnown = 8192;
    private const int MostAtOnce = 500;

    /// <summary>Least time between two notes of one row.</summary>
    public static TimeSpan Step { get; } = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, DateTimeOffset> noted = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Table, string Id, DateTimeOffset At)> waiting = new();

    /// <summary>A row of a table with a date <c>lastUsed</c> was used just now. Quick: nothing is written here.</summary>
    public void Note(string table, string id)
    {
        var now = clock.GetUtcNow();
        if (noted.TryGetValue(id, out var before) && now - before < Step) return;
        // Starting anew costs one more note of each row in use.
        if (noted.Count >= MostKnown) noted.Clear();
        noted[id] = now;
        waiting.Enqueue((table, id, now));
    }

    /// <summary>Writes what was noted.</summary>
    public async Task FlushAsync(CancellationToken stop)
    {
        while (!waiting.IsEmpty)
        {
            var present = schema();
            var batch = new List<(string Table, string Id, DateTimeOffset At)>();
            while (batch.Count < MostAtOnce && waiting.TryDequeue(out var use)) batch.Add(use);
            // In one order everywhere: two nodes that write the same rows must not wait for each other.
            batch.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
            await engine.WriteAsync(
                present,
                async session =>
                {
                    foreach (var (name, id, at) in batch)
                    {
                        if (present.Find(name) is not { } table || table.FindField("lastUsed") is not { } lastUsed) continue;
                        var update = new UpdateRow(table, id, [new Assignment(lastUsed, FieldValue.Text(DateText.Of(at)))]);
                        if (await session.ExecuteAsync(update, stop) is { } refused) throw new DataException(refused);
                    }
                    return true;
                },
                null,
                stop);
        }
    }
}
