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
/// <param name="clock">The clock.</param>
/// <param name="lost">Told that the connection was lost, before another one is opened: the others of the pool have most likely lost their server, too.</param>
internal sealed partial class PostgresLink(Func<CancellationToken, ValueTask<NpgsqlConnection>> open, IsolationLevel? isolation, TimeSpan timeout, TimeProvider clock, Action lost)
{
    private CancellationTokenSource? over;
    private CancellationTokenSource? either;
    private CancellationToken eitherOf;
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
    /// <param name="sql">The statement.</param>
    /// <param name="isLong">There may be many more rows than will be read.</param>
    /// <param name="limit">Longest time; null is the usual one.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="written">The server writes down as text what is not read as a value of its own.</param>
    public async ValueTask<RowCursor> QueryAsync(SqlStatement sql, bool isLong, TimeSpan? limit, CancellationToken stop, bool written = false)
    {
        await FreeAsync(stop);
        while (true)
        {
            var began = await ReadyAsync(stop);
            var command = new SentStatement(await BeginAsync(stop), Front, sql, limit ?? timeout);
            try
            {
                if (written) await command.WriteOutAsync(Within(stop));
                var reader = await command.ReadAsync(Within(stop));
                (hasAnswered, entered) = (true, true);
                return reading = new PostgresCursor(this, command, reader, isLong, written) { Ticket = Journey?.Ticket ?? default, Began = began, Text = Told(sql) };
            }
            catch (Exception e) when (IsOfDriver(e, stop))
            {
                await command.DisposeAsync();
                NoteRead(sql, began, 0, failed: true);
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
                await using var reader = await command.ReadAsync(Within(stop));
                (hasAnswered, entered) = (true, true);
                var cell = await reader.ReadAsync(Within(stop)) ? reader.GetValue(0) : null;
                NoteRead(sql, began, cell is null ? 0 : 1);
                return cell;
            }
            catch (Exception e) when (IsOfDriver(e, stop))
            {
                NoteRead(sql, began, 0, failed: true);
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
            var changed = Math.Max(0, await command.ChangeAsync(Within(stop)));
            (entered, hasChanged) = (true, true);
            NoteWrite(sql, began, changed);
            return changed;
        }
        catch (Exception e) when (IsOfDriver(e, stop))
        {
            NoteWrite(sql, began, 0, failed: true);
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
            await batch.ExecuteNonQueryAsync(Within(stop));
            (entered, hasChanged) = (true, true);
            NoteWrite(sql, began, (long)batch.BatchCommands[^(guarded ? 2 : 1)].RecordsAffected);
            return null;
        }
        catch (Exception e) when (IsOfDriver(e, stop))
        {
            NoteWrite(sql, began, 0, failed: true);
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
            NoteWrite(sql, began, (long)batch.BatchCommands[^2].RecordsAffected);
            Journey?.Committed(0);
        }
        catch (Exception e) when (IsOfDriver(e, stop))
        {
            NoteWrite(sql, began, 0, failed: true);
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
            await using var import = await sent.BeginBinaryImportAsync(sql, Within(stop));
            await write(import, Within(stop));
            await import.CompleteAsync(Within(stop));
            hasChanged = true;
        }
        catch (Exception e) when (IsOfDriver(e, stop))
        {
            throw Failed(e, stop, collection);
        }
    }

    /// <summary>Forgets a cursor that has ended.</summary>
    public void Forget(PostgresCursor cursor)
    {
        if (reading == cursor) reading = null;
    }

    private SqlStatement? Front => entered ? null : Entry;

    // Text of a user may hold what nobody else should read.
    private string? Told(SqlStatement sql) => foreign ? null : sql.Text;

    private void NoteRead(SqlStatement sql, long began, long rows, bool failed = false) => Journey?.Statement(StepKind.Read, Told(sql), began, rows, failed: failed);

    private void NoteWrite(SqlStatement sql, long began, long changed, bool failed = false) => Journey?.Statement(StepKind.Write, Told(sql), began, rows: -1, changed, failed);
}
