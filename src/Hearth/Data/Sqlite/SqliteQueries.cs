using Hearth.Basics.Journeys;
using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;
using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>
/// How both kinds of session read: compile, bind, step. Knows the cursors that are still open. Each connection has one, for one session
/// after the other.
/// </summary>
internal sealed class SqliteQueries(SqliteConnection connection, TimeSpan timeout)
{
    private static readonly TimeSpan LongTime = TimeSpan.FromDays(365);

    private readonly List<SqliteCursor> open = [];

    /// <summary>Starts a plan.</summary>
    public SqliteCursor Query(ReadPlan plan, Journey? journey, CancellationToken stop) => Start(plan, Asked.Rows, plan.Unhurried ? LongTime : timeout, journey, stop);

    /// <summary>Counts a plan's rows.</summary>
    public long Count(ReadPlan plan, Journey? journey, CancellationToken stop)
    {
        using var cursor = Start(plan, Asked.Count, timeout, journey, stop);
        return cursor.Next() ? cursor.IntegerOf(0) : 0;
    }

    /// <summary>Looks for one row of a plan.</summary>
    public bool Any(ReadPlan plan, Journey? journey, CancellationToken stop)
    {
        using var cursor = Start(plan, Asked.Any, timeout, journey, stop);
        return cursor.Next();
    }

    /// <summary>Starts text of a user: exactly one statement. Without a limit the usual one holds.</summary>
    public SqliteCursor QueryForeign(string sql, IReadOnlyList<FieldValue> parameters, TimeSpan? limit, Journey? journey, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        connection.Limit(limit ?? timeout, stop);
        var began = journey?.Now ?? 0;
        var statement = connection.PrepareForeign(sql, out var rest);
        if (statement.IsInvalid) throw Wrong("The statement is empty.");
        if (!string.IsNullOrWhiteSpace(rest) && HasStatement(rest))
        {
            statement.Dispose();
            throw Wrong("Only one statement can be run at a time.");
        }
        BindForeign(statement, parameters);
        return Track(new SqliteCursor(connection, statement, null, this) { Journey = journey, Began = began });
    }

    /// <summary>
    /// Runs text of a user that changes something; several statements when there are no parameters. Returns the rows changed. Text of the console is kept within its bounds.
    /// </summary>
    public long ExecuteForeign(string sql, IReadOnlyList<FieldValue> parameters, TimeSpan? limit, CancellationToken stop, ConsoleBounds? console = null)
    {
        stop.ThrowIfCancellationRequested();
        connection.Limit(limit ?? timeout, stop);
        var before = raw.sqlite3_total_changes(connection.Handle);
        var rest = sql;
        while (!string.IsNullOrWhiteSpace(rest))
        {
            using var statement = connection.PrepareForeign(rest, out rest, console);
            if (statement.IsInvalid) continue; // only a comment
            string[] triggered = [.. connection.Triggered];
            BindForeign(statement, parameters);
            int result;
            do result = raw.sqlite3_step(statement);
            while (result == raw.SQLITE_ROW);
            if (result != raw.SQLITE_DONE) throw SqliteFaults.Exception(connection);
            if (console is not null) foreach (var table in triggered) NewTriggers.Check(connection, table, console);
        }
        return raw.sqlite3_total_changes(connection.Handle) - before;
    }

    /// <summary>A cursor was closed.</summary>
    public void Forget(SqliteCursor cursor) => open.Remove(cursor);

    /// <summary>Closes what the session's user left open.</summary>
    public void CloseCursors()
    {
        while (open.Count > 0) open[^1].Dispose();
        connection.Unlimit();
        connection.LimitTo(null);
    }

    private SqliteCursor Start(ReadPlan plan, Asked asked, TimeSpan time, Journey? journey, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var began = journey?.Now ?? 0;
        var sql = connection.Texts.Of(plan, asked);
        connection.Limit(time, stop);
        return Track(new SqliteCursor(connection, connection.Prepare(sql), sql.Text, this) { Journey = journey, Began = began });
    }

    private SqliteCursor Track(SqliteCursor cursor)
    {
        open.Add(cursor);
        return cursor;
    }

    private bool HasStatement(string rest)
    {
        using var next = connection.PrepareForeign(rest, out _);
        return !next.IsInvalid;
    }

    private static void BindForeign(sqlite3_stmt statement, IReadOnlyList<FieldValue> parameters)
    {
        var wanted = raw.sqlite3_bind_parameter_count(statement);
        if (wanted != parameters.Count) throw Wrong($"The statement has {wanted} parameters, but {parameters.Count} were given.");
        for (var i = 0; i < wanted; i++) SqliteConnection.Bind(statement, i + 1, SqlArgument.Of(parameters[i]));
    }

    private static DataException Wrong(string message) => new(new DataFault(DataFaultKind.Statement, message, []));
}
