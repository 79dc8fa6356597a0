using Hearth.Data.News;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Data.Postgres.Nodes;

/// <summary>Reads and writes the table of signals, and wakes who waits for them.</summary>
internal static class SignalTable
{
    /// <summary>Most signals of one reading.</summary>
    public const int Most = 1000;

    // Enough for what transactions that run at this moment may have taken.
    private const int LookedBack = 10_000;

    /// <summary>Keeps signals with the transaction of a link.</summary>
    public static async ValueTask AddAsync(PostgresLink link, string node, IReadOnlyList<(string Topic, string Text)> told, IReadOnlyList<RowChange> noted)
    {
        foreach (var part in told.Concat(RowChangeText.Write(noted).Select(static text => (RowOrder.Rows, text))).Chunk(Most)) await AddAsync(link, node, part);
    }

    private static async ValueTask AddAsync(PostgresLink link, string node, (string Topic, string Text)[] told)
    {
        var rows = string.Join(", ", told.Select((_, i) => $"(${2 * i + 2}, ${2 * i + 3}, $1)"));
        var arguments = new List<SqlArgument> { Text(node) };
        foreach (var (topic, text) in told) arguments.AddRange([Text(topic), Text(text)]);
        await link.ExecuteAsync(new SqlStatement($"INSERT INTO \"_signals\" (topic, text, node) VALUES {rows}", arguments), null, CancellationToken.None);
    }

    /// <summary>Begins at the end.</summary>
    public static async ValueTask BeginAsync(NpgsqlConnection connection, SignalPosition position, CancellationToken stop)
    {
        await using (var command = new NpgsqlCommand($"SELECT ARRAY(SELECT id FROM (SELECT id FROM \"_signals\" ORDER BY id DESC LIMIT {LookedBack}) AS late ORDER BY id)", connection))
        {
            position.Begin(await command.ExecuteScalarAsync(stop) as long[] ?? []);
        }
        await MarkAsync(connection, position, stop);
    }

    /// <summary>The newest changes of rows that can be seen, with the run that holds: what clients that come back may have missed.</summary>
    public static async ValueTask<string> ReadRowsAsync(NpgsqlConnection connection, long last, int most, List<(long Id, Signal Signal)> found, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT s.notes, n.id, n.topic, n.text, n.node FROM "_schema" AS s
            LEFT JOIN LATERAL (SELECT * FROM "_signals" WHERE id <= $1 AND topic IN ('{RowOrder.Rows}', '{RowOrder.Run}') ORDER BY id DESC LIMIT {most}) AS n ON true
            ORDER BY n.id
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = last, NpgsqlDbType = NpgsqlDbType.Bigint } },
        };
        var run = "";
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            run = rows.GetString(0);
            if (!await rows.IsDBNullAsync(1, stop)) found.Add((rows.GetInt64(1), new Signal(rows.GetString(2), rows.GetString(3), rows.GetString(4))));
        }
        return run;
    }

    /// <summary>What has come since the last reading; true when there may be more.</summary>
    public static async ValueTask<bool> ReadAsync(NpgsqlConnection connection, SignalPosition position, List<(long Id, Signal Signal)> signals, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT pg_snapshot_xmin(s)::text::bigint, n.id, n.topic, n.text, n.node
            FROM pg_current_snapshot() AS s
            LEFT JOIN LATERAL (SELECT * FROM "_signals" WHERE id > $1 OR id = ANY($2) ORDER BY id LIMIT {Most}) AS n ON true
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = position.Last, NpgsqlDbType = NpgsqlDbType.Bigint },
                new NpgsqlParameter<long[]> { TypedValue = [.. position.Missing], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
            },
        };
        var ids = new List<long>();
        var oldest = 0L;
        await using (var rows = await command.ExecuteReaderAsync(stop))
        {
            while (await rows.ReadAsync(stop))
            {
                oldest = rows.GetInt64(0);
                if (await rows.IsDBNullAsync(1, stop)) break;
                ids.Add(rows.GetInt64(1));
                signals.Add((rows.GetInt64(1), new Signal(rows.GetString(2), rows.GetString(3), rows.GetString(4))));
            }
        }
        position.Take(ids, oldest);
        await MarkAsync(connection, position, stop);
        return ids.Count == Most;
    }

    // Who has taken a missing id had its number by then: a transaction that begins now has a higher one.
    private static async ValueTask MarkAsync(NpgsqlConnection connection, SignalPosition position, CancellationToken stop)
    {
        if (!position.HasUnmarked) return;
        await using var command = new NpgsqlCommand("SELECT pg_current_xact_id()::text::bigint", connection);
        if (await command.ExecuteScalarAsync(stop) is long next) position.Mark(next);
    }

    private static SqlArgument Text(string text) => SqlArgument.Of(Schema.FieldValue.Text(text));
}
