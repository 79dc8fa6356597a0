using Hearth.Basics;
using Hearth.Data.Sqlite.History;
using Hearth.Data.Sqlite.Tables;
using Hearth.Schema;

namespace Hearth.Data.Sqlite;

/// <summary>
/// The embedded engine: one file, one thread that writes for all, a few connections that read. Acknowledged writes survive a power loss.
/// </summary>
public sealed class SqliteEngine(SqliteEngineOptions options, TimeProvider clock) : Engine
{
    // How soon it is noticed when somebody touches the file of a server on which nothing is written.
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(1);

    // While a change of the schema is done nothing that was planned with any schema is written.
    private const long Changing = -1;

    private long schemaVersion = 1;
    private readonly string file = Path.Combine(options.Path, options.Name + ".db");
    private readonly SemaphoreSlim asking = new(1, 1);
    private RowNoting? noting;
    private FolderLock? folder;
    private DateTimeOffset? left;
    private WriterThread? writer;
    private ReaderPool? readers;
    private ITimer? watch;
    private int looking;

    /// <inheritdoc/>
    public override string Kind => "sqlite";

    /// <inheritdoc/>
    public override RowClock Rows { get; } = new();

    /// <inheritdoc/>
    public override ValueTask StartAsync(CancellationToken stop)
    {
        if (readers is not null) throw new InvalidOperationException("The engine has been started already.");
        stop.ThrowIfCancellationRequested();
        if (options.ReadOnly)
        {
            if (!File.Exists(file)) throw new DataException(new DataFault(DataFaultKind.Unavailable, $"There is no database in the folder {options.Path}.", []));
            folder = FolderLock.Take(options.Path, options.Name);
            readers = new ReaderPool(file, options, clock);
            return ValueTask.CompletedTask;
        }
        folder = TakeFolder();
        // Before anything is written to it again: so late was what a crash may have left in it.
        if (new FileInfo(file + "-wal") is { Exists: true, Length: > 0 } log) left = log.LastWriteTimeUtc;
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnection.Open(file, readOnly: false, options, clock);
            connection.Execute("BEGIN IMMEDIATE");
            MigrationRun.Run(connection, options.Migrations, clock);
            connection.Execute("COMMIT");
        }
        catch
        {
            connection?.Dispose();
            folder.Dispose();
            folder = null;
            throw;
        }
        readers = new ReaderPool(file, options, clock);
        noting = new RowNoting(RaiseRowsChanged, clock);
        writer = new WriterThread(connection, new OwnFile(connection, file), options, new ChangedRows(Rows), Tell, noting, clock);
        writer.Start();
        watch = clock.CreateTimer(_ => _ = LookAsync(), null, WatchEvery, WatchEvery);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask<string> DescribeAsync(CancellationToken stop) => new($"SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}");

    /// <inheritdoc/>
    public override string? SoundSince => SqliteVersion.SoundSince(SQLitePCL.raw.sqlite3_libversion_number());

    /// <inheritdoc/>
    public override FieldValue AsHeld(Field field, FieldValue value) => HeldValue.Of(field, value);

    /// <inheritdoc/>
    public override bool HasOneWriter => true;

    /// <inheritdoc/>
    public override int Sessions => options.Readers;

    /// <inheritdoc/>
    internal override int OpenReads => readers?.Out ?? 0;

    /// <inheritdoc/>
    public override async ValueTask<ReadSession> ReadAsync(CancellationToken stop) =>
        await (readers ?? throw NotStarted()).TakeAsync(stop);

    /// <inheritdoc/>
    public override Task<T> WriteAsync<T>(Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop) =>
        (writer ?? throw NotStarted()).WriteAsync(work, commit, stop);

    /// <inheritdoc/>
    public override Task<T> WriteAsync<T>(SchemaSnapshot schema, Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop) => WriteAsync(
        session => Volatile.Read(ref schemaVersion) is var version && version != schema.Version ? throw Stale(schema.Version, version) : work(session),
        commit,
        stop);

    /// <inheritdoc/>
    public override ValueTask<long> SchemaVersionAsync(ReadSession session, CancellationToken stop) => new(Volatile.Read(ref schemaVersion));

    /// <inheritdoc/>
    public override async Task<long> ChangeSchemaAsync(long from, Func<WriteSession, ValueTask> work)
    {
        var after = from;
        var began = false;
        try
        {
            await WriteAsync(
                async session =>
                {
                    if (Volatile.Read(ref schemaVersion) is var version && version != from) throw Stale(from, version);
                    began = true;
                    Volatile.Write(ref schemaVersion, Changing);
                    try
                    {
                        await work(session);
                    }
                    catch
                    {
                        // It is undone before the next write has its turn, which is as good as it was.
                        Volatile.Write(ref schemaVersion, from);
                        throw;
                    }
                    return true;
                },
                null,
                CancellationToken.None);
            after = from + 1;
        }
        finally
        {
            if (began) Volatile.Write(ref schemaVersion, after);
        }
        return after;
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> CopyIntoAsync(string folder, CancellationToken stop)
    {
        await SqliteCopy.RunAsync(file, Path.Combine(folder, "data.db"), options, clock, stop);
        return true;
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> KeepHistoryAsync(string? folder, CancellationToken stop) => await WriteAsync(
        _ =>
        {
            writer!.Upkeep.KeepHistory(folder is null ? null : new HistoryWriter(file, folder, left, clock)); // it is the one that runs this
            return new ValueTask<bool>(true);
        },
        null,
        stop);

    /// <inheritdoc/>
    public override async ValueTask<HistoryPoint?> WriteHistoryAsync(CancellationToken stop) => await WriteAsync(_ => new ValueTask<HistoryPoint?>(writer!.Upkeep.WriteHistory()), null, stop); // as above

    /// <inheritdoc/>
    public override async ValueTask OptimizeAsync(CancellationToken stop) => await WriteAsync(
        session =>
        {
            ((SqliteWriteSession)session).Optimize(); // sessions of this engine are of this type
            return new ValueTask<bool>(true);
        },
        null,
        stop);

    /// <inheritdoc/>
    public override async ValueTask<long> SizeOfAsync(Schema.Collection table, CancellationToken stop) =>
        await WriteAsync(static session => new ValueTask<long>(((SqliteWriteSession)session).UsedBytes()), null, stop); // sessions of this engine are of this type

    /// <inheritdoc/>
    public override async Task NoteRowsAsync(CancellationToken stop)
    {
        if ((noting ?? throw NotStarted()).Keep()) return;
        await asking.WaitAsync(stop);
        try
        {
            if (noting.Keep()) return;
            noting.Begin();
            // What was begun before is committed before this.
            await WriteAsync(static _ => new ValueTask<bool>(true), null, stop);
            noting.Confirm();
        }
        finally
        {
            asking.Release();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask TidyAsync(CancellationToken stop)
    {
        await asking.WaitAsync(stop);
        try
        {
            noting?.EndIfUnasked(NotedFor);
        }
        finally
        {
            asking.Release();
        }
    }

    /// <inheritdoc/>
    public override DataFault? Trouble => writer?.Lost;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (watch is not null) await watch.DisposeAsync();
        readers?.Dispose();
        if (writer is not null)
        {
            writer.Close();
            await writer.Stopped;
        }
        folder?.Dispose();
    }

    // A write of nothing: the writer looks at the file with each.
    private async Task LookAsync()
    {
        if (Interlocked.Exchange(ref looking, 1) == 1) return;
        try
        {
            await writer!.WriteAsync(static _ => new ValueTask<bool>(true), null, CancellationToken.None); // made before the timer
        }
        catch (Exception e) when (e is DataException or ObjectDisposedException)
        {
            // It is known already, or the engine ends.
        }
        finally
        {
            Volatile.Write(ref looking, 0);
        }
    }

    private FolderLock TakeFolder()
    {
        try
        {
            OwnerOnly.MakeFolder(options.Path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DataException(new DataFault(DataFaultKind.Unavailable, $"The folder {options.Path} cannot be made: {refused.Message}", []), refused);
        }
        return FolderLock.Take(options.Path, options.Name);
    }

    private void Tell(string topic, string text) => RaiseSignalled(new Signal(topic, text, Node));

    private static InvalidOperationException NotStarted() => new("The engine has not been started.");
}
