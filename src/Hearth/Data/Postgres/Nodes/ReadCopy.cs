using Npgsql;

namespace Hearth.Data.Postgres.Nodes;

/// <summary>
/// A streaming replica, and whether it may be read from at this moment: only for as long as it was seen, not long ago, to hold everything that the primary
/// server held when it was looked at. Whatever is wrong with it, reads go to the primary server.
/// </summary>
/// <param name="primary">The pool of the primary server.</param>
/// <param name="copy">The pool of the replica.</param>
/// <param name="prepared">What the connections of the replica have prepared.</param>
/// <param name="clock">The clock.</param>
internal sealed class ReadCopy(NpgsqlDataSource primary, NpgsqlDataSource copy, PreparedFor prepared, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    // Seconds. What is asked here is answered in a moment or not at all.
    private const int Patience = 2;

    private readonly long goodFor = (long)(Engine.CopyAge.TotalSeconds * clock.TimestampFrequency);
    private readonly CancellationTokenSource ended = new();
    private Task running = Task.CompletedTask;
    private long goodUntil = long.MinValue;
    private long version;

    /// <summary>Whether it may be asked what was planned with a version of the schema.</summary>
    public bool Follows(long schema) => clock.GetTimestamp() < Volatile.Read(ref goodUntil) && Volatile.Read(ref version) == schema;

    /// <summary>
    /// Begins to watch a replica. It need not answer yet. Throws a <see cref="DataException"/> when it answers and is no replica of the primary server.
    /// </summary>
    public static async ValueTask<ReadCopy> StartAsync(NpgsqlDataSource primary, PostgresEngineOptions options, bool pooled, TimeProvider clock)
    {
        var prepared = new PreparedFor();
        var copy = PostgresSource.Open(options, prepared, pooled);
        var started = new ReadCopy(primary, copy, prepared, clock);
        if (!await started.IsReplicaAsync())
        {
            await copy.DisposeAsync();
            throw new DataException(new DataFault(DataFaultKind.Unavailable, "The server of --postgres-read is no replica of the one of --postgres: it belongs to another cluster.", []));
        }
        started.running = Task.Run(started.WatchAsync, CancellationToken.None);
        return started;
    }

    /// <summary>A connection to it; null when it gives none.</summary>
    public async ValueTask<NpgsqlConnection?> OpenAsync(CancellationToken stop)
    {
        if (clock.GetTimestamp() >= Volatile.Read(ref goodUntil)) return null;
        try
        {
            return await prepared.OpenAsync(copy, stop);
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            stop.ThrowIfCancellationRequested();
            Lost();
            return null;
        }
    }

    /// <summary>A connection to it was lost: it is not asked until it was seen again.</summary>
    public void Lost()
    {
        Volatile.Write(ref goodUntil, long.MinValue);
        copy.Clear();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A connection that the driver is just closing may have nothing left to cancel, and throws.
        await ended.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
        await copy.DisposeAsync();
    }

    // What does not answer may come later; until then nobody is sent there.
    private async ValueTask<bool> IsReplicaAsync()
    {
        const string who = "SELECT system_identifier FROM pg_control_system()";
        try
        {
            return Equals(await AskAsync(primary, who), await AskAsync(copy, who));
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            return true;
        }
    }

    private async Task WatchAsync()
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await LookAsync(ended.Token);
            }
            catch (Exception e) when (PostgresFaults.IsOfDriver(e))
            {
                // What is known grows old by itself.
            }
            await Task.Delay(Look, clock, ended.Token);
        }
    }

    // What the primary server holds now; as soon as the copy has all of it, the copy is good from now on for a while.
    private async ValueTask LookAsync(CancellationToken stop)
    {
        var now = clock.GetTimestamp();
        if (await AskAsync(primary, "SELECT pg_current_wal_insert_lsn()::text") is not string position) return;
        while (clock.GetTimestamp() - now < goodFor)
        {
            var known = await AskAsync(copy, $"SELECT (SELECT version FROM \"_schema\") WHERE pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= '{position}'::pg_lsn");
            if (known is long follows)
            {
                // Tables that look different would refuse what was prepared for them.
                if (Interlocked.Exchange(ref version, follows) != follows) prepared.TablesChanged();
                Volatile.Write(ref goodUntil, now + goodFor);
                return;
            }
            await Task.Delay(LookAgain, clock, stop);
        }
    }

    private static async ValueTask<object?> AskAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = Patience;
        return await command.ExecuteScalarAsync();
    }
}
