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
    /// <summary>All of them. The table of migrations itself is made before any of these.</summary>
    public static ImmutableArray<Migration> All { get; } =
    [
        new("hearth_0001_internal_tables", [.. Create(InternalTables.Collections), .. Create(InternalTables.Params)]),
    ];

    private static IEnumerable<SchemaStep> Create(Collection table) =>
        [new CreateTable(table), .. table.Indexes.Select(index => new CreateIndex(table, index))];
}
