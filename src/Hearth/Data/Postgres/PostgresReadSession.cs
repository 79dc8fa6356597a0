using System.Globalization;
using Hearth.Data.Compile;
using Hearth.Data.Postgres.Compile;
using Hearth.Data.Postgres.Tables;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Postgres;

/// <summary>A transaction that sees the data as it was when its first query began; over when the session is disposed.</summary>
/// <param name="pool">Lends the texts of plans.</param>
/// <param name="ended">Gives the connection back, without anybody waiting for it.</param>
internal sealed class PostgresReadSession(PostgresLink link, KeptPool pool, Action<PostgresLink> ended) : ReadSession
{
    // How the server writes down what it is asked to, whatever it does for others.
    private const string Plainly = "SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1";

    private readonly KeptStatements kept = pool.Take();
    private bool disposed;
    private Filter? countedWhere;
    private PostgresCursor? counted;

    /// <inheritdoc/>
    public override bool IndexesLists => true;

    /// <inheritdoc/>
    public override void LimitTo(TimeSpan time) => Open().LimitTo(time);

    /// <inheritdoc/>
    public override ValueTask<RowCursor> QueryAsync(ReadPlan plan, CancellationToken stop) => plan is { Counted: true, Limit: > 0 }
        ? QueryCountedAsync(plan, stop)
        : Open().QueryAsync(kept.Reading.Of(plan, Asked.Rows), plan.Limit is null, plan.Unhurried ? TimeSpan.Zero : null, stop);

    /// <inheritdoc/>
    public override async ValueTask<long> CountAsync(ReadPlan plan, CancellationToken stop)
    {
        if (plan.Counted && ReferenceEquals(plan.Where, countedWhere) && counted?.Total is { } total) return total;
        return await Open().ScalarAsync(kept.Reading.Of(plan, Asked.Count), stop) is long count ? count : 0;
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> AnyAsync(ReadPlan plan, CancellationToken stop) =>
        await Open().ScalarAsync(kept.Reading.Of(plan, Asked.Any), stop) is not null;

    /// <inheritdoc/>
    public override ValueTask<RowCursor> TryViewAsync(string query, IReadOnlyList<Field> columns, int limit, CancellationToken stop) => columns.Count == 0
        ? base.TryViewAsync(NativeNames.Read(query), [], limit, stop)
        : QueryNativeSqlAsync(string.Create(CultureInfo.InvariantCulture, $"{Views.Select(query, columns)} LIMIT {limit}"), [], stop);

    /// <inheritdoc/>
    public override ValueTask<RowCursor> QueryNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop) => QueryForeignAsync(sql, parameters, false, stop);

    /// <inheritdoc/>
    public override ValueTask<RowCursor> QueryConsoleSqlAsync(string sql, CancellationToken stop) => QueryForeignAsync(sql, [], true, stop);

    /// <summary>The version of the schema that the tables follow.</summary>
    public async ValueTask<long> SchemaVersionAsync(CancellationToken stop) => await Open().ScalarAsync(SchemaLock.Version, stop) is long version ? version : 0;

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (disposed) return;
        disposed = true;
        pool.Return(kept);
        ended(link);
    }

    private async ValueTask<RowCursor> QueryForeignAsync(string sql, IReadOnlyList<FieldValue> parameters, bool written, CancellationToken stop)
    {
        var statement = PostgresGuard.Query(sql, parameters);
        Open().BeForeign();
        await link.ExecuteAsync(new SqlStatement(written ? "SET TRANSACTION READ ONLY; " + Plainly : "SET TRANSACTION READ ONLY", []), null, stop);
        return await link.QueryAsync(statement, isLong: true, NativeSqlLimit, stop, written);
    }

    // The total comes with the page: one way to the server, and both from the same moment.
    private async ValueTask<RowCursor> QueryCountedAsync(ReadPlan plan, CancellationToken stop)
    {
        var cursor = (PostgresCursor)await Open().QueryAsync(kept.Reading.Of(plan, Asked.RowsAndCount), isLong: false, null, stop); // the link makes no others
        cursor.HideTotal();
        (countedWhere, counted) = (plan.Where, cursor);
        return cursor;
    }

    private PostgresLink Open()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        link.Journey = Journey;
        return link;
    }
}
