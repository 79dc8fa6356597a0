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

    /// <summary>
    /// Stands in front of a write that was planned with a version and notes what it changes for a run, or for none: keeps changes of both away until it ends, or is
    /// refused with <see cref="Stale"/> or <see cref="OtherRun"/>.
    /// </summary>
    public static SqlStatement Enter(long version, string run) => new("SELECT hearth$enter($1, $2)", [SqlArgument.Of(version), SqlArgument.Of(FieldValue.Text(run))]);

    /// <summary>What the function of <see cref="Enter"/> refuses with.</summary>
    public const string Stale = "HT001";

    /// <summary>What it refuses with when changes are noted for another run by now, or not any more.</summary>
    public const string OtherRun = "HT002";

    /// <summary>The run for which changes are noted; empty for none.</summary>
    public static SqlStatement Run { get; } = new("SELECT notes FROM \"_schema\"", []);

    /// <summary>Keeps the run that there is; gives it.</summary>
    public static SqlStatement Keep(string node) => new("SELECT hearth$keep($1)", [SqlArgument.Of(FieldValue.Text(node))]);

    /// <summary>Begins a new run in the place of another; gives the one that holds.</summary>
    public static SqlStatement Note(string node, string old, string run) =>
        new("SELECT hearth$note($1, $2, $3)", [SqlArgument.Of(FieldValue.Text(node)), SqlArgument.Of(FieldValue.Text(old)), SqlArgument.Of(FieldValue.Text(run))]);

    /// <summary>Puts a new run in the place of the one that there is, if there is one, when the transaction commits.</summary>
    public static SqlStatement Renew(string run) => new(
        "WITH broken AS (UPDATE \"_schema\" SET notes = $1 WHERE notes <> '' RETURNING notes) INSERT INTO \"_signals\" (topic, text, node) SELECT 'rows.run', notes, '' FROM broken",
        [SqlArgument.Of(FieldValue.Text(run))]);

    /// <summary>Ends the noting when nobody has asked for it for some time.</summary>
    public static SqlStatement Forget(TimeSpan time) => new("SELECT hearth$forget($1)", [SqlArgument.Of(FieldValue.Number(time.TotalSeconds))]);

    /// <summary>The version that the tables follow.</summary>
    public static SqlStatement Version { get; } = new("SELECT version FROM \"_schema\"", []);

    /// <summary>Makes the version one more and gives it.</summary>
    public static SqlStatement NextVersion { get; } = new("UPDATE \"_schema\" SET version = version + 1 RETURNING version", []);
}
