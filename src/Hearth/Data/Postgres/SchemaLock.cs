namespace Hearth.Data.Postgres;

/// <summary>The lock that whoever changes tables takes in the database, one for each schema of PostgreSQL; free again when the transaction ends.</summary>
internal static class SchemaLock
{
    /// <summary>Waits for the lock.</summary>
    // The first number says that it is ours: "Hear" in ASCII.
    public static SqlStatement Take { get; } = new("SELECT pg_advisory_xact_lock(1214603634, hashtext(current_schema()))", []);
}
