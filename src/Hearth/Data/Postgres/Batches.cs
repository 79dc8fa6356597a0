using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>Statements that go to the server together: the driver waits for the answers once.</summary>
internal static class Batches
{
    private const string Commit = "COMMIT";

    /// <summary>A change, with what stands in front of it.</summary>
    public static NpgsqlBatch Plain(NpgsqlConnection connection, SqlStatement? front, SqlStatement change, TimeSpan limit) => Of(connection, limit, front, change);

    /// <summary>A change whose refusal leaves what was done before. A savepoint that is not released would stay, and thousands of them make everything slow.</summary>
    public static NpgsqlBatch Guarded(NpgsqlConnection connection, SqlStatement? front, SqlStatement change, TimeSpan limit) =>
        Of(connection, limit, front, Plainly("SAVEPOINT change"), change, Plainly("RELEASE SAVEPOINT change"));

    /// <summary>A change and the commit. When the change is refused the server passes over the commit.</summary>
    public static NpgsqlBatch Last(NpgsqlConnection connection, SqlStatement? front, SqlStatement change, TimeSpan limit) => Of(connection, limit, front, change, Plainly(Commit));

    /// <summary>Whether what failed of <see cref="Last"/> is certain not to be the commit.</summary>
    public static bool IsBeforeCommit(Exception exception) => exception is NpgsqlException { BatchCommand: { CommandText: not Commit } };

    /// <summary>Takes back what came after the savepoint of <see cref="Guarded"/>.</summary>
    public static NpgsqlBatch Undo(NpgsqlConnection connection) =>
        Of(connection, TimeSpan.Zero, Plainly("ROLLBACK TO SAVEPOINT change"), Plainly("RELEASE SAVEPOINT change"));

    private static NpgsqlBatch Of(NpgsqlConnection connection, TimeSpan limit, params ReadOnlySpan<SqlStatement?> statements)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = (int)Math.Ceiling(limit.TotalSeconds) };
        foreach (var statement in statements)
        {
            if (statement is not null) batch.BatchCommands.Add(SentStatement.InBatch(statement));
        }
        return batch;
    }

    private static SqlStatement Plainly(string text) => new(text, []);
}
