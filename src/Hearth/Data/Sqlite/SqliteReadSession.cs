using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Sqlite;

/// <summary>One read transaction on a connection of the pool: begun by the first query, over when the session is disposed.</summary>
internal sealed class SqliteReadSession(SqliteConnection connection, ReaderPool pool) : ReadSession
{
    private readonly SqliteQueries queries = connection.Queries;
    private bool begun;
    private bool disposed;

    /// <inheritdoc/>
    public override void LimitTo(TimeSpan time) => connection.LimitTo(time);

    /// <inheritdoc/>
    public override ValueTask<RowCursor> QueryAsync(ReadPlan plan, CancellationToken stop)
    {
        Begin();
        return new(queries.Query(plan, Journey, stop));
    }

    /// <inheritdoc/>
    public override ValueTask<long> CountAsync(ReadPlan plan, CancellationToken stop)
    {
        Begin();
        return new(queries.Count(plan, Journey, stop));
    }

    /// <inheritdoc/>
    public override ValueTask<bool> AnyAsync(ReadPlan plan, CancellationToken stop)
    {
        Begin();
        return new(queries.Any(plan, Journey, stop));
    }

    /// <inheritdoc/>
    public override ValueTask<RowCursor> QueryNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop)
    {
        Begin();
        return new(queries.QueryForeign(sql, parameters, NativeSqlLimit, Journey, stop));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (disposed) return;
        disposed = true;
        var healthy = true;
        try
        {
            queries.CloseCursors();
            if (begun) connection.Execute("COMMIT");
        }
        catch (DataException)
        {
            healthy = false; // the pool opens another one in its place
        }
        pool.Return(connection, healthy);
    }

    private void Begin()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (begun) return;
        // One or two microseconds; without it a list and its count could see two different states.
        connection.Execute("BEGIN");
        begun = true;
    }
}
