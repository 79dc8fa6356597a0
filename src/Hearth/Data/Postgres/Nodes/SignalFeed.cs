using Hearth.Basics;
using Npgsql;

namespace Hearth.Data.Postgres.Nodes;

/// <summary>
/// Reads what nodes tell each other, on a connection of its own. A notification of the server wakes it; without one, or where none can come (behind a pooler),
/// it looks by itself, so that nothing hangs on the notifications.
/// </summary>
/// <param name="source">The pool, to wake the other nodes with.</param>
/// <param name="options">Where the database is.</param>
/// <param name="node">This node.</param>
/// <param name="tell">Gets each signal.</param>
/// <param name="order">Gets the changes of rows.</param>
/// <param name="missed">Told that signals may have been missed.</param>
/// <param name="clock">The clock.</param>
internal sealed class SignalFeed(NpgsqlDataSource source, PostgresEngineOptions options, NodeRow node, Action<Signal> tell, RowOrder order, Action missed, TimeProvider clock)
{
    private static readonly TimeSpan LookWhenWoken = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAlways = TimeSpan.FromMilliseconds(200);

    // Well below the time for which signals are kept.
    private static readonly TimeSpan LongAway = TimeSpan.FromMinutes(5);

    // Changes of rows at a start; more of them would make it long.
    private const int MostTakenOver = 20_000;

    // Seconds. What is asked here is answered in a moment or not at all.
    private const int Patience = 5;

    private readonly CancellationTokenSource ended = new();
    private readonly SignalPosition position = new();
    private readonly SemaphoreSlim woken = new(0, 1);
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task running = Task.CompletedTask;
    private NpgsqlConnection? connection;
    private bool listens;
    private string channel = "";
    private string timeline = "";
    private long lastRead;
    private long lastBeat;
    private int toWake;

    /// <summary>Begins to read; what is committed from now on is told.</summary>
    public async ValueTask StartAsync(CancellationToken stop)
    {
        await ConnectAsync(stop);
        running = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Signals of this node were committed: wakes everybody. Not waited for, because all look by themselves in the end.</summary>
    public void Wake()
    {
        if (listens)
        {
            if (Interlocked.Increment(ref toWake) == 1) _ = Task.Run(NotifyAsync, CancellationToken.None);
        }
        else if (woken.CurrentCount == 0)
        {
            WakeSelf();
        }
    }

    /// <summary>Waits for a reading that begins from now on.</summary>
    public async Task HearAsync(CancellationToken stop)
    {
        var heard = Volatile.Read(ref next);
        Wake();
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(Patience), clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Ends the reading.</summary>
    public async ValueTask StopAsync()
    {
        try
        {
            await ended.CancelAsync();
        }
        catch (AggregateException e) when (e.InnerExceptions.All(PostgresFaults.IsOfDriver))
        {
            // The driver cancels on a connection that was lost at this very moment.
        }
        await running;
        if (connection is not null) await connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var pause = TimeSpan.Zero;
        while (!ended.IsCancellationRequested)
        {
            try
            {
                if (connection is null) await ConnectAsync(ended.Token);
                await ReadAsync();
                pause = TimeSpan.Zero;
                await WaitAsync();
            }
            catch (Exception e) when (e is OperationCanceledException || PostgresFaults.IsOfDriver(e) || e is InvalidOperationException)
            {
                // Whatever it was: another connection, soon, then less often.
                await DropAsync();
                pause = TimeSpan.FromMilliseconds(Math.Clamp(pause.TotalMilliseconds * 2, 50, 1000));
                await Task.Delay(pause, clock, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask ConnectAsync(CancellationToken stop)
    {
        var opened = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(PostgresSource.OfOne(options.ListenConnectionString ?? options.ConnectionString)) { CommandTimeout = Patience, Timeout = Patience }.ConnectionString);
        try
        {
            await opened.OpenAsync(stop);
            listens = !await PostgresSource.IsPooledAsync(opened, stop);
            var (found, name) = await WhereAsync(opened, stop);
            if (listens)
            {
                await using var listen = new NpgsqlCommand($"LISTEN {PostgresNames.Quote(name)}", opened);
                await listen.ExecuteNonQueryAsync(stop);
            }
            channel = name;
            var isFirst = timeline.Length == 0;
            if (isFirst || found != timeline || clock.GetElapsedTime(lastRead) > LongAway)
            {
                await SignalTable.BeginAsync(opened, position, stop);
                await BeginRowsAsync(opened, isFirst, stop);
                if (!isFirst) missed();
            }
            timeline = found;
            lastRead = clock.GetTimestamp();
            connection = opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    // At the start what clients of other nodes may have missed is taken, too. Later something is lacking: a new run begins, so that all know.
    private async ValueTask BeginRowsAsync(NpgsqlConnection opened, bool isFirst, CancellationToken stop)
    {
        var found = new List<(long Id, Signal Signal)>();
        var run = await SignalTable.ReadRowsAsync(opened, position.Last, isFirst ? MostTakenOver : 0, found, stop);
        if (run.Length > 0 && !isFirst)
        {
            await using var command = new NpgsqlCommand("SELECT hearth$note($1, $2, $3)", opened)
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = "" }, new NpgsqlParameter<string> { TypedValue = run }, new NpgsqlParameter<string> { TypedValue = RandomText.RecordId() } },
            };
            await command.ExecuteNonQueryAsync(stop);
            run = "";
        }
        var last = found.FindLastIndex(static one => one.Signal.Topic == RowOrder.Run);
        if (last >= 0) found.RemoveRange(0, last + 1);
        order.Begin(run, Math.Min(found.Count == 0 ? long.MaxValue : found[0].Id, position.FirstMissing) - 1);
        foreach (var (id, signal) in found) order.Take(id, signal);
        order.Tell(position);
    }

    // Another server that has taken over counts anew from where it was: another timeline.
    private static async ValueTask<(string Timeline, string Channel)> WhereAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), 'hearth_' || md5(current_schema())", connection);
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        return (row.GetString(0), row.GetString(1));
    }

    private async ValueTask ReadAsync()
    {
        var opened = connection!; // made by the loop
        var heard = Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var signals = new List<(long Id, Signal Signal)>();
        bool more;
        do
        {
            signals.Clear();
            more = await SignalTable.ReadAsync(opened, position, signals, ended.Token);
            foreach (var (id, signal) in signals)
            {
                if (!order.Take(id, signal)) tell(signal);
            }
        }
        while (more);
        order.Tell(position);
        heard.TrySetResult();
        lastRead = clock.GetTimestamp();
        if (clock.GetElapsedTime(lastBeat) < options.Takeover / 3) return;
        await node.SeenAsync(opened, ended.Token);
        lastBeat = clock.GetTimestamp();
    }

    private async ValueTask WaitAsync()
    {
        if (listens) await connection!.WaitAsync(LookWhenWoken, ended.Token);
        else await woken.WaitAsync(LookAlways, ended.Token);
    }

    private async Task NotifyAsync()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref toWake);
            try
            {
                await using var notify = source.CreateCommand("SELECT pg_notify($1, '')");
                notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = channel });
                await notify.ExecuteNonQueryAsync();
            }
            catch (Exception e) when (PostgresFaults.IsOfDriver(e))
            {
                // They look by themselves within a second.
            }
        }
        while (Interlocked.CompareExchange(ref toWake, 0, seen) != seen);
    }

    private void WakeSelf()
    {
        try
        {
            woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else was quicker.
        }
    }

    private async ValueTask DropAsync()
    {
        if (connection is not { } lost) return;
        connection = null;
        try
        {
            await lost.DisposeAsync();
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
        }
    }
}
