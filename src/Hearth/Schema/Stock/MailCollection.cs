using System.Collections.Immutable;

namespace Hearth.Schema.Stock;

/// <summary>The collection of mails that wait or were sent; for superusers only.</summary>
public static class MailCollection
{
    /// <summary>Its name.</summary>
    public const string Name = "_mails";

    /// <summary>It, with its fields but without what every collection gets.</summary>
    internal static Collection Create() => new()
    {
        Id = "",
        Name = Name,
        System = true,
        Fields =
        [
            Text("kind"), Text("to"), Text("subject"), Text("collectionRef"), Text("recordRef"), Text("state"), Number("tries"), Date("due"), Date("expires"), Text("reason"),
            Text("key") with { Hidden = true },
            // Holds whole mails of apps.
            StockFields.WithId(new JsonField { Name = "data", System = true, Hidden = true, MaxSize = 16 << 20 }),
            StockFields.Created with { System = true },
            StockFields.Updated with { System = true },
        ],
        Indexes = [Index("idx_mails_state_due", "state", "due"), Index("idx_mails_key", "key", "created"), Index("idx_mails_collectionRef_recordRef", "collectionRef", "recordRef")],
    };

    private static TextField Text(string name) => StockFields.WithId(new TextField { Name = name, System = true });

    private static NumberField Number(string name) => StockFields.WithId(new NumberField { Name = name, System = true, OnlyInt = true });

    private static DateField Date(string name) => StockFields.WithId(new DateField { Name = name, System = true });

    private static IndexDefinition Index(string name, params ReadOnlySpan<string> fields)
    {
        var columns = ImmutableArray.CreateBuilder<IndexColumn>();
        foreach (var field in fields) columns.Add(new IndexColumn(field));
        return new IndexDefinition(name, false, columns.ToImmutable(), null);
    }
}
