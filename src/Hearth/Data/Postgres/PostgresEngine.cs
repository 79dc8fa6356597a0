using System.Data;
using Hearth.Basics;
using Hearth.Data.News;
using Hearth.Data.Postgres.Compile;
using Hearth.Data.Postgres.Nodes;
using Hearth.Schema;
using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>
/// The engine on a PostgreSQL server, 14 or later: reads and writes run at the same time on connections of a pool, prepared, each write in a
/// transaction of its own. A write that another one got in the way of is run anew. Answers go out only after the commit.
/// </summary>
public sealed class PostgresEngine(PostgresEngineOptions options, TimeProvider clock) : Engine
{
    // Often enough that nobody else ends it.
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    private readonly KeptPool statements = new();
    private readonly SchemaGate gate = new();
    private readonly PreparedFor prepared = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NpgsqlDataSource? source;
    private TimeSpan statementTimeout;
    private SignalFeed? feed;
    private NodeRow? node;
    private ReadCopy? copy;
    private long lastVersion;
    private long asked;
    private volatile string run = "";
    private readonly AsyncLocal<PostgresWriteSession?> current = new();
    private int sessions;
    private int reads;
    private volatile bool closing;

    /// <inheritdoc/>
    public override async ValueTask StartAsync(CancellationToken stop)
    {
        if (source is not null) throw new InvalidOperationException("The engine has been started already.");
        NpgsqlDataSource? opened = null;
        try
        {
            statementTimeout = PostgresSource.StatementTimeout(options);
            if (options.ReadOnly)
            {
                source = opened = PostgresSource.Open(options, prepared, await PostgresStart.LookAsync(options, stop));
                return;
            }
            var entering = new NodeRow(Node, options.Takeover);
            var pooled = await PostgresStart.RunAsync(options, entering, clock, stop);
            opened = PostgresSource.Open(options, prepared, pooled);
            if (options.ReadConnectionString is { } other) copy = await ReadCopy.StartAsync(opened, options with { ConnectionString = other }, pooled, clock);
            var reading = new SignalFeed(opened, options, entering, RaiseSignalled, new RowOrder(Hear), RaiseSignalsMissed, clock);
            await reading.StartAsync(stop);
            (source, node, feed) = (opened, entering, reading);
        }
        catch (Exception e)
        {
            if (copy is not null) await copy.DisposeAsync();
            if (opened is not null) await opened.DisposeAsync();
            if (!PostgresFaults.IsOfDriver(e)) throw;
            stop.ThrowIfCancellationRequested();
            throw PostgresStart.Explain(e, options.ConnectionString);
        }
    }

    /// <inheritdoc/>
    public override string Kind => "postgres";

    /// <inheritdoc/>
    public override TimeSpan Takeover => options.Takeover;

    /// <inheritdoc/>
    public override bool TakesAnyJson => false;

    /// <inheritdoc/>
    public override int Sessions => PostgresSource.PoolSize(options);

    /// <inheritdoc/>
    internal override int OpenReads => Volatile.Read(ref reads);

    /// <inheritdoc/>
    public override ValueTask<ReadSession> ReadAsync(CancellationToken stop) => new(Reading(Link(IsolationLevel.RepeatableRead, null)));

    /// <inheritdoc/>
    public override FieldValue AsHeld(Field field, FieldValue value) => PostgresParameters.AsHeld(value);

    /// <inheritdoc/>
    public override ValueTask<ReadSession> ReadOnceAsync(CancellationToken stop) => new(Reading(Link(null, null)));

    /// <inheritdoc/>
    public override bool HasCopy => options.ReadConnectionString is not null;

    /// <inheritdoc/>
    public override ValueTask<ReadSession> ReadCopyAsync(long schema, bool once, CancellationToken stop)
    {
        if (copy is not { } other || !other.Follows(schema)) return once ? ReadOnceAsync(stop) : ReadAsync(stop);
        ObjectDisposedException.ThrowIf(closing, this);
        Interlocked.Increment(ref sessions);
        var link = new PostgresLink(
            async token => await other.OpenAsync(token) ?? await OpenAsync(token), once ? null : IsolationLevel.RepeatableRead, statementTimeout, clock, other.Lost);
        return new(Reading(link));
    }

    /// <inheritdoc/>
    public override Task<T> WriteAsync<T>(Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop) => WriteAsync(null, work, commit, stop);

    /// <inheritdoc/>
    public override Task<T> WriteAsync<T>(SchemaSnapshot schema, Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop) =>
        WriteAsync((long?)schema.Version, work, commit, stop);

    /// <inheritdoc/>
    public override async ValueTask<long> SchemaVersionAsync(ReadSession session, CancellationToken stop)
    {
        var version = await ((PostgresReadSession)session).SchemaVersionAsync(stop); // sessions of this engine are of this type
        // Statements that were prepared for tables as they were would be refused.
        if (Interlocked.Exchange(ref lastVersion, version) != version) prepared.TablesChanged();
        return version;
    }

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    public override Task<long> ChangeSchemaAsync(long from, Func<WriteSession, ValueTask> work) => WriteAsync<long>(
        async session =>
        {
            var version = await ((PostgresWriteSession)session).BeginChangeAsync(from, CancellationToken.None);
            await work(session);
            return version;
        },
        null,
        CancellationToken.None);

    /// <inheritdoc/>
    public override async ValueTask<bool> TakeLeaseAsync(string name, TimeSpan time, CancellationToken stop) =>
        await ScalarAsync(Leases.Take(name, Node, time), stop) is not null;

    /// <inheritdoc/>
    public override async ValueTask ReturnLeasesAsync(CancellationToken stop) => await ScalarAsync(Leases.Return(Node), stop);

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<OtherNode>> OtherNodesAsync(CancellationToken stop) =>
        NodeRow.Read(await ScalarAsync(NodeRow.Others(Node, options.Takeover), stop) as string[] ?? []);

    /// <inheritdoc/>
    public override async ValueTask<string> DescribeAsync(CancellationToken stop) => $"PostgreSQL {await ScalarAsync(new SqlStatement("SHOW server_version", []), stop)}";

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<string>> NeedlessRightsAsync(CancellationToken stop) => await ScalarAsync(NeedlessRights.Question, stop) as string[] ?? [];

    /// <inheritdoc/>
    public override async ValueTask TidyAsync(CancellationToken stop)
    {
        foreach (var statement in Leases.Tidy) await ScalarAsync(statement, stop);
        await ScalarAsync(SchemaLock.Forget(NotedFor), stop);
    }

    /// <inheritdoc/>
    public override async ValueTask<long> SizeOfAsync(Schema.Collection table, CancellationToken stop) => // what dead rows take is used again
        await ScalarAsync(new SqlStatement($"SELECT coalesce(sum(pg_column_size(r)), 0)::bigint FROM {PostgresNames.Quote(table.Name)} AS r", []), stop) is long size ? size : 0;

    /// <inheritdoc/>
    public override async Task NoteRowsAsync(CancellationToken stop)
    {
        if (run.Length > 0 && clock.GetElapsedTime(Volatile.Read(ref asked)) < AskAgain) return;
        var begun = clock.GetTimestamp();
        var found = await ScalarAsync(SchemaLock.Keep(Node), stop) as string ?? "";
        if (found.Length == 0)
        {
            found = await ScalarAsync(SchemaLock.Note(Node, "", RandomText.RecordId()), stop) as string ?? "";
            feed?.Wake();
        }
        run = found;
        Volatile.Write(ref asked, begun);
    }

    /// <inheritdoc/>
    public override Task HearAsync(CancellationToken stop) => feed?.HearAsync(stop) ?? Task.CompletedTask;

    private void Hear(RowNews news)
    {
        run = news.Run;
        RaiseRowsChanged(news);
    }

    private async Task<T> WriteAsync<T>(long? schema, Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop)
    {
        if (options.ReadOnly) throw new InvalidOperationException("The engine only reads.");
        for (var attempt = 1; ; attempt++)
        {
            var (done, result) = await TryWriteAsync(schema, work, commit, attempt == options.Attempts, stop);
            if (done) return result!;
            // Whether to note what is changed may be what it was refused for.
            if (schema is not null) run = await ScalarAsync(SchemaLock.Run, stop) as string ?? "";
            // Two that met once would meet again if both came back at the same moment.
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 * attempt)), clock, stop);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        closing = true;
        if (source is not { } opened) return;
        if (feed is not null) await feed.StopAsync();
        if (copy is not null) await copy.DisposeAsync();
        if (Interlocked.Add(ref sessions, 0) > 0) await drained.Task.WaitAsync(options.StatementTimeout, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (node is not null) await node.LeaveAsync(opened);
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            // It is forgotten after a while.
        }
        await opened.DisposeAsync();
    }

    private async Task<(bool Done, T? Result)> TryWriteAsync<T>(long? schema, Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, bool isLast, CancellationToken stop)
    {
        if (current.Value is { Ended: false })
        {
            throw new InvalidOperationException("A write inside the work of another write could wait for itself for ever. Use the session at hand.");
        }
        var came = clock.GetTimestamp();
        await gate.EnterAsync(stop);
        var waited = clock.GetTimestamp() - came;
        var wasAlone = false;
        try
        {
            var known = run;
            var link = Link(IsolationLevel.ReadCommitted, schema is { } version ? SchemaLock.Enter(version, known) : null);
            try
            {
                using var session = new PostgresWriteSession(link, statements, async token =>
                {
                    await gate.BeAloneAsync(token);
                    wasAlone = true;
                })
                { Notes = known.Length > 0, Waited = waited };
                current.Value = session;
                var result = await work(session);
                session.Dispose();
                if (commit is null || commit(result)) await CommitAsync(link, session);
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
                if (wasAlone) prepared.TablesChanged();
            }
        }
        finally
        {
            gate.Leave(wasAlone);
        }
    }

    private async ValueTask CommitAsync(PostgresLink link, WriteSession session)
    {
        var (began, told, noted) = (clock.GetTimestamp(), session.Told, session.Noted);
        link.Journey = null; // what is told to other nodes is part of the commit
        if (told.Count + noted.Count > 0) await SignalTable.AddAsync(link, Node, told, noted);
        if (await link.CommitAsync()) session.Journey?.Committed(clock.GetTimestamp() - began);
        if (told.Count + noted.Count > 0) feed?.Wake();
    }

    // A statement by itself, for the nodes' own tables.
    private async ValueTask<object?> ScalarAsync(SqlStatement statement, CancellationToken stop)
    {
        var link = Link(null, null);
        try
        {
            return await link.ScalarAsync(statement, stop);
        }
        finally
        {
            await CloseAsync(link);
        }
    }

    // A connection is taken when there is something to send.
    private PostgresLink Link(IsolationLevel? isolation, SqlStatement? entry)
    {
        if (source is null) throw new InvalidOperationException("The engine has not been started.");
        ObjectDisposedException.ThrowIf(closing, this);
        Interlocked.Increment(ref sessions);
        return new PostgresLink(OpenAsync, isolation, statementTimeout, clock, source.Clear) { Entry = entry };
    }

    private async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken stop)
    {
        try
        {
            return await prepared.OpenAsync(source!, stop); // links are made of a started engine only
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            stop.ThrowIfCancellationRequested();
            throw new DataException(PostgresFaults.Of(e), e);
        }
    }

    // The answer need not wait for the end of a transaction that only read; the engine waits for it before it closes.
    private void End(PostgresLink link)
    {
        Interlocked.Decrement(ref reads);
        _ = CloseAsync(link);
    }

    private PostgresReadSession Reading(PostgresLink link)
    {
        Interlocked.Increment(ref reads);
        return new PostgresReadSession(link, statements, End);
    }

    private async Task CloseAsync(PostgresLink link)
    {
        try
        {
            await link.CloseAsync();
            // The others in the pool have most likely lost their server, too.
            if (link.IsBroken) source?.Clear();
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
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
