using System.Data;
using Hearth.Schema;
using Npgsql;

namespace Hearth.Data.Postgres;

// What went wrong, and whether the connection and the work can go on after it.
internal sealed partial class PostgresLink
{
    /// <summary>The connection cannot be used any more.</summary>
    public void Break() => IsBroken = true;

    /// <summary>Whether an exception is one of the driver: what the server or the network has done, or the end of the session's time.</summary>
    public bool IsOfDriver(Exception exception, CancellationToken stop) =>
        PostgresFaults.IsOfDriver(exception) || (exception is OperationCanceledException && over is { IsCancellationRequested: true } && !stop.IsCancellationRequested);

    /// <summary>What to throw for an exception of the driver: a cancellation when the caller gave up.</summary>
    public Exception Failed(Exception exception, CancellationToken stop, Collection? collection = null)
    {
        if (exception is OperationCanceledException)
        {
            // A server that does not even hear that it should stop is away.
            IsBroken |= connection is not { State: ConnectionState.Open };
            return IsBroken ? Lost() : new DataException(TookTooLong, exception);
        }
        MayRunAnew = PostgresFaults.IsWorthAnother(exception);
        // We said ourselves that text of a user only reads.
        if (foreign && exception is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction })
        {
            return new DataException(PostgresFaults.Of(exception) with { Kind = DataFaultKind.Statement }, exception);
        }
        if (PostgresFaults.LostConnection(exception) || PostgresFaults.IsOutdated(exception))
        {
            IsBroken = true;
            MayRunAnew = true;
        }
        // A replica ends readers that are in the way of what it follows; the primary server has the answer.
        if (MayRunAnew && level != IsolationLevel.ReadCommitted) IsBroken = true;
        return stop.IsCancellationRequested ? new OperationCanceledException(exception.Message, exception, stop) : new DataException(PostgresFaults.Of(exception, collection), exception);
    }

    // The fault of a refusal by a constraint; null for everything else.
    private static DataFault? Refused(Exception exception, Collection? collection)
    {
        if (exception is not PostgresException refused) return null;
        var fault = PostgresFaults.Of(refused, collection);
        // A value that no column can hold is the fault of the one who sent it.
        if (refused.SqlState.StartsWith("22", StringComparison.Ordinal)) return fault with { Kind = DataFaultKind.Constraint };
        return fault.Kind is DataFaultKind.NotUnique or DataFaultKind.Constraint ? fault : null;
    }

    // Refused by the server is certain; anything else may have been committed, so it is not for us to try again.
    private DataException NotCommitted(Exception exception)
    {
        MayRunAnew = PostgresFaults.IsWorthAnother(exception);
        if (PostgresFaults.LostConnection(exception)) IsBroken = true;
        return new DataException(PostgresFaults.OfCommit(exception), exception);
    }

    private static DataFault TookTooLong { get; } = new(DataFaultKind.Timeout, "The statement took longer than its time limit.", []);

    private static DataException Lost() => new(new DataFault(DataFaultKind.Unavailable, "The connection to the database was lost.", []));

    // The server may have been restarted since the connection was used last. Nobody has seen anything of this session yet. Writes are run anew as a whole.
    private async ValueTask<bool> ReopenedAsync(CancellationToken stop)
    {
        if (!IsBroken || hasAnswered || hasReopened || level == IsolationLevel.ReadCommitted || stop.IsCancellationRequested) return false;
        hasReopened = true;
        transaction = null;
        if (connection is not null) await connection.CloseAsync();
        connection = null;
        lost();
        IsBroken = false;
        return true;
    }
}
