using Hearth.Data.Postgres.Compile;
using Hearth.Data.Postgres.Tables;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Postgres;

/// <summary>A transaction that sees the data as it was when its first query began; over when the session is disposed.</summary>
/// <param name="ended">Gives the connection back, without anybody waiting for it.</param>
internal sealed class PostgresReadSession(PostgresLink link, KeptStatements statements, Action<PostgresLink> ended) : ReadSession
{
    private bool disposed;

    /// <inheritdoc/>
    public override async ValueTask<RowCursor> QueryAsync(ReadPlan plan, CancellationToken stop) =>
        await Open().QueryAsync(statements.Rows(plan), plan.Limit is null, plan.Unhurried ? TimeSpan.Zero : null, stop);

    /// <inheritdoc/>
    public override async ValueTask<long> CountAsync(ReadPlan plan, CancellationToken stop) =>
        await Open().ScalarAsync(SelectCompiler.Count(plan), stop) is long count ? count : 0;

    /// <inheritdoc/>
    public override async ValueTask<bool> AnyAsync(ReadPlan plan, CancellationToken stop) =>
        await Open().ScalarAsync(SelectCompiler.Any(plan), stop) is not null;

    /// <inheritdoc/>
    public override ValueTask<RowCursor> TryViewAsync(string query, IReadOnlyList<string> columns, int limit, CancellationToken stop) =>
        base.TryViewAsync(NativeNames.Read(query), columns, limit, stop);

    /// <inheritdoc/>
    public override async ValueTask<RowCursor> QueryNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop)
    {
        var statement = PostgresGuard.Query(sql, parameters);
        Open().BeForeign();
        await link.ExecuteAsync(new SqlStatement("SET TRANSACTION READ ONLY", []), null, stop);
        return await link.QueryAsync(statement, isLong: true, null, stop);
    }

    /// <summary>The version of the schema that the tables follow.</summary>
    public async ValueTask<long> SchemaVersionAsync(CancellationToken stop) => await Open().ScalarAsync(SchemaLock.Version, stop) is long version ? version : 0;

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (disposed) return;
        disposed = true;
        ended(link);
    }

    private PostgresLink Open()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return link;
    }
}
