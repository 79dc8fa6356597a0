using System.Globalization;
using Hearth.Basics;
using Hearth.Data.Compile;
using Hearth.Data.Postgres.Compile;
using Hearth.Data.Postgres.Tables;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Postgres;

/// <summary>
/// One write transaction among others that run at the same time. What it reads row by row it locks, because it is about to change it; what
/// it only asks for by id is kept from being removed until it ends.
/// </summary>
/// <param name="pool">Lends the texts of plans.</param>
/// <param name="alone">Waits until no other write session runs, and keeps new ones waiting.</param>
internal sealed class PostgresWriteSession(PostgresLink link, KeptPool pool, Func<CancellationToken, ValueTask> alone) : WriteSession
{
    private readonly KeptStatements kept = pool.Take();
    private static readonly TimeSpan NoLimit = TimeSpan.Zero;

    private long? version;

    /// <summary>The work is over; the session can no longer be used.</summary>
    public bool Ended { get; private set; }

    /// <inheritdoc/>
    public override bool IndexesLists => true;

    /// <inheritdoc/>
    public override void LimitTo(TimeSpan time) => Open().LimitTo(time);

    /// <inheritdoc/>
    public override ValueTask<RowCursor> QueryAsync(ReadPlan plan, CancellationToken stop) =>
        Open().QueryAsync(kept.Writing.Of(plan, Asked.Rows), plan.Limit is null, null, stop);

    /// <inheritdoc/>
    public override async ValueTask<long> CountAsync(ReadPlan plan, CancellationToken stop) =>
        await Open().ScalarAsync(kept.Writing.Of(plan, Asked.Count), stop) is long count ? count : 0;

    /// <inheritdoc/>
    public override async ValueTask<bool> AnyAsync(ReadPlan plan, CancellationToken stop) =>
        await Open().ScalarAsync(kept.Writing.Of(plan, Asked.Any), stop) is not null;

    /// <inheritdoc/>
    public override ValueTask<RowCursor> TryViewAsync(string query, IReadOnlyList<Field> columns, int limit, CancellationToken stop) => columns.Count == 0
        ? base.TryViewAsync(NativeNames.Read(query), [], limit, stop)
        : QueryNativeSqlAsync(string.Create(CultureInfo.InvariantCulture, $"{Views.Select(query, columns)} LIMIT {limit}"), [], stop);

    /// <inheritdoc/>
    public override async ValueTask<RowCursor> QueryNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop)
    {
        var statement = PostgresGuard.Query(sql, parameters);
        Open().BeForeign();
        return await link.QueryAsync(statement, isLong: true, NativeSqlLimit, stop);
    }

    /// <inheritdoc/>
    public override async ValueTask ReplaceAllAsync(CancellationToken stop) => await Open().ExecuteAsync(SchemaLock.Renew(RandomText.RecordId()), NoLimit, stop);

    /// <inheritdoc/>
    public override ValueTask<DataFault?> ExecuteAsync(WritePlan plan, CancellationToken stop) =>
        Open().ChangeAsync(StatementOf(plan), plan.Collection, stop);

    /// <inheritdoc/>
    public override ValueTask<DataFault?> ExecuteLastAsync(WritePlan plan, CancellationToken stop) => Told.Count + Noted.Count > 0
        ? ExecuteAsync(plan, stop)
        : Open().ChangeLastAsync(StatementOf(plan), plan.Collection, stop);

    /// <summary>
    /// Waits until no other session of any node writes, keeps new ones waiting, and makes the version of the schema one more. Returns that version. Throws a
    /// <see cref="DataException"/> of kind stale when the tables do not follow the version that is expected.
    /// </summary>
    public async ValueTask<long> BeginChangeAsync(long? from, CancellationToken stop)
    {
        if (version is { } begun) return begun;
        await alone(stop);
        await link.ExecuteAsync(SchemaLock.Take, NoLimit, stop);
        var next = await link.ScalarAsync(SchemaLock.NextVersion, stop) is long number ? number : 0;
        if (from is { } expected && next != expected + 1) throw Engine.Stale(expected, next - 1);
        version = next;
        return next;
    }

    /// <inheritdoc/>
    public override ValueTask InsertManyAsync(Collection collection, IReadOnlyList<IReadOnlyList<FieldValue>> rows, CancellationToken stop) =>
        Open().CopyAsync(RowCopy.TextOf(collection), (import, token) => RowCopy.WriteAsync(import, collection, rows, token), collection, stop);

    /// <inheritdoc/>
    public override async ValueTask LockAsync(string name, CancellationToken stop) => await Open().ExecuteAsync(SchemaLock.Named(name), null, stop);

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(SchemaStep step, CancellationToken stop)
    {
        Open();
        await BeginChangeAsync(null, stop);
        // Rewriting a large table may take longer than any statement of a request.
        await SchemaSteps.ApplyAsync(step, (sql, stop) => Discard(link.ExecuteAsync(sql, NoLimit, stop, step is CreateIndex index ? index.Collection with { Indexes = [index.Index] } : null)), stop);
    }

    /// <inheritdoc/>
    public override async ValueTask<long> ExecuteNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop)
    {
        var statements = PostgresGuard.Changes(sql, parameters);
        Open().BeForeign();
        var changed = 0L;
        foreach (var statement in statements) changed += await link.ExecuteAsync(statement, NativeSqlLimit, stop);
        return changed;
    }

    /// <inheritdoc/>
    public override async ValueTask<long> ExecuteConsoleSqlAsync(string sql, SchemaSnapshot schema, CancellationToken stop)
    {
        var statements = PostgresGuard.Changes(sql, []);
        Open().BeForeign();
        var watch = await ConsoleWatch.BeginAsync(link, new ConsoleBounds(schema), stop);
        var changed = 0L;
        foreach (var statement in statements)
        {
            changed += await link.ExecuteAsync(statement, NativeSqlLimit, stop);
            // After each one: what only the next could use must not be there for it.
            if (await watch.FindHarmAsync(stop) is { } harm) throw new DataException(new DataFault(DataFaultKind.Statement, harm, []));
        }
        return changed;
    }

    /// <summary>Ends the session. Whether its changes stay is decided by the engine.</summary>
    public override void Dispose()
    {
        if (Ended) return;
        Ended = true;
        pool.Return(kept);
    }

    private SqlStatement StatementOf(WritePlan plan) => plan is InsertRow insert ? kept.Inserts.Of(insert) : WriteCompiler.Compile(plan, PostgresWords.Writing);

    private static async ValueTask Discard(ValueTask<long> work) => await work;

    private PostgresLink Open()
    {
        ObjectDisposedException.ThrowIf(Ended, this);
        link.Journey = Journey;
        return link;
    }
}
