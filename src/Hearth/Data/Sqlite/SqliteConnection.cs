using System.Globalization;
using System.Text;
using Hearth.Basics;
using Hearth.Data.Compile;
using Hearth.Data.Compile.Kept;
using Hearth.Data.Sqlite.Compile;
using Hearth.Schema;
using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>One connection with its kept statements and its time limit. Used by one thread at a time.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private const int StatementsKept = 256;
    private const int PlannerIgnoresBoundValues = 1007; // SQLITE_DBCONFIG_ENABLE_QPSG
    private const int DigitsOfRealsInTexts = 1023; // SQLITE_DBCONFIG_FP_DIGITS
    private const int LongestValue = 0; // SQLITE_LIMIT_LENGTH
    private const int StepsBetweenChecks = 2000; // virtual machine steps: some ten microseconds

    private readonly TimeProvider clock;
    private readonly StatementCache statements;
    private readonly SqliteGuard guard = new();
    private long deadline = long.MaxValue;
    private long end = long.MaxValue;

    private SqliteConnection(sqlite3 handle, SqliteEngineOptions options, TimeProvider clock)
    {
        Handle = handle;
        this.clock = clock;
        statements = new StatementCache(handle, StatementsKept);
        Queries = new SqliteQueries(this, options.StatementTimeout);
        raw.sqlite3_extended_result_codes(handle, 1);
        // Without this SQLite prepares a kept statement again whenever a bound LIMIT or LIKE pattern changes: half of the time of a small query.
        raw.sqlite3_db_config(handle, PlannerIgnoresBoundValues, 1, out _);
        // A number as a text, as filters with ~ see it: 15 digits, as SQLite itself had it before 3.53 and as hearth$long_text has it on PostgreSQL.
        raw.sqlite3_db_config(handle, DigitsOfRealsInTexts, 15, out _);
        raw.sqlite3_progress_handler(handle, StepsBetweenChecks, _ => IsOver() ? 1 : 0, null);
        raw.sqlite3_set_authorizer(handle, guard.Decide, null);
        raw.sqlite3_limit(handle, LongestValue, RowCursor.LongestText);
    }

    /// <summary>SQLite's own connection.</summary>
    public sqlite3 Handle { get; }

    /// <summary>How sessions read on this connection.</summary>
    public SqliteQueries Queries { get; }

    /// <summary>Texts of plans, kept with the statements that they name.</summary>
    public KeptTexts Texts { get; } = new(SqliteWords.All);

    /// <summary>Texts of new rows.</summary>
    public KeptInserts Inserts { get; } = new(SqliteWords.All);

    /// <summary>Who may give up the statement that runs.</summary>
    public CancellationToken Stop { get; private set; }

    /// <summary>True while no transaction is open: also after SQLite rolled one back by itself.</summary>
    public bool IsIdle => raw.sqlite3_get_autocommit(Handle) != 0;

    /// <summary>Opens a file. The writer makes it when it is new and puts it into WAL mode; readers cannot change anything.</summary>
    public static SqliteConnection Open(string file, bool readOnly, SqliteEngineOptions options, TimeProvider clock)
    {
        Batteries_V2.Init(); // finds the native library; does nothing when called again
        if (!readOnly && !File.Exists(file)) OwnerOnly.Create(file, FileMode.OpenOrCreate).Dispose(); // SQLite gives what stands beside it the same rights
        var flags = raw.SQLITE_OPEN_NOMUTEX | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        if (options.ReadOnly) flags |= raw.SQLITE_OPEN_URI;
        var result = raw.sqlite3_open_v2(options.ReadOnly ? Untouched(file) : file, out var handle, flags, null);
        if (result != raw.SQLITE_OK)
        {
            var fault = SqliteFaults.Of(result, $"The database {file} cannot be opened: {raw.sqlite3_errstr(result).utf8_to_string()}");
            handle.Dispose();
            throw new DataException(fault);
        }
        var connection = new SqliteConnection(handle, options, clock);
        try
        {
            raw.sqlite3_busy_timeout(handle, (int)options.BusyTimeout.TotalMilliseconds);
            if (readOnly)
            {
                connection.Execute("PRAGMA query_only = 1");
                connection.Execute($"PRAGMA mmap_size = {options.MappedBytes.ToString(CultureInfo.InvariantCulture)}");
            }
            else connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute($"PRAGMA synchronous = {(int)options.Synchronous}");
            connection.Execute("PRAGMA foreign_keys = 0");
            connection.Execute($"PRAGMA cache_size = {(readOnly ? -options.ReaderCacheKibibytes : -options.WriterCacheKibibytes).ToString(CultureInfo.InvariantCulture)}");
            // Only the writer moves the log into the file, when it decides to.
            connection.Execute("PRAGMA wal_autocheckpoint = 0");
            // After a large import the log gives its space back.
            connection.Execute("PRAGMA journal_size_limit = 67108864");
            if (!readOnly && options.PageLimit is { } pages) connection.Execute($"PRAGMA max_page_count = {pages.ToString(CultureInfo.InvariantCulture)}");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        return connection;
    }

    /// <summary>From now on statements may run for this long, and until the caller gives up.</summary>
    public void Limit(TimeSpan time, CancellationToken stop)
    {
        deadline = Math.Min(After(time), end);
        Stop = stop;
    }

    /// <summary>From now on all statements together may run for this long; null takes that back.</summary>
    public void LimitTo(TimeSpan? time) => end = time is { } given ? After(given) : long.MaxValue;

    /// <summary>Throws when the time of all statements together is over.</summary>
    public void CheckTime()
    {
        if (end != long.MaxValue && clock.GetTimestamp() > end) throw new DataException(SqliteFaults.Of(raw.SQLITE_INTERRUPT, ""));
    }

    /// <summary>Statements run to their end: interrupting a change would roll back the whole transaction, also what others wrote in it.</summary>
    public void Unlimit() => (deadline, Stop) = (long.MaxValue, CancellationToken.None);

    /// <summary>Runs a statement of our own without parameters and rows of interest.</summary>
    public void Execute(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            int result;
            do result = raw.sqlite3_step(statement);
            while (result == raw.SQLITE_ROW);
            if (result != raw.SQLITE_DONE) throw SqliteFaults.Exception(this);
        }
        finally
        {
            statements.Return(sql, statement);
        }
    }

    /// <summary>The number that a statement of our own gives.</summary>
    public long Number(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            return raw.sqlite3_step(statement) == raw.SQLITE_ROW ? raw.sqlite3_column_int64(statement, 0) : throw SqliteFaults.Exception(this);
        }
        finally
        {
            statements.Return(sql, statement);
        }
    }

    /// <summary>Runs a statement of a schema change: once, so it is not kept.</summary>
    public void Run(string sql)
    {
        if (raw.sqlite3_prepare_v2(Handle, sql, out var statement) != raw.SQLITE_OK) throw SqliteFaults.Exception(this);
        using (statement)
        {
            int result;
            do result = raw.sqlite3_step(statement);
            while (result == raw.SQLITE_ROW);
            if (result != raw.SQLITE_DONE) throw SqliteFaults.Exception(this);
        }
    }

    /// <summary>Starts a query of our own.</summary>
    public SqliteCursor Select(SqlStatement sql) => new(this, Prepare(sql), sql.Text, null);

    /// <summary>Runs a change with its parameters. Returns null when done, else the fault by which a constraint refused.</summary>
    public DataFault? Change(SqlStatement change, Collection? collection = null)
    {
        var statement = Prepare(change);
        try
        {
            var result = raw.sqlite3_step(statement);
            if (result == raw.SQLITE_DONE) return null;
            var fault = SqliteFaults.Of(Handle, collection);
            return fault.Kind is DataFaultKind.NotUnique or DataFaultKind.Constraint ? fault : throw new DataException(fault);
        }
        finally
        {
            statements.Return(change.Text, statement);
        }
    }

    /// <summary>A kept statement with its parameters bound; give it back with <see cref="Return"/>.</summary>
    public sqlite3_stmt Prepare(SqlStatement sql)
    {
        var statement = Prepare(sql.Text);
        for (var i = 0; i < sql.Arguments.Count; i++) Bind(statement, i + 1, sql.Arguments[i]);
        return statement;
    }

    /// <summary>Gives a statement back.</summary>
    public void Return(string sql, sqlite3_stmt statement) => statements.Return(sql, statement);

    /// <summary>Tables for which the text of a user that was prepared last makes a trigger.</summary>
    public IReadOnlyList<string> Triggered => guard.Triggered;

    /// <summary>Prepares text of a user: one statement, guarded, not kept. Returns the text after it.</summary>
    public sqlite3_stmt PrepareForeign(string sql, out string rest, ConsoleBounds? console = null)
    {
        // SQLite would read up to there only.
        if (sql.Contains('\0', StringComparison.Ordinal)) throw new DataException(new DataFault(DataFaultKind.Statement, "The text cannot hold the character NUL.", []));
        guard.Begin(console);
        try
        {
            if (raw.sqlite3_prepare_v2(Handle, sql, out var statement, out rest) == raw.SQLITE_OK) return statement;
            throw guard.Refusal is { } refusal ? new DataException(new DataFault(DataFaultKind.Statement, refusal, [])) : SqliteFaults.Exception(this);
        }
        finally
        {
            guard.End();
        }
    }

    /// <summary>Why the console may not run a statement; null when it may, or when it is wrong in itself.</summary>
    public string? FindHarm(string sql, ConsoleBounds console)
    {
        guard.Begin(console);
        raw.sqlite3_prepare_v2(Handle, sql, out var statement);
        statement.Dispose();
        guard.End();
        return guard.Refusal;
    }

    /// <summary>Binds a parameter.</summary>
    public static void Bind(sqlite3_stmt statement, int index, SqlArgument argument)
    {
        var value = argument.Value;
        var result = argument.IsInteger ? raw.sqlite3_bind_int64(statement, index, argument.Integer)
            : value.AsUtf8 is { Bytes.Length: > 0 } utf8 ? raw.sqlite3_bind_text(statement, index, utf8.Bytes.Span)
            : value.Kind switch
            {
                FieldValueKind.Text => BindText(statement, index, value.AsText),
                FieldValueKind.Number => raw.sqlite3_bind_double(statement, index, value.AsNumber),
                FieldValueKind.Bool => raw.sqlite3_bind_int(statement, index, value.AsBool ? 1 : 0),
                FieldValueKind.List => BindText(statement, index, JsonList.Write(value.AsList)),
                FieldValueKind.Json when value.AsJson != "null" => BindText(statement, index, value.AsJson),
                _ => raw.sqlite3_bind_null(statement, index),
            };
        if (result != raw.SQLITE_OK) throw new DataException(SqliteFaults.Of(result, raw.sqlite3_errstr(result).utf8_to_string()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        statements.Dispose();
        raw.sqlite3_close_v2(Handle);
    }

    // Even a connection that only reads makes files beside a database with a log, unless it is told that the file does not change (which the lock
    // of the folder sees to). What stands in a log is read only without that.
    private static string Untouched(string file)
    {
        var hasLog = new FileInfo(file + "-wal") is { Exists: true, Length: > 0 } || File.Exists(file + "-journal");
        var path = Path.GetFullPath(file).Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal);
        if (Path.DirectorySeparatorChar != '/') path = "/" + path.Replace(Path.DirectorySeparatorChar, '/');
        return $"file://{path}{(hasLog ? "" : "?immutable=1")}";
    }

    private static int BindText(sqlite3_stmt statement, int index, string text)
    {
        const int onStack = 512;
        if (text.Length == 0) return raw.sqlite3_bind_text(statement, index, utf8z.FromString(""));
        if (text.Length * 3 > onStack) return raw.sqlite3_bind_text(statement, index, (ReadOnlySpan<byte>)Encoding.UTF8.GetBytes(text));
        Span<byte> bytes = stackalloc byte[onStack];
        return raw.sqlite3_bind_text(statement, index, (ReadOnlySpan<byte>)bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private sqlite3_stmt Prepare(string sql) => statements.Rent(sql) ?? throw SqliteFaults.Exception(this);

    private long After(TimeSpan time) => clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);

    private bool IsOver() => Stop.IsCancellationRequested || clock.GetTimestamp() > deadline;
}
