using System.Collections.Immutable;
using System.Net.Sockets;
using Hearth.Schema;
using Hearth.Schema.Sql;
using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>The one place where PostgreSQL's error codes and the driver's exceptions become faults.</summary>
internal static class PostgresFaults
{
    private const string ResultTypeChanged = "cached plan must not change result type";

    /// <summary>
    /// True for what the driver throws when the server refuses or is away; also for a connection that it closed itself, on news from another one,
    /// in the moment in which it was given out.
    /// </summary>
    public static bool IsOfDriver(Exception exception) => exception is NpgsqlException or TimeoutException or IOException or SocketException or ObjectDisposedException;

    /// <summary>The fault of an exception of the driver. The collection helps to name the fields of an index.</summary>
    public static DataFault Of(Exception exception, Collection? collection = null)
    {
        switch (exception)
        {
            case PostgresException refused:
                var tooLarge = refused.SqlState == PostgresErrorCodes.ProgramLimitExceeded;
                var columns = tooLarge || refused.SqlState.StartsWith("23", StringComparison.Ordinal) ? ColumnsOf(refused, collection) : [];
                return new DataFault(KindOf(refused), MessageOf(refused), columns) { IsTooLarge = tooLarge };
            case NpgsqlException { InnerException: TimeoutException } when exception.Message.Contains("pool", StringComparison.Ordinal):
                return new DataFault(DataFaultKind.Busy, "All connections to the database are in use.", []);
            case TimeoutException or NpgsqlException { InnerException: TimeoutException }:
                return new DataFault(DataFaultKind.Timeout, "The statement took longer than its time limit.", []);
            default:
                var reason = exception.InnerException is { } inner ? $"{exception.Message} ({inner.Message})" : exception.Message;
                return new DataFault(DataFaultKind.Unavailable, $"The database cannot be reached: {reason}", []);
        }
    }

    /// <summary>The fault of a commit that failed. Only the server's refusal is certain.</summary>
    public static DataFault OfCommit(Exception exception)
    {
        var fault = Of(exception);
        return fault.Kind is DataFaultKind.Unavailable or DataFaultKind.Timeout ? fault with { Kind = DataFaultKind.Uncertain } : fault;
    }

    /// <summary>Another session got in the way; the same work can succeed when it is run anew.</summary>
    public static bool IsWorthAnother(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or SchemaLock.OtherRun,
    };

    /// <summary>The connection is of no use any more.</summary>
    public static bool LostConnection(Exception exception) => exception is PostgresException refused
        ? KindOf(refused) == DataFaultKind.Unavailable
        : exception is IOException or SocketException or ObjectDisposedException or NpgsqlException { InnerException: IOException or SocketException };

    /// <summary>A statement that the connection has prepared means something else by now.</summary>
    public static bool IsOutdated(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported, MessageText: ResultTypeChanged };

    private static DataFaultKind KindOf(PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => DataFaultKind.NotUnique,
        ['2', '3', ..] => DataFaultKind.Constraint,
        // A value that no index or column can hold.
        PostgresErrorCodes.ProgramLimitExceeded => DataFaultKind.Constraint,
        ['4', '0', ..] or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ObjectInUse or PostgresErrorCodes.TooManyConnections => DataFaultKind.Busy,
        SchemaLock.OtherRun => DataFaultKind.Busy,
        PostgresErrorCodes.DiskFull => DataFaultKind.Full,
        SchemaLock.Stale => DataFaultKind.Stale,
        PostgresErrorCodes.QueryCanceled => DataFaultKind.Timeout,
        PostgresErrorCodes.FeatureNotSupported when refused.MessageText == ResultTypeChanged => DataFaultKind.Stale,
        // 08 connection, 25006 the server is a replica now, 28 sign-in, 3D no such database, 53 resources, 57P server goes, 58 system, F0 configuration, XX internal.
        ['0', '8', ..] or ['2', '8', ..] or ['3', 'D', ..] or ['5', '3', ..] or ['5', '7', 'P', ..] or PostgresErrorCodes.ReadOnlySqlTransaction or ['5', '8', ..] or ['F', '0', ..] or ['X', 'X', ..] => DataFaultKind.Unavailable,
        _ => DataFaultKind.Statement,
    };

    private static string MessageOf(PostgresException refused)
    {
        var hint = string.IsNullOrEmpty(refused.Hint) ? "" : $" {refused.Hint}";
        return $"{refused.MessageText}{hint} (SQLSTATE {refused.SqlState})";
    }

    private static ImmutableArray<string> ColumnsOf(PostgresException refused, Collection? collection)
    {
        if (refused.ColumnName is { Length: > 0 } column) return [column];
        if (refused.ConstraintName is not { Length: > 0 } name || collection is null) return [];
        if (refused.SqlState is not (PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ProgramLimitExceeded)) return [];
        var index = collection.Indexes.FirstOrDefault(i => string.Equals(PostgresNames.Fitted(i.Name), name, StringComparison.OrdinalIgnoreCase));
        if (index is not null) return [.. collection.Fields.Where(f => IndexStatement.Mentions(index with { Where = null }, f.Name)).Select(f => f.Name)];
        // The one unique constraint that is no index of the collection is its key.
        return [.. collection.Fields.Where(f => f is TextField { PrimaryKey: true }).Select(f => f.Name)];
    }
}
