using System.Data;
using Hearth.Schema;
using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>
/// One connection of the pool while a session has it: begins the transaction with the first statement, knows the result that is still open,
/// and translates what goes wrong. Beginning costs no way to the server of its own: the driver sends it along with the first statement.
/// </summary>
/// <param name="first">The connection.</param>
/// <param name="isolation">How the transaction sees others; null for a session of one question, which needs none.</param>
/// <param name="timeout">Longest time for a statement.</param>
/// <param name="reopen">Gives another connection when the first one turns out to be lost before it has answered anything; null gives none.</param>
internal sealed class PostgresLink(NpgsqlConnection first, IsolationLevel? isolation, TimeSpan timeout, Func<CancellationToken, ValueTask<NpgsqlConnection>>? reopen = null)
{
    private NpgsqlConnection connection = first;
    private bool hasAnswered;
    private IsolationLevel? level = isolation;
    private PostgresCursor? open;
    private NpgsqlTransaction? transaction;
    private bool foreign;
    private bool entered;

    /// <summary>What stands in front of the first statement of each transaction; null when nothing does.</summary>
    public SqlStatement? Entry { get; init; }

    /// <summary>Something was sent.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>The connection is lost; nothing can be done on it any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Another session got in the way, or the connection was lost before anything was committed: the work may be run anew.</summary>
    public bool MayRunAnew { get; private set; }

    /// <summary>Starts a query.</summary>
    public async ValueTask<PostgresCursor> QueryAsync(SqlStatement sql, bool isLong, TimeSpan? limit, CancellationToken stop)
    {
        await FreeAsync(stop);
        while (true)
        {
            var command = Command(sql, limit);
            try
            {
                var reader = await command.ReadAsync(stop);
                (hasAnswered, entered) = (true, true);
                return open = new PostgresCursor(this, command, reader, isLong);
            }
            catch (Exception e) when (PostgresFaults.IsOfDriver(e))
            {
                await command.DisposeAsync();
                var failed = Failed(e, stop);
                if (!await ReopenedAsync(stop)) throw failed;
            }
        }
    }

    /// <summary>Runs a query of one cell.</summary>
    public async ValueTask<object?> ScalarAsync(SqlStatement sql, CancellationToken stop)
    {
        await FreeAsync(stop);
        while (true)
        {
            await using var command = Command(sql, null);
            try
            {
                await using var reader = await command.ReadAsync(stop);
                (hasAnswered, entered) = (true, true);
                return await reader.ReadAsync(stop) ? reader.GetValue(0) : null;
            }
            catch (Exception e) when (PostgresFaults.IsOfDriver(e))
            {
                var failed = Failed(e, stop);
                if (!await ReopenedAsync(stop)) throw failed;
            }
        }
    }

    /// <summary>Runs a statement and returns the rows that it changed. The collection helps to name what is not unique.</summary>
    public async ValueTask<long> ExecuteAsync(SqlStatement sql, TimeSpan? limit, CancellationToken stop, Collection? collection = null)
    {
        await FreeAsync(stop);
        await using var command = Command(sql, limit);
        try
        {
            var changed = await command.ChangeAsync(stop);
            entered = true;
            return Math.Max(0, changed);
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            throw Failed(e, stop, collection);
        }
    }

    /// <summary>Runs a change whose refusal by a constraint leaves the session usable. Returns null when done.</summary>
    /// <param name="guarded">Something was done in the transaction already that must not be lost with a refusal.</param>
    public async ValueTask<DataFault?> ChangeAsync(SqlStatement sql, Collection? collection, bool guarded, CancellationToken stop)
    {
        await FreeAsync(stop);
        try
        {
            if (guarded) await GuardedAsync(sql, stop);
            else
            {
                await using var command = Command(sql, null);
                await command.ChangeAsync(stop);
            }
            entered = true;
            return null;
        }
        catch (PostgresException e)
        {
            var fault = PostgresFaults.Of(e, collection);
            // A value that no column can hold is the fault of the one who sent it.
            if (e.SqlState.StartsWith("22", StringComparison.Ordinal)) fault = fault with { Kind = DataFaultKind.Constraint };
            if (fault.Kind is not (DataFaultKind.NotUnique or DataFaultKind.Constraint)) throw Failed(e, stop);
            if (guarded) await UndoAsync(stop);
            else await RollbackAsync();
            return fault;
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            throw Failed(e, stop);
        }
    }

    /// <summary>Text of a user is about to run: what it may leave behind on the connection is cleared away afterwards.</summary>
    public void BeForeign()
    {
        foreign = true;
        level ??= IsolationLevel.RepeatableRead;
    }

    /// <summary>Makes the changes durable. Never given up: the caller must know how it ended.</summary>
    public async ValueTask CommitAsync()
    {
        await FreeAsync(CancellationToken.None);
        if (transaction is null) return;
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
            await transaction.DisposeAsync();
            transaction = null;
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            // Refused by the server is certain; anything else may have been committed, so it is not for us to try again.
            MayRunAnew = PostgresFaults.IsWorthAnother(e);
            if (PostgresFaults.LostConnection(e)) IsBroken = true;
            throw new DataException(PostgresFaults.OfCommit(e), e);
        }
    }

    /// <summary>Undoes everything since the transaction began; the next statement begins another one.</summary>
    public async ValueTask RollbackAsync()
    {
        if (open is { } cursor) await cursor.CloseAsync();
        if (transaction is not { } ending) return;
        transaction = null;
        entered = false;
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
                await using var clear = new NpgsqlCommand("RESET ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); " + PostgresSource.Session, connection);
                await clear.ExecuteNonQueryAsync();
            }
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            Break();
        }
        await connection.CloseAsync();
    }

    /// <summary>Forgets a cursor that has ended.</summary>
    public void Forget(PostgresCursor cursor)
    {
        if (open == cursor) open = null;
    }

    /// <summary>The connection cannot be used any more.</summary>
    public void Break() => IsBroken = true;

    /// <summary>What to throw for an exception of the driver: a cancellation when the caller gave up.</summary>
    public Exception Failed(Exception exception, CancellationToken stop, Collection? collection = null)
    {
        MayRunAnew = PostgresFaults.IsWorthAnother(exception);
        // We said ourselves that text of a user only reads.
        if (foreign && exception is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction })
        {
            return new DataException(PostgresFaults.Of(exception) with { Kind = DataFaultKind.Statement }, exception);
        }
        if (PostgresFaults.LostConnection(exception) || PostgresFaults.IsOutdated(exception))
        {
            IsBroken = true;
            MayRunAnew = true;
        }
        return stop.IsCancellationRequested ? new OperationCanceledException(exception.Message, exception, stop) : new DataException(PostgresFaults.Of(exception, collection), exception);
    }

    // The whole in one way to the server. A savepoint that is not released would stay, and thousands of them make everything slow.
    private async ValueTask GuardedAsync(SqlStatement sql, CancellationToken stop)
    {
        Transaction();
        await using var batch = new NpgsqlBatch(connection) { Timeout = (int)Math.Ceiling(timeout.TotalSeconds) };
        if (Front is { } front) batch.BatchCommands.Add(SentStatement.InBatch(front));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SAVEPOINT change"));
        batch.BatchCommands.Add(SentStatement.InBatch(sql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("RELEASE SAVEPOINT change"));
        await batch.ExecuteNonQueryAsync(stop);
    }

    private async ValueTask UndoAsync(CancellationToken stop)
    {
        try
        {
            await using var undo = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand("ROLLBACK TO SAVEPOINT change"), new NpgsqlBatchCommand("RELEASE SAVEPOINT change") } };
            await undo.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            throw Failed(e, stop);
        }
    }

    // The server may have been restarted since the connection was used last. Nobody has seen anything of this session yet.
    private async ValueTask<bool> ReopenedAsync(CancellationToken stop)
    {
        if (!IsBroken || hasAnswered || reopen is not { } again || stop.IsCancellationRequested) return false;
        reopen = null;
        transaction = null;
        await connection.CloseAsync();
        connection = await again(stop);
        IsBroken = false;
        return true;
    }

    private async ValueTask FreeAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (open is { } cursor) await cursor.DetachAsync(stop);
        if (!IsBroken && connection.State == ConnectionState.Open) return;
        // It was lost while a result was left early, or lay in the pool.
        (IsBroken, MayRunAnew) = (true, true);
        if (!await ReopenedAsync(stop)) throw new DataException(new DataFault(DataFaultKind.Unavailable, "The connection to the database was lost.", []));
    }

    private SqlStatement? Front => entered ? null : Entry;

    private NpgsqlTransaction Transaction() => transaction ??= connection.BeginTransaction(level ?? IsolationLevel.ReadCommitted);

    private SentStatement Command(SqlStatement sql, TimeSpan? limit)
    {
        IsUsed = true;
        if (level is not null) Transaction();
        return new SentStatement(connection, Front, sql, limit ?? timeout);
    }
}
