using System.Collections.Immutable;
using Hearth.Schema;

namespace Hearth.Data;

/// <summary>One change of Hearth's own tables, done once in each database.</summary>
/// <param name="Name">Key in the table of migrations.</param>
/// <param name="Steps">What is done. A table that is there already (a database from elsewhere) is left as it is.</param>
public sealed record Migration(string Name, ImmutableArray<SchemaStep> Steps);

/// <summary>The changes of Hearth's own tables, oldest first. Never edit one that was released; add another.</summary>
public static class Migrations
{
    private static readonly string[] Prefixes = ["hearth_", "postgres_"];

    /// <summary>The one that makes the table of the audit log.</summary>
    internal const string Audit = "hearth_0002_audit";

    /// <summary>All of them. The table of migrations itself is made before any of these.</summary>
    public static ImmutableArray<Migration> All { get; } =
    [
        new("hearth_0001_internal_tables", [.. Create(InternalTables.Collections), .. Create(InternalTables.Params)]),
        new(Audit, [.. Create(InternalTables.Audit)]),
        new("hearth_0003_tries", [.. Create(InternalTables.Tries)]),
        new("hearth_0004_file_debts", [.. Create(InternalTables.FileDebts)]),
        new("hearth_0005_jobs", [.. Create(InternalTables.Jobs)]),
        new("hearth_0006_file_uploads", [.. Create(InternalTables.FileUploads)]),
        new("hearth_0007_job_runs", [.. Create(InternalTables.JobRuns)]),
    ];

    /// <summary>What makes the table of the log, alone in a database of its own.</summary>
    public static ImmutableArray<Migration> Logs { get; } = [new("hearth_logs_0001", [.. Create(InternalTables.Logs)])];

    /// <summary>All of them for data that several nodes share; the log stands beside it then.</summary>
    public static ImmutableArray<Migration> Shared { get; } = [.. All, new("postgres_logs", Logs[0].Steps)];

    /// <summary>
    /// Throws a <see cref="DataException"/> when a newer Hearth has changed the database: this one would not know what it means. Names that are none of Hearth's are
    /// passed over.
    /// </summary>
    /// <param name="done">Names of the migrations that the database has seen.</param>
    /// <param name="known">Names of those that this program knows.</param>
    internal static void RefuseNewer(IEnumerable<string> done, IEnumerable<string> known)
    {
        var newer = done.Except(known).FirstOrDefault(IsOwn);
        if (newer is null) return;
        throw new DataException(new DataFault(DataFaultKind.Unavailable, $"The database was brought up to date by a newer Hearth (it knows {newer}). Start it with that version or a later one.", []));
    }

    /// <summary>A name in the table of migrations is one of Hearth's, not of an app.</summary>
    internal static bool IsOwn(string name) => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The steps that make a table with its indexes.</summary>
    internal static IEnumerable<SchemaStep> Create(Collection table) =>
        [new CreateTable(table), .. table.Indexes.Select(index => new CreateIndex(table, index))];
}
