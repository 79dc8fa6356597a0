using System.Globalization;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data;

/// <summary>
/// A database behind plans. Reads run on sessions of their own; writes run one short session at a time (SQLite: on the writer thread,
/// many sessions to one fsync). One object for the life of an app; safe for any number of callers at once.
/// </summary>
public abstract class Engine : IAsyncDisposable
{
    /// <summary>The value of <see cref="SchemaVersion"/> while a change of the schema is done.</summary>
    internal const long Changing = -1;

    private long schemaVersion;

    /// <summary>
    /// Version of the snapshot that the tables follow; 0 when nobody keeps track of one. Set inside the write session that changes the
    /// schema, so that every later session sees it.
    /// </summary>
    internal long SchemaVersion
    {
        get => Volatile.Read(ref schemaVersion);
        set => Volatile.Write(ref schemaVersion, value);
    }

    /// <summary>Tells whether rows that were read are still good; null where changes can come from elsewhere, so that nothing may be remembered.</summary>
    public virtual RowClock? Rows => null;

    /// <summary>Opens the database, makes it when it is new, and holds it against other processes. Throws <see cref="DataException"/> with a clear reason.</summary>
    public abstract ValueTask StartAsync(CancellationToken stop);

    /// <summary>A session to read with; sees one consistent state. Dispose it soon.</summary>
    public abstract ValueTask<ReadSession> ReadAsync(CancellationToken stop);

    /// <summary>
    /// A session for one question. Between several asked of it the data may change, so that an engine on a server can spare the transaction
    /// around it. Dispose it soon.
    /// </summary>
    public virtual ValueTask<ReadSession> ReadOnceAsync(CancellationToken stop) => ReadAsync(stop);

    /// <summary>
    /// Runs work in a write transaction of its own and returns after its commit is durable. When the work throws, nothing of it is kept
    /// and the exception comes back. <paramref name="commit"/> decides from the result whether to keep the changes (null: always keep).
    /// The work must be short and must not wait for anything but the session. An engine may run it anew when another write got in its way:
    /// then nothing of the first run was kept.
    /// </summary>
    public abstract Task<T> WriteAsync<T>(Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop);

    /// <summary>
    /// The same for work that was planned with a schema. When the tables follow another one by now it throws a <see cref="DataException"/> of
    /// kind <see cref="DataFaultKind.Stale"/>: a column may have got another meaning in between.
    /// </summary>
    public Task<T> WriteAsync<T>(SchemaSnapshot schema, Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop) => WriteAsync(
        session => SchemaVersion is not 0 and var version && version != schema.Version
            ? throw new DataException(new DataFault(DataFaultKind.Stale, $"Planned with schema {schema.Version}, the tables follow {version}.", []))
            : work(session),
        commit,
        stop);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>A consistent view of the data. Not for two threads at once.</summary>
public abstract class ReadSession : IDisposable
{
    /// <summary>Runs a plan; the rows come one by one.</summary>
    public abstract ValueTask<RowCursor> QueryAsync(ReadPlan plan, CancellationToken stop);

    /// <summary>How many rows a plan has, its offset and limit left aside.</summary>
    public abstract ValueTask<long> CountAsync(ReadPlan plan, CancellationToken stop);

    /// <summary>Whether a plan has any row.</summary>
    public abstract ValueTask<bool> AnyAsync(ReadPlan plan, CancellationToken stop);

    /// <summary>
    /// Runs SQL text of a user in the engine's own words (views, console, statistics) with the session's time limit. Parameters are bound by position.
    /// Throws <see cref="DataException"/> of kind <see cref="DataFaultKind.Statement"/> when it is wrong.
    /// </summary>
    public abstract ValueTask<RowCursor> QueryNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop);

    /// <summary>The first rows of the query of a view as the view would give them. Throws like <see cref="QueryNativeSqlAsync"/>.</summary>
    /// <param name="query">One SELECT without a semicolon.</param>
    /// <param name="columns">Names of the columns to give, in order; empty gives all as they come.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="stop">Gives up.</param>
    public virtual ValueTask<RowCursor> TryViewAsync(string query, IReadOnlyList<string> columns, int limit, CancellationToken stop)
    {
        var names = columns.Count == 0 ? "*" : string.Join(", ", columns.Select(SqlWriter.Quote));
        return QueryNativeSqlAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT {names} FROM (\n{query}\n) AS tried LIMIT {limit}"), [], stop);
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>A write transaction; reads see its own writes.</summary>
public abstract class WriteSession : ReadSession
{
    /// <summary>Does a plan. Returns null when done, or the fault by which a constraint refused; the session stays usable.</summary>
    public abstract ValueTask<DataFault?> ExecuteAsync(WritePlan plan, CancellationToken stop);

    /// <summary>Does a step of a schema change. Throws <see cref="DataException"/> when the database refuses.</summary>
    public abstract ValueTask ApplyAsync(SchemaStep step, CancellationToken stop);

    /// <summary>Runs SQL text of a user in the engine's own words that changes something; returns the rows affected.</summary>
    public abstract ValueTask<long> ExecuteNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop);
}
