namespace Hearth.Schema.Stock;

/// <summary>
/// The system collections behind sessions, beyond those of the contract. Their rows belong to a record: its owner lists and removes
/// them through the records API; only the server writes them.
/// </summary>
internal static class FactorTables
{
    /// <summary>Name of the collection of sessions.</summary>
    public const string Sessions = "_sessions";

    /// <summary>A sign-in that lasts: where it was made, when it was last used, when it ends.</summary>
    public static Collection CreateSessions() => SystemCollections.Complete(new Collection
    {
        Id = "",
        Name = Sessions,
        System = true,
        Fields = SystemCollections.Table(
            Text("method"), Text("ip"), Text("userAgent"), Text("device"), Date("lastUsed"), Date("expires"),
            StockFields.WithId(new NumberField { Name = "generation", System = true, Hidden = true, OnlyInt = true }),
            Date("rotated") with { Hidden = true }),
        ListRule = SystemCollections.Owner,
        ViewRule = SystemCollections.Owner,
        DeleteRule = SystemCollections.Owner,
        Indexes = [SystemCollections.Index("idx_sessions_record", false, "collectionRef", "recordRef", "lastUsed"), SystemCollections.Index("idx_sessions_expires", false, "expires")],
    });

    private static TextField Text(string name) => StockFields.WithId(new TextField { Name = name, System = true });

    private static DateField Date(string name) => StockFields.WithId(new DateField { Name = name, System = true });
}
