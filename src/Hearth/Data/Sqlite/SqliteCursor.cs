using Hearth.Basics.Journeys;
using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>The rows of a prepared statement.</summary>
internal sealed class SqliteCursor : RowCursor
{
    private readonly SqliteConnection connection;
    private readonly sqlite3_stmt statement;
    private readonly string? kept;
    private readonly SqliteQueries? owner;
    private bool disposed;
    private bool done;
    private bool failed;
    private long rows;

    /// <summary>Reads a statement that is bound already.</summary>
    /// <param name="kept">Text under which the statement goes back to the kept ones; null when it is thrown away.</param>
    /// <param name="owner">Told once when the cursor is done with.</param>
    public SqliteCursor(SqliteConnection connection, sqlite3_stmt statement, string? kept, SqliteQueries? owner)
    {
        (this.connection, this.statement, this.kept, this.owner) = (connection, statement, kept, owner);
        ColumnCount = raw.sqlite3_column_count(statement);
    }

    /// <summary>Where the statement is noted; null when nowhere.</summary>
    public Journey? Journey { get; init; }

    /// <summary>When it began, in ticks of the clock.</summary>
    public long Began { get; init; }

    /// <inheritdoc/>
    public override int ColumnCount { get; }

    /// <inheritdoc/>
    public override ValueTask<bool> NextAsync(CancellationToken stop) => ValueTask.FromResult(Next());

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Next()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (done) return false; // another step would run the statement once more
        switch (raw.sqlite3_step(statement))
        {
            case raw.SQLITE_ROW:
                rows++;
                return true;
            case raw.SQLITE_DONE:
                done = true;
                return false;
            default:
                failed = true;
                throw SqliteFaults.Exception(connection);
        }
    }

    /// <inheritdoc/>
    public override string NameOf(int column) => raw.sqlite3_column_name(statement, column).utf8_to_string();

    /// <inheritdoc/>
    public override string DeclaredTypeOf(int column) => raw.sqlite3_column_decltype(statement, column).utf8_to_string() ?? "";

    /// <inheritdoc/>
    public override CellKind KindOf(int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_INTEGER => CellKind.Integer,
        raw.SQLITE_FLOAT => CellKind.Real,
        raw.SQLITE_TEXT => CellKind.Text,
        raw.SQLITE_BLOB => CellKind.Blob,
        _ => CellKind.Null,
    };

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Utf8Of(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>The value as text.</summary>
    public string TextOf(int column) => System.Text.Encoding.UTF8.GetString(Utf8Of(column));

    /// <inheritdoc/>
    public override long IntegerOf(int column) => raw.sqlite3_column_int64(statement, column);

    /// <inheritdoc/>
    public override double RealOf(int column) => raw.sqlite3_column_double(statement, column);

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (disposed) return;
        disposed = true;
        if (kept is null) statement.Dispose();
        else connection.Return(kept, statement);
        owner?.Forget(this);
        Journey?.Statement(StepKind.Read, kept, Began, rows, failed: failed);
    }
}
