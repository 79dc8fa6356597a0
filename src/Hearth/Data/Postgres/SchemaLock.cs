using Hearth.Schema;

namespace Hearth.Data.Postgres;

/// <summary>The lock that whoever changes tables takes in the database, one for each schema of PostgreSQL; free again when the transaction ends.</summary>
internal static class SchemaLock
{
    /// <summary>Waits for the lock.</summary>
    // The first number says that it is ours: "Hear" in ASCII.
    public static SqlStatement Take { get; } = new("SELECT pg_advisory_xact_lock(1214603634, hashtext(current_schema()))", []);

    /// <summary>Waits for a lock that a write asked for by name.</summary>
    public static SqlStatement Named(string name) =>
        new("SELECT pg_advisory_xact_lock(1214603635, hashtext(current_schema() || '.' || $1))", [SqlArgument.Of(FieldValue.Text(name))]);

    /// <summary>Stands in front of a write that was planned with a version: keeps changes away until it ends, or is refused with <see cref="Stale"/>.</summary>
    public static SqlStatement Enter(long version) => new("SELECT hearth$enter($1)", [SqlArgument.Of(version)]);

    /// <summary>What the function of <see cref="Enter"/> refuses with.</summary>
    public const string Stale = "HT001";

    /// <summary>The version that the tables follow.</summary>
    public static SqlStatement Version { get; } = new("SELECT version FROM \"_schema\"", []);

    /// <summary>Makes the version one more and gives it.</summary>
    public static SqlStatement NextVersion { get; } = new("UPDATE \"_schema\" SET version = version + 1 RETURNING version", []);
}
