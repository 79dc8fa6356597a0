using System.Data;
using Hearth.Basics.Journeys;
using Hearth.Schema;
using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>
/// One connection of the pool while a session has it: begins the transaction with the first statement, knows the result that is still open,
/// and translates what goes wrong. Beginning costs no way to the server of its own: the driver sends it along with the first statement.
/// </summary>
/// <param name="open">Opens a connection of the pool.</param>
/// <param name="isolation">How the transaction sees others; null for a session of one question, which needs none.</param>
/// <param name="timeout">Longest time for a statement.</param>
/// <param name="lost">Told that the connection was lost, before another one is opened: the others of the pool have most likely lost their server, too.</param>
internal sealed class PostgresLink(Func<CancellationToken, ValueTask<NpgsqlConnection>> open, IsolationLevel? isolation, TimeSpan timeout, Action lost)
{
    private NpgsqlConnection? connection;
    private bool hasAnswered;
    private bool hasChanged;
    private bool hasReopened;
    private IsolationLevel? level = isolation;
    private PostgresCursor? reading;
    private NpgsqlTransaction? transaction;
    private bool foreign;
    private bool entered;

    /// <summary>Where statements are noted; null when nowhere.</summary>
    public Journey? Journey { get; set; }

    /// <summary>What stands in front of the first statement of each transaction; null when nothing does.</summary>
    public SqlStatement? Entry { get; init; }

    /// <summary>The connection is lost; nothing can be done on it any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Another session got in the way, or the connection was lost before anything was committed: the work may be run anew.</summary>
    public bool MayRunAnew { get; private set; }

    /// <summary>Starts a query.</summary>
    public async ValueTask<RowCursor> QueryAsync(SqlStatement sql, bool isLong, TimeSpan? limit, CancellationToken stop)
    {
        await FreeAsync(stop);
        while (true)
        {
            var began = await ReadyAsync(stop);
            var command = new SentStatement(await BeginAsync(stop), Front, sql, limit ?? timeout);
            try
            {
                var reader = await command.ReadAsync(stop);
                (hasAnswered, entered) = (true, true);
                return reading = new PostgresCursor(this, command, reader, isLong) { Ticket = Journey?.Ticket ?? default, Began = began, Text = foreign ? null : sql.Text };
            }
            catch (Exception e) when (PostgresFaults.IsOfDriver(e))
            {
                await command.DisposeAsync();
                Journey?.Statement(StepKind.Read, foreign ? null : sql.Text, began, rows: 0, failed: true);
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
            var began = await ReadyAsync(stop);
            await using var command = new SentStatement(await BeginAsync(stop), Front, sql, timeout);
            try
            {
                await using var reader = await command.ReadAsync(stop);
                (hasAnswered, entered) = (true, true);
                var cell = await reader.ReadAsync(stop) ? reader.GetValue(0) : null;
                Journey?.Statement(StepKind.Read, sql.Text, began, rows: cell is null ? 0 : 1);
                return cell;
            }
            catch (Exception e) when (PostgresFaults.IsOfDriver(e))
            {
                Journey?.Statement(StepKind.Read, sql.Text, began, rows: 0, failed: true);
                var failed = Failed(e, stop);
                if (!await ReopenedAsync(stop)) throw failed;
            }
        }
    }

    /// <summary>Runs a statement and returns the rows that it changed. The collection helps to name what is not unique.</summary>
    public async ValueTask<long> ExecuteAsync(SqlStatement sql, TimeSpan? limit, CancellationToken stop, Collection? collection = null)
    {
        await FreeAsync(stop);
        var began = await ReadyAsync(stop);
        await using var command = new SentStatement(await BeginAsync(stop), Front, sql, limit ?? timeout);
        try
        {
            var changed = Math.Max(0, await command.ChangeAsync(stop));
            (entered, hasChanged) = (true, true);
            Journey?.Statement(StepKind.Write, foreign ? null : sql.Text, began, rows: -1, changed);
            return changed;
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            Journey?.Statement(StepKind.Write, foreign ? null : sql.Text, began, rows: -1, 0, failed: true);
            throw Failed(e, stop, collection);
        }
    }

    /// <summary>Runs a change whose refusal by a constraint leaves the session usable. Returns null when done.</summary>
    public async ValueTask<DataFault?> ChangeAsync(SqlStatement sql, Collection? collection, CancellationToken stop)
    {
        await FreeAsync(stop);
        var began = await ReadyAsync(stop);
        var sent = await BeginAsync(stop);
        // What was done before must not be lost with a refusal. Where nothing was done the whole transaction goes, which costs less.
        var guarded = hasChanged;
        try
        {
            await using var batch = guarded ? Batches.Guarded(sent, Front, sql, timeout) : Batches.Plain(sent, Front, sql, timeout);
            await batch.ExecuteNonQueryAsync(stop);
            (entered, hasChanged) = (true, true);
            Journey?.Statement(StepKind.Write, sql.Text, began, rows: -1, (long)batch.BatchCommands[^(guarded ? 2 : 1)].RecordsAffected);
            return null;
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            Journey?.Statement(StepKind.Write, sql.Text, began, rows: -1, 0, failed: true);
            if (Refused(e, collection) is not { } fault) throw Failed(e, stop);
            if (guarded) await UndoAsync(stop);
            else await RollbackAsync();
            return fault;
        }
    }

    /// <summary>The same for the last change of a session, with the commit behind it on the same way to the server. Once it is sent it is not given up.</summary>
    public async ValueTask<DataFault?> ChangeLastAsync(SqlStatement sql, Collection? collection, CancellationToken stop)
    {
        // A connection that has not answered yet may be dead since long: with a commit in what is sent first nobody could tell what became of it.
        if (!entered) return await ChangeAsync(sql, collection, stop);
        await FreeAsync(stop);
        var began = await ReadyAsync(stop);
        var sent = await BeginAsync(stop);
        try
        {
            await using var batch = Batches.Last(sent, Front, sql, timeout);
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            Journey?.Statement(StepKind.Write, sql.Text, began, rows: -1, (long)batch.BatchCommands[^2].RecordsAffected);
            Journey?.Committed(0);
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            Journey?.Statement(StepKind.Write, sql.Text, began, rows: -1, 0, failed: true);
            if (Refused(e, collection) is { } fault)
            {
                await RollbackAsync();
                return fault;
            }
            throw Batches.IsBeforeCommit(e) ? Failed(e, stop) : NotCommitted(e);
        }
        await EndAsync();
        return null;
    }

    /// <summary>Sends rows in PostgreSQL's own bulk form.</summary>
    public async ValueTask CopyAsync(string sql, Func<NpgsqlBinaryImporter, CancellationToken, Task> write, Collection collection, CancellationToken stop)
    {
        // Rows cannot be sent along with another statement.
        if (Front is not null) await ExecuteAsync(new SqlStatement("SELECT 1", []), timeout, stop);
        await FreeAsync(stop);
        var sent = await BeginAsync(stop);
        try
        {
            await using var import = await sent.BeginBinaryImportAsync(sql, stop);
            await write(import, stop);
            await import.CompleteAsync(stop);
            hasChanged = true;
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            throw Failed(e, stop, collection);
        }
    }

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
                await using var clear = new NpgsqlCommand("RESET ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); " + PostgresSource.Session, connection);
                await clear.ExecuteNonQueryAsync();
            }
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            Break();
        }
        if (connection is not null) await connection.CloseAsync();
    }

    /// <summary>Forgets a cursor that has ended.</summary>
    public void Forget(PostgresCursor cursor)
    {
        if (reading == cursor) reading = null;
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
        // A replica ends readers that are in the way of what it follows; the primary server has the answer.
        if (MayRunAnew && level != IsolationLevel.ReadCommitted) IsBroken = true;
        return stop.IsCancellationRequested ? new OperationCanceledException(exception.Message, exception, stop) : new DataException(PostgresFaults.Of(exception, collection), exception);
    }

    // The fault of a refusal by a constraint; null for everything else.
    private static DataFault? Refused(Exception exception, Collection? collection)
    {
        if (exception is not PostgresException refused) return null;
        var fault = PostgresFaults.Of(refused, collection);
        // A value that no column can hold is the fault of the one who sent it.
        if (refused.SqlState.StartsWith("22", StringComparison.Ordinal)) return fault with { Kind = DataFaultKind.Constraint };
        return fault.Kind is DataFaultKind.NotUnique or DataFaultKind.Constraint ? fault : null;
    }

    // Refused by the server is certain; anything else may have been committed, so it is not for us to try again.
    private DataException NotCommitted(Exception exception)
    {
        MayRunAnew = PostgresFaults.IsWorthAnother(exception);
        if (PostgresFaults.LostConnection(exception)) IsBroken = true;
        return new DataException(PostgresFaults.OfCommit(exception), exception);
    }

    private async ValueTask EndAsync()
    {
        if (transaction is { } ended) await ended.DisposeAsync();
        transaction = null;
        (entered, hasChanged) = (false, false);
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

    // The server may have been restarted since the connection was used last. Nobody has seen anything of this session yet. Writes are run anew as a whole.
    private async ValueTask<bool> ReopenedAsync(CancellationToken stop)
    {
        if (!IsBroken || hasAnswered || hasReopened || level == IsolationLevel.ReadCommitted || stop.IsCancellationRequested) return false;
        hasReopened = true;
        transaction = null;
        if (connection is not null) await connection.CloseAsync();
        connection = null;
        lost();
        IsBroken = false;
        return true;
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

    private static DataException Lost() => new(new DataFault(DataFaultKind.Unavailable, "The connection to the database was lost.", []));

    private SqlStatement? Front => entered ? null : Entry;

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
            throw Lost();
        }
    }
}
