using SQLitePCL;

namespace Hearth.Floors.HardCoded;

/// <summary>One prepared SQLite statement, for one thread. Parameters count from 1, columns from 0.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3_stmt handle;

    public Statement(sqlite3 connection, string sql)
    {
        var code = raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle);
        if (code != raw.SQLITE_OK) throw new InvalidOperationException($"{raw.sqlite3_errmsg(connection).utf8_to_string()}: {sql}");
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> utf8)
    {
        raw.sqlite3_bind_text(handle, parameter, utf8);
        return this;
    }

    public Statement Bind(int parameter, string? text)
    {
        if (text is null) raw.sqlite3_bind_null(handle, parameter);
        else raw.sqlite3_bind_text(handle, parameter, text);
        return this;
    }

    public Statement Bind(int parameter, long? number)
    {
        if (number is { } value) raw.sqlite3_bind_int64(handle, parameter, value);
        else raw.sqlite3_bind_null(handle, parameter);
        return this;
    }

    /// <summary>Moves to the next row. At the end, and after an error, the statement is ready for the next run.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW) return true;
        raw.sqlite3_reset(handle);
        return code == raw.SQLITE_DONE ? false : throw new InvalidOperationException($"SQLite answered {code}");
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Execute()
    {
        while (Step()) { }
    }

    /// <summary>Frees the row before the end was reached.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    /// <summary>UTF-8 text of a column; valid until the next step.</summary>
    public ReadOnlySpan<byte> Text(int column) => raw.sqlite3_column_blob(handle, column);

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public void Dispose() => handle.Dispose();
}
