using System.Globalization;
using Hearth.Basics;
using Hearth.Basics.Journeys;
using Hearth.Data.News;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data;

/// <summary>
/// A database behind plans. Reads run on sessions of their own; writes run one short session at a time (SQLite: on the writer thread,
/// many sessions to one fsync). One object for the life of an app; safe for any number of callers at once.
/// </summary>
public abstract class Engine : IAsyncDisposable
{
    /// <summary>What tells this process from others that use the same data. Another one with each start.</summary>
    public string Node { get; } = RandomText.RecordId();

    /// <summary>
    /// A signal was committed, here or on another node: each is told once, soon after its commit, and those of one write in their order. Handlers
    /// must be quick and must not throw.
    /// </summary>
    public event Action<Signal>? Signalled;

    /// <summary>
    /// Signals may have been missed, because the database was away for too long or another server took its place: what follows signals must look for itself.
    /// The rule of <see cref="Signalled"/> holds for its handlers, too.
    /// </summary>
    public event Action? SignalsMissed;

    /// <summary>
    /// Rows were changed and it was committed, here or on another node, while changes are noted (<see cref="NoteRowsAsync"/>): told on every node in the same order.
    /// The rule of <see cref="Signalled"/> holds for its handlers, too.
    /// </summary>
    public event Action<RowNews>? RowsChanged;

    /// <summary>How long after its last sign of life a node counts as gone; leases of work that one node does for all last as long.</summary>
    public virtual TimeSpan Takeover => DatabaseServer.UsualTakeover;

    /// <summary>How long changes are noted after <see cref="NoteRowsAsync"/> was called last.</summary>
    public static TimeSpan NotedFor { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Which kind of database this is, in one word for people and programs who look at what it does.</summary>
    public abstract string Kind { get; }

    /// <summary>Tells whether rows that were read are still good; null where changes can come from elsewhere, so that nothing may be remembered.</summary>
    public virtual RowClock? Rows => null;

    /// <summary>
    /// What a column gives back for a value that is stored in it: the same, unless the engine has no way to hold it. For who brings values from
    /// elsewhere and must know before it writes.
    /// </summary>
    public virtual FieldValue AsHeld(Field field, FieldValue value) => value;

    /// <summary>A JSON column takes a text that is no JSON, too, as databases from elsewhere may hold it. Otherwise such a text has to be stored as a JSON string.</summary>
    public virtual bool TakesAnyJson => true;

    /// <summary>Opens the database, makes it when it is new, and holds it against other processes. Throws <see cref="DataException"/> with a clear reason.</summary>
    public abstract ValueTask StartAsync(CancellationToken stop);

    /// <summary>How many sessions can be used at the same moment without waiting; on a server writes are among them.</summary>
    public virtual int Sessions => 4;

    /// <summary>How many sessions to read with are open at this moment.</summary>
    internal virtual int OpenReads => 0;

    /// <summary>A session to read with; sees one consistent state. Dispose it soon, and before anything is waited for that a client decides, such as its socket.</summary>
    public abstract ValueTask<ReadSession> ReadAsync(CancellationToken stop);

    /// <summary>
    /// A session for one question. Between several asked of it the data may change, so that an engine on a server can spare the transaction
    /// around it. Dispose it soon.
    /// </summary>
    public virtual ValueTask<ReadSession> ReadOnceAsync(CancellationToken stop) => ReadAsync(stop);

    /// <summary>Writes wait for each other, so that what can be found out before should be.</summary>
    public virtual bool HasOneWriter => false;

    /// <summary>Several nodes can use the data, so that what all of them should see belongs into it.</summary>
    public virtual bool IsShared => false;

    /// <summary>There is a copy of the data that can be read instead.</summary>
    public virtual bool HasCopy => false;

    /// <summary>
    /// A session for who can do with the state of some seconds ago, at most <see cref="CopyAge"/>: on a copy of the data, when there is one that follows closely
    /// and has the tables of this schema. Otherwise it is an ordinary one.
    /// </summary>
    /// <param name="schema">Version of the schema that the questions were planned with.</param>
    /// <param name="once">It is for one question, see <see cref="ReadOnceAsync"/>.</param>
    /// <param name="stop">Gives up.</param>
    public virtual ValueTask<ReadSession> ReadCopyAsync(long schema, bool once, CancellationToken stop) => once ? ReadOnceAsync(stop) : ReadAsync(stop);

    /// <summary>How old at most what <see cref="ReadCopyAsync"/> shows is.</summary>
    public static TimeSpan CopyAge { get; } = TimeSpan.FromSeconds(5);

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
    public abstract Task<T> WriteAsync<T>(SchemaSnapshot schema, Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop);

    /// <summary>Version of the schema that the tables follow, as a session sees them. Each change of the schema makes it one more.</summary>
    public abstract ValueTask<long> SchemaVersionAsync(ReadSession session, CancellationToken stop);

    /// <summary>
    /// Runs work that changes the schema, alone among all nodes: nothing that was planned with the old schema is written from its beginning on.
    /// Returns the version of the schema afterwards. Throws a <see cref="DataException"/> of kind <see cref="DataFaultKind.Stale"/>, with nothing
    /// done, when another change came first. Not to be cancelled: who changes the schema must know how it ended.
    /// </summary>
    /// <param name="from">Version of the schema that the work was computed for.</param>
    /// <param name="work">The change.</param>
    public abstract Task<long> ChangeSchemaAsync(long from, Func<WriteSession, ValueTask> work);

    /// <summary>
    /// Asks for <see cref="RowsChanged"/>: every write that is committed after this returns, on any node, notes what it changes. To be called again within each few
    /// minutes for as long as somebody listens; <see cref="NotedFor"/> after the last call the nodes cease to note, so that writes which nobody hears of cost nothing.
    /// </summary>
    public abstract Task NoteRowsAsync(CancellationToken stop);

    /// <summary>Waits until this node has heard of everything that was committed before, or until it is known that this takes long.</summary>
    public virtual Task HearAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>
    /// Takes or keeps the right to do something that one node of all should do. False when another node has it. It ends by itself unless it is taken again
    /// in time, so a node that dies loses it. Where no other node can be it is always granted.
    /// </summary>
    /// <param name="name">What the right is for.</param>
    /// <param name="time">For how long.</param>
    /// <param name="stop">Gives up.</param>
    public virtual ValueTask<bool> TakeLeaseAsync(string name, TimeSpan time, CancellationToken stop) => new(true);

    /// <summary>Gives all leases of this node back, so that others need not wait for their end.</summary>
    public virtual ValueTask ReturnLeasesAsync(CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>The other nodes that use the data at this moment; one that died is among them for some seconds.</summary>
    public virtual ValueTask<IReadOnlyList<OtherNode>> OtherNodesAsync(CancellationToken stop) => new([]);

    /// <summary>Name of a machine on which another node uses the data at this moment; null when there is none, or can be none.</summary>
    public async ValueTask<string?> FindOtherNodeAsync(CancellationToken stop) => await OtherNodesAsync(stop) is [var first, ..] ? first.Machine : null;

    /// <summary>Why nothing can be stored until an operator does something; null as long as all is well, or as it mends itself.</summary>
    public virtual DataFault? Trouble => null;

    /// <summary>Which database this is, with its version, in words for operators.</summary>
    public abstract ValueTask<string> DescribeAsync(CancellationToken stop);

    /// <summary>The first version of the database without a fault by which the one that runs may lose data; null when none is known of it.</summary>
    public virtual string? SoundSince => null;

    /// <summary>Rights of the account in the database that Hearth has no use for, and that SQL text of superusers could use; empty when there are none.</summary>
    public virtual ValueTask<IReadOnlyList<string>> NeedlessRightsAsync(CancellationToken stop) => new([]);

    /// <summary>Removes what is kept for other nodes and is too old for any of them.</summary>
    public virtual ValueTask TidyAsync(CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>
    /// Copies the data as it is at one moment into a new file <c>data.db</c> of SQLite, while others go on writing. False, with nothing done, where the data is kept
    /// in another way: its rows have to be moved into one.
    /// </summary>
    /// <param name="folder">A folder without such a file.</param>
    /// <param name="stop">Gives up.</param>
    public virtual ValueTask<bool> CopyIntoAsync(string folder, CancellationToken stop) => new(false);

    /// <summary>
    /// From now on what each commit changes is written into pieces in a folder, in an unbroken line that goes on where it ended as long as nobody else changes the data;
    /// null ends it. False where the engine cannot: databases on servers have their own ways.
    /// </summary>
    public virtual ValueTask<bool> KeepHistoryAsync(string? folder, CancellationToken stop) => new(false);

    /// <summary>Writes all that was committed so far into pieces, and tells what comes next; null when no history is kept.</summary>
    public virtual ValueTask<HistoryPoint?> WriteHistoryAsync(CancellationToken stop) => new((HistoryPoint?)null);

    /// <summary>Brings up to date what the database knows of its own contents in order to find good ways through them. Nothing to do where it does that by itself.</summary>
    public virtual ValueTask OptimizeAsync(CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>About how many bytes a table of the app's own takes, without room that is free again; where a database holds nothing else it is the database's.</summary>
    public abstract ValueTask<long> SizeOfAsync(Schema.Collection table, CancellationToken stop);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Tells that a signal was committed.</summary>
    protected void RaiseSignalled(Signal signal) => Signalled?.Invoke(signal);

    /// <summary>Tells of a change of rows.</summary>
    protected void RaiseRowsChanged(RowNews news) => RowsChanged?.Invoke(news);

    /// <summary>Tells that signals may have been missed.</summary>
    protected void RaiseSignalsMissed() => SignalsMissed?.Invoke();

    /// <summary>What to throw for work that was planned with another schema.</summary>
    internal static DataException Stale(long planned, long now) => new(new DataFault(DataFaultKind.Stale, $"Planned with schema {planned}, the tables follow {now}.", []));
}

/// <summary>A consistent view of the data. Not for two threads at once.</summary>
public abstract class ReadSession : IDisposable
{
    /// <summary>Where the statements of the session are noted; null when nowhere.</summary>
    internal Journey? Journey { get; private set; }

    /// <summary>How long it took until the session had its turn, in ticks of the clock.</summary>
    internal long Waited { get; init; }

    /// <summary>From now on its statements are noted in the journey of a request.</summary>
    internal void Follow(Journey? journey)
    {
        Journey = journey;
        if (Waited > 0) journey?.Wait(Waited);
    }

    /// <summary>
    /// From now on everything that is done in the session may take this long together. What is not done by then throws a <see cref="DataException"/> of kind
    /// <see cref="DataFaultKind.Timeout"/>. Each statement has the engine's own limit besides.
    /// </summary>
    public abstract void LimitTo(TimeSpan time);

    /// <summary>An index leads to the rows whose relation holds an id among others; otherwise all rows are looked at.</summary>
    public virtual bool IndexesLists => false;

    /// <summary>Runs a plan; the rows come one by one.</summary>
    public abstract ValueTask<RowCursor> QueryAsync(ReadPlan plan, CancellationToken stop);

    /// <summary>How many rows a plan has, its offset and limit left aside.</summary>
    public abstract ValueTask<long> CountAsync(ReadPlan plan, CancellationToken stop);

    /// <summary>Whether a plan has any row.</summary>
    public abstract ValueTask<bool> AnyAsync(ReadPlan plan, CancellationToken stop);

    /// <summary>Longest time for one statement of SQL text of a user, reading of its rows included; null is the engine's own limit.</summary>
    public TimeSpan? NativeSqlLimit { get; set; }

    /// <summary>
    /// Runs SQL text of a user in the engine's own words (views, console, statistics) with the session's time limit. Parameters are bound by position.
    /// Throws <see cref="DataException"/> of kind <see cref="DataFaultKind.Statement"/> when it is wrong.
    /// </summary>
    public abstract ValueTask<RowCursor> QueryNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop);

    /// <summary>
    /// Runs one statement of the SQL console, which can only read. Each cell can be read as text, whatever its type. Throws like <see cref="QueryNativeSqlAsync"/>.
    /// </summary>
    public virtual ValueTask<RowCursor> QueryConsoleSqlAsync(string sql, CancellationToken stop) => QueryNativeSqlAsync(sql, [], stop);

    /// <summary>The first rows of the query of a view as the view would give them. Throws like <see cref="QueryNativeSqlAsync"/>.</summary>
    /// <param name="query">One SELECT without a semicolon.</param>
    /// <param name="columns">The columns to give, in order; empty gives all as they come.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="stop">Gives up.</param>
    public virtual ValueTask<RowCursor> TryViewAsync(string query, IReadOnlyList<Field> columns, int limit, CancellationToken stop)
    {
        var names = columns.Count == 0 ? "*" : string.Join(", ", columns.Select(column => SqlWriter.Quote(column.Name)));
        return QueryNativeSqlAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT {names} FROM (\n{query}\n) AS tried LIMIT {limit}"), [], stop);
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>A write transaction; reads see its own writes.</summary>
public abstract class WriteSession : ReadSession
{
    private List<(string Topic, string Text)>? told;
    private List<RowChange>? noted;

    /// <summary>What <see cref="Tell"/> was given, in order.</summary>
    internal IReadOnlyList<(string Topic, string Text)> Told => told is null ? [] : told;

    /// <summary>Tells all nodes something once this write is committed, and only then; see <see cref="Engine.Signalled"/>.</summary>
    /// <param name="topic">At most 100 characters.</param>
    /// <param name="text">What happened, in a form that the topic defines.</param>
    public void Tell(string topic, string text) => (told ??= []).Add((topic, text));

    /// <summary>Somebody may listen: whoever changes rows of records says so with <see cref="Note"/>.</summary>
    public bool Notes { get; internal init; }

    /// <summary>What <see cref="Note"/> was given, in order.</summary>
    internal IReadOnlyList<RowChange> Noted => noted is null ? [] : noted;

    /// <summary>Notes a change of a row after it was done; it is told once this write is committed, and only then. See <see cref="Engine.RowsChanged"/>.</summary>
    public void Note(RowChange change) => (noted ??= []).Add(change);

    /// <summary>This write puts other data in the place of all; see <see cref="ReplaceAllAsync"/>.</summary>
    internal bool ReplacesAll { get; private set; }

    /// <summary>Says that other data comes in the place of all: no change that was told before can be joined with one that is told afterwards.</summary>
    public virtual ValueTask ReplaceAllAsync(CancellationToken stop)
    {
        ReplacesAll = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>Does a plan. Returns null when done, or the fault by which a constraint refused; the session stays usable.</summary>
    public abstract ValueTask<DataFault?> ExecuteAsync(WritePlan plan, CancellationToken stop);

    /// <summary>
    /// The same for the last thing that is done in the session, whose changes are kept when it succeeds: an engine on a server commits with it.
    /// </summary>
    public virtual ValueTask<DataFault?> ExecuteLastAsync(WritePlan plan, CancellationToken stop) => ExecuteAsync(plan, stop);

    /// <summary>
    /// Adds rows, each with values in the order of the collection's fields, one after the other and as quickly as the engine can. Throws
    /// <see cref="DataException"/> when one of them is refused; the session is of no use then.
    /// </summary>
    public virtual async ValueTask InsertManyAsync(Collection collection, IReadOnlyList<IReadOnlyList<FieldValue>> rows, CancellationToken stop)
    {
        foreach (var row in rows)
        {
            if (await ExecuteAsync(new InsertRow(collection, row), stop) is { } refused) throw new DataException(refused);
        }
    }

    /// <summary>
    /// Waits until no other write holds the lock of this name, and holds it until this write ends: for what must stay true of many records and no
    /// index can promise. Nothing to wait for where writes run one at a time.
    /// </summary>
    public virtual ValueTask LockAsync(string name, CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>Does a step of a schema change. Throws <see cref="DataException"/> when the database refuses.</summary>
    public abstract ValueTask ApplyAsync(SchemaStep step, CancellationToken stop);

    /// <summary>Runs SQL text of a user in the engine's own words that changes something; returns the rows affected.</summary>
    public abstract ValueTask<long> ExecuteNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop);

    /// <summary>
    /// The same for the SQL console: the database itself says what the text did or would do, and what would harm Hearth's own tables, the tables of collections or the
    /// connection is refused with a <see cref="DataException"/> of kind <see cref="DataFaultKind.Statement"/>. Nothing of the session may be kept then.
    /// </summary>
    /// <param name="sql">One statement, or several.</param>
    /// <param name="schema">The collections.</param>
    /// <param name="stop">Gives up.</param>
    public abstract ValueTask<long> ExecuteConsoleSqlAsync(string sql, SchemaSnapshot schema, CancellationToken stop);
}
