using System.Collections.Immutable;
using Hearth.Schema;
using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>The one place where SQLite's result codes become faults.</summary>
internal static class SqliteFaults
{
    private const string UniquePrefix = "UNIQUE constraint failed: ";
    private const string IndexPrefix = "index '";

    /// <summary>The fault of a connection's last error.</summary>
    public static DataFault Of(sqlite3 db, Collection? collection = null)
    {
        var code = raw.sqlite3_extended_errcode(db);
        return Of(code, raw.sqlite3_errmsg(db).utf8_to_string(), collection);
    }

    /// <summary>The fault of a result code with SQLite's message. The collection helps to name the fields of an index.</summary>
    public static DataFault Of(int code, string message, Collection? collection = null) => (code & 0xff) switch
    {
        raw.SQLITE_CONSTRAINT when code is raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID =>
            new DataFault(DataFaultKind.NotUnique, message, ColumnsOf(message, collection)),
        raw.SQLITE_CONSTRAINT => new DataFault(DataFaultKind.Constraint, message, ColumnsOf(message, collection)),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new DataFault(DataFaultKind.Busy, message, []),
        raw.SQLITE_FULL => new DataFault(DataFaultKind.Full, message, []),
        // The index of the log could not be made as large as it must be.
        raw.SQLITE_IOERR when code == raw.SQLITE_IOERR_SHMSIZE => new DataFault(DataFaultKind.Full, $"There is no room on the disk; make some, then try again: {message} (SQLite code {code})", []),
        raw.SQLITE_INTERRUPT => new DataFault(DataFaultKind.Timeout, "The statement took longer than its time limit.", []),
        raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN or raw.SQLITE_NOMEM or raw.SQLITE_PERM or raw.SQLITE_NOLFS
            => new DataFault(DataFaultKind.Unavailable, $"{message} (SQLite code {code})", []),
        raw.SQLITE_READONLY when code != raw.SQLITE_READONLY => new DataFault(DataFaultKind.Unavailable, $"{message} (SQLite code {code})", []),
        raw.SQLITE_ERROR => new DataFault(DataFaultKind.Statement, $"SQL logic error: {message} ({code & 0xff})", []),
        _ => new DataFault(DataFaultKind.Statement, message, []),
    };

    /// <summary>The exception for a connection's last error, or a cancellation when the caller gave up.</summary>
    public static Exception Exception(SqliteConnection connection, Collection? collection = null)
    {
        var fault = Of(connection.Handle, collection);
        return fault.Kind == DataFaultKind.Timeout && connection.Stop.IsCancellationRequested
            ? new OperationCanceledException(connection.Stop)
            : new DataException(fault);
    }

    // "UNIQUE constraint failed: t.a, t.b", or "...: index 'name'" for indexes over expressions.
    private static ImmutableArray<string> ColumnsOf(string message, Collection? collection)
    {
        var colon = message.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0) return [];
        var rest = message[(colon + 2)..];
        if (message.StartsWith(UniquePrefix, StringComparison.Ordinal) && rest.StartsWith(IndexPrefix, StringComparison.Ordinal))
        {
            var name = rest[IndexPrefix.Length..].TrimEnd('\'');
            var index = collection?.Indexes.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase));
            return index is null ? [] : [.. collection!.Fields.Where(f => Mentions(index, f.Name)).Select(f => f.Name)];
        }
        return [.. rest.Split(", ").Select(column => column[(column.LastIndexOf('.') + 1)..])];
    }

    private static bool Mentions(IndexDefinition index, string field) => index.Columns.Any(c =>
        c.IsExpression ? SqlText.Mentions(c.Name, field) : string.Equals(c.Name, field, StringComparison.OrdinalIgnoreCase));
}
