using Hearth.Basics.Journeys;
using Hearth.Data.Compile;
using Hearth.Data.Sqlite.Compile;
using Hearth.Data.Sqlite.Tables;
using Hearth.Planning;
using Hearth.Schema;
using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>One savepoint on the writer's connection.</summary>
/// <param name="changed">Told which rows are changed.</param>
/// <param name="splitGroup">Commits what other sessions of the group have done, before something long or risky.</param>
internal sealed class SqliteWriteSession(SqliteConnection connection, ChangedRows changed, Action splitGroup) : WriteSession
{
    private readonly SqliteQueries queries = connection.Queries;

    /// <summary>The work is over; the session can no longer be used.</summary>
    public bool Ended { get; private set; }

    /// <inheritdoc/>
    public override void LimitTo(TimeSpan time) => connection.LimitTo(time);

    /// <inheritdoc/>
    public override ValueTask<RowCursor> QueryAsync(ReadPlan plan, CancellationToken stop) => new(Open().Query(plan, Journey, stop));

    /// <inheritdoc/>
    public override ValueTask<long> CountAsync(ReadPlan plan, CancellationToken stop) => new(Open().Count(plan, Journey, stop));

    /// <inheritdoc/>
    public override ValueTask<bool> AnyAsync(ReadPlan plan, CancellationToken stop) => new(Open().Any(plan, Journey, stop));

    /// <inheritdoc/>
    public override ValueTask<RowCursor> QueryNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop) =>
        new(Open().QueryForeign(sql, parameters, NativeSqlLimit, Journey, stop));

    /// <inheritdoc/>
    public override ValueTask<DataFault?> ExecuteAsync(WritePlan plan, CancellationToken stop)
    {
        Open();
        stop.ThrowIfCancellationRequested();
        // Between statements: one that is interrupted would take the work of others with it.
        connection.CheckTime();
        connection.Unlimit();
        Note(plan);
        var began = Journey?.Now ?? 0;
        var change = plan is InsertRow insert ? connection.Inserts.Of(insert) : WriteCompiler.Compile(plan, SqliteWords.All);
        var refused = connection.Change(change, plan.Collection);
        Journey?.Statement(StepKind.Write, change.Text, began, rows: -1, refused is null ? raw.sqlite3_changes(connection.Handle) : 0, refused is not null);
        return new(refused);
    }

    /// <inheritdoc/>
    public override ValueTask ApplyAsync(SchemaStep step, CancellationToken stop)
    {
        Open();
        stop.ThrowIfCancellationRequested();
        splitGroup();
        changed.AddAll();
        connection.Unlimit(); // rewriting a large table may take longer than any statement of a request
        SchemaSteps.Apply(connection, step);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask<long> ExecuteNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop) => new(ExecuteForeign(sql, parameters, null, stop));

    /// <inheritdoc/>
    public override ValueTask<long> ExecuteConsoleSqlAsync(string sql, SchemaSnapshot schema, CancellationToken stop) => new(ExecuteForeign(sql, [], new ConsoleBounds(schema), stop));

    /// <summary>Counts how many rows the values of an index have, where tables have changed much.</summary>
    public void Optimize()
    {
        Open();
        splitGroup();
        connection.Unlimit();
        connection.Run("PRAGMA optimize");
    }

    /// <summary>Bytes of the pages that hold something.</summary>
    public long UsedBytes()
    {
        Open();
        return (Number("PRAGMA page_count") - Number("PRAGMA freelist_count")) * Number("PRAGMA page_size");

        long Number(string pragma)
        {
            using var rows = connection.Select(new SqlStatement(pragma, []));
            return rows.Next() ? rows.IntegerOf(0) : 0;
        }
    }

    /// <summary>Ends the session: closes its cursors. Whether its changes stay is decided by the writer.</summary>
    public override void Dispose()
    {
        if (Ended) return;
        Ended = true;
        queries.CloseCursors();
    }

    private long ExecuteForeign(string sql, IReadOnlyList<FieldValue> parameters, ConsoleBounds? console, CancellationToken stop)
    {
        Open();
        splitGroup();
        changed.AddAll();
        var began = Journey?.Now ?? 0;
        var rows = queries.ExecuteForeign(sql, parameters, NativeSqlLimit, stop, console);
        Journey?.Statement(StepKind.Write, null, began, rows: -1, rows);
        return rows;
    }

    private void Note(WritePlan plan)
    {
        switch (plan)
        {
            case InsertRow: break; // nobody can have read it
            case UpdateRow update: changed.Add(update.Id); break;
            case DeleteRow delete: changed.Add(delete.Id); break;
            default: changed.AddAll(); break;
        }
    }

    private SqliteQueries Open()
    {
        ObjectDisposedException.ThrowIf(Ended, this);
        return queries;
    }
}
