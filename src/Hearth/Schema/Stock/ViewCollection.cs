namespace Hearth.Schema.Stock;

/// <summary>The collection of saved views of the dashboard: what a grid shows, under a name. For superusers only, and for all of them. Its rows go with the collection that they show.</summary>
internal static class ViewCollection
{
    /// <summary>Its name.</summary>
    public const string Name = "_views";

    /// <summary>It, with its fields but without what every collection gets.</summary>
    public static Collection Create() => new()
    {
        Id = "",
        Name = Name,
        System = true,
        Fields =
        [
            StockFields.WithId(new TextField { Name = "name", System = true, Required = true, Max = 100 }),
            SystemCollections.Reference("collectionRef"),
            // What stands in the address of the grid: search, filter, order, columns, and their widths.
            StockFields.WithId(new JsonField { Name = "query", System = true }),
            // Id of the superuser who made it; it stays when the superuser is gone, because others use it too.
            StockFields.WithId(new TextField { Name = "owner", System = true }),
            StockFields.Created with { System = true },
            StockFields.Updated with { System = true },
        ],
        Indexes = [SystemCollections.Index("idx_views_collectionRef", false, "collectionRef", "name")],
    };
}
