using System.Data;
using Hearth.Data.Postgres.Compile;
using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>
/// The engine on a PostgreSQL server, 14 or later: reads and writes run at the same time on connections of a pool, prepared, each write in a
/// transaction of its own. A write that another one got in the way of is run anew. Answers go out only after the commit.
/// </summary>
public sealed class PostgresEngine(PostgresEngineOptions options, TimeProvider clock) : Engine
{
    private readonly KeptStatements statements = new();
    private readonly SchemaGate gate = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NpgsqlDataSource? source;
    private readonly AsyncLocal<PostgresWriteSession?> current = new();
    private int sessions;
    private volatile bool closing;

    /// <inheritdoc/>
    public override async ValueTask StartAsync(CancellationToken stop)
    {
        if (source is not null) throw new InvalidOperationException("The engine has been started already.");
        var opened = PostgresSource.Open(options);
        try
        {
            await PostgresStart.RunAsync(opened, options, clock, stop);
            source = opened;
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            await opened.DisposeAsync();
            stop.ThrowIfCancellationRequested();
            throw PostgresStart.Explain(e, opened.ConnectionString);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<ReadSession> ReadAsync(CancellationToken stop) =>
        new PostgresReadSession(await LinkAsync(IsolationLevel.RepeatableRead, stop), statements, End);

    /// <inheritdoc/>
    public override async ValueTask<ReadSession> ReadOnceAsync(CancellationToken stop) =>
        new PostgresReadSession(await LinkAsync(null, stop), statements, End);

    /// <inheritdoc/>
    public override async Task<T> WriteAsync<T>(Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (done, result) = await TryWriteAsync(work, commit, attempt == options.Attempts, stop);
            if (done) return result!;
            // Two that met once would meet again if both came back at the same moment.
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 * attempt)), clock, stop);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        closing = true;
        if (source is not { } opened) return;
        if (Interlocked.Add(ref sessions, 0) > 0) await drained.Task.WaitAsync(options.StatementTimeout, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await opened.DisposeAsync();
    }

    private async Task<(bool Done, T? Result)> TryWriteAsync<T>(Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, bool isLast, CancellationToken stop)
    {
        if (current.Value is { Ended: false })
        {
            throw new InvalidOperationException("A write inside the work of another write could wait for itself for ever. Use the session at hand.");
        }
        await gate.EnterAsync(stop);
        var wasAlone = false;
        try
        {
            var link = await LinkAsync(IsolationLevel.ReadCommitted, stop);
            try
            {
                using var session = new PostgresWriteSession(link, statements, async token =>
                {
                    await gate.BeAloneAsync(token);
                    wasAlone = true;
                });
                current.Value = session;
                var result = await work(session);
                session.Dispose();
                if (commit is null || commit(result)) await link.CommitAsync();
                return (true, result);
            }
            catch (DataException) when (link.MayRunAnew && !isLast && !stop.IsCancellationRequested)
            {
                return (false, default);
            }
            finally
            {
                await CloseAsync(link);
                // The tables may look different now; statements prepared on other connections would be refused once.
                if (wasAlone) source?.Clear();
            }
        }
        finally
        {
            gate.Leave(wasAlone);
        }
    }

    private async ValueTask<PostgresLink> LinkAsync(IsolationLevel? isolation, CancellationToken stop)
    {
        var opened = source ?? throw new InvalidOperationException("The engine has not been started.");
        ObjectDisposedException.ThrowIf(closing, this);
        Interlocked.Increment(ref sessions);
        try
        {
            return new PostgresLink(await opened.OpenConnectionAsync(stop), isolation, options.StatementTimeout, isolation == IsolationLevel.ReadCommitted ? null : ReopenAsync);
        }
        catch (Exception e)
        {
            Ended();
            if (!PostgresFaults.IsOfDriver(e)) throw;
            stop.ThrowIfCancellationRequested();
            throw new DataException(PostgresFaults.Of(e), e);
        }
    }

    private async ValueTask<NpgsqlConnection> ReopenAsync(CancellationToken stop)
    {
        var opened = source ?? throw new InvalidOperationException("The engine has not been started.");
        // The others of the pool have lost their server, too.
        opened.Clear();
        try
        {
            return await opened.OpenConnectionAsync(stop);
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            throw new DataException(PostgresFaults.Of(e), e);
        }
    }

    // The answer need not wait for the end of a transaction that only read; the engine waits for it before it closes.
    private void End(PostgresLink link) => _ = CloseAsync(link);

    private async Task CloseAsync(PostgresLink link)
    {
        try
        {
            await link.CloseAsync();
            // The others in the pool have most likely lost their server, too.
            if (link.IsBroken) source?.Clear();
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e) || e is ObjectDisposedException)
        {
        }
        finally
        {
            Ended();
        }
    }

    private void Ended()
    {
        if (Interlocked.Decrement(ref sessions) == 0 && closing) drained.TrySetResult();
    }
}
