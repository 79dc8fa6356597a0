using System.Collections.Immutable;
using Hearth.Data;
using Hearth.Schema;

namespace Hearth.Features.Logs;

/// <summary>The table of the log's own database, described as a collection so that filters and sorts speak of it in the one language.</summary>
internal static class LogTable
{
    public const string Created = "created";

    public static Collection Collection { get; } = new()
    {
        Id = "_logs",
        Name = "_logs",
        System = true,
        Fields =
        [
            new TextField { Id = "id", Name = "id", PrimaryKey = true, Required = true },
            new DateField { Id = Created, Name = Created },
            new NumberField { Id = "level", Name = "level", OnlyInt = true },
            new TextField { Id = "message", Name = "message" },
            new JsonField { Id = "data", Name = "data" },
        ],
        Indexes = [new IndexDefinition("idx_logs_created", false, [new IndexColumn(Created)], null)],
    };

    public static ImmutableArray<Migration> Migrations { get; } = [new("hearth_logs_0001", [.. Steps()])];

    /// <summary>The steps that make the empty table.</summary>
    public static IEnumerable<SchemaStep> Steps() => [new CreateTable(Collection), .. Collection.Indexes.Select(index => new CreateIndex(Collection, index))];
}
