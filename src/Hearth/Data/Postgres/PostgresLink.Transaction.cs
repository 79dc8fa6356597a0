using System.Data;
using Npgsql;

namespace Hearth.Data.Postgres;

// The connection and its transaction, from the first statement to the commit.
internal sealed partial class PostgresLink
{
    /// <summary>Text of a user is about to run: what it may leave behind on the connection is cleared away afterwards.</summary>
    public void BeForeign()
    {
        foreign = true;
        level ??= IsolationLevel.RepeatableRead;
    }

    /// <summary>Makes the changes durable. Never given up: the caller must know how it ended. False when there was nothing to do.</summary>
    public async ValueTask<bool> CommitAsync()
    {
        await FreeAsync(CancellationToken.None);
        if (transaction is null) return false;
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            throw NotCommitted(e);
        }
        await EndAsync();
        return true;
    }

    /// <summary>Undoes everything since the transaction began; the next statement begins another one.</summary>
    public async ValueTask RollbackAsync()
    {
        if (reading is { } cursor) await cursor.CloseAsync();
        if (transaction is not { } ending) return;
        transaction = null;
        (entered, hasChanged) = (false, false);
        try
        {
            if (!IsBroken) await ending.RollbackAsync(CancellationToken.None);
            await ending.DisposeAsync();
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e) || e is InvalidOperationException)
        {
            Break();
        }
    }

    /// <summary>Ends the transaction, if there is one, and gives the connection back.</summary>
    public async ValueTask CloseAsync()
    {
        await RollbackAsync();
        try
        {
            if (foreign && !IsBroken)
            {
                await using var clear = new NpgsqlCommand($"{PostgresSource.Reset}; UNLISTEN *; CLOSE ALL; DISCARD TEMP; SELECT pg_advisory_unlock_all()", connection);
                await clear.ExecuteNonQueryAsync();
            }
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            Break();
        }
        if (connection is not null) await connection.CloseAsync();
        either?.Dispose();
        over?.Dispose();
        (over, either) = (null, null);
    }

    /// <summary>From now on all statements together may take this long.</summary>
    public void LimitTo(TimeSpan time)
    {
        either?.Dispose();
        over?.Dispose();
        (over, either) = (new CancellationTokenSource(time, clock), null);
    }

    /// <summary>Ends with the caller's token, or with the time of the session.</summary>
    public CancellationToken Within(CancellationToken stop)
    {
        if (over is null) return stop;
        if (either is null || eitherOf != stop)
        {
            either?.Dispose();
            (either, eitherOf) = (CancellationTokenSource.CreateLinkedTokenSource(over.Token, stop), stop);
        }
        return either.Token;
    }

    private async ValueTask FreeAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (reading is { } cursor) await cursor.DetachAsync(stop);
        if (connection is null || (!IsBroken && connection.State == ConnectionState.Open)) return;
        // It was lost while a result was left early, or lay in the pool.
        (IsBroken, MayRunAnew) = (true, true);
        if (!await ReopenedAsync(stop)) throw Lost();
    }

    // When the next statement begins, for the journey: waiting for a connection of the pool is told apart.
    private async ValueTask<long> ReadyAsync(CancellationToken stop)
    {
        if (Journey is not { } journey) return 0;
        if (connection is not null) return journey.Now;
        var came = journey.Now;
        connection = await open(stop);
        var began = journey.Now;
        journey.Wait(began - came);
        return began;
    }

    // The connection, in the transaction if there is to be one.
    private async ValueTask<NpgsqlConnection> BeginAsync(CancellationToken stop)
    {
        while (true)
        {
            var opened = connection ??= await open(stop);
            try
            {
                if (level is { } isolation) transaction ??= opened.BeginTransaction(isolation);
                return opened;
            }
            catch (Exception e) when (PostgresFaults.IsOfDriver(e) || e is InvalidOperationException)
            {
                // Lost since it was looked at.
                (IsBroken, MayRunAnew) = (true, true);
                if (!await ReopenedAsync(stop)) throw Lost();
            }
        }
    }

    private async ValueTask UndoAsync(CancellationToken stop)
    {
        try
        {
            await using var undo = Batches.Undo(connection!); // the savepoint was made on it
            await undo.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            throw Failed(e, stop);
        }
    }

    private async ValueTask EndAsync()
    {
        if (transaction is { } ended) await ended.DisposeAsync();
        transaction = null;
        (entered, hasChanged) = (false, false);
    }
}
