namespace Hearth.Schema.Stock;

/// <summary>The fields that collections have without being asked for them, with their stock options (contract 4.4).</summary>
internal static class StockFields
{
    /// <summary>The record id.</summary>
    public static TextField Id { get; } = WithId(new TextField
    {
        Name = "id",
        System = true,
        Required = true,
        PrimaryKey = true,
        Min = 15,
        Max = 15,
        Pattern = TextField.StockIdPattern,
        AutogeneratePattern = "[a-z0-9]{15}",
    });

    /// <summary>The password of an account.</summary>
    public static PasswordField Password { get; } = WithId(new PasswordField { Name = "password", System = true, Hidden = true, Required = true, Min = 8 });

    /// <summary>First half of the keys that sign an account's tokens.</summary>
    public static TextField TokenKey { get; } = WithId(new TextField
    {
        Name = "tokenKey",
        System = true,
        Hidden = true,
        Required = true,
        Min = 30,
        Max = 60,
        AutogeneratePattern = "[a-zA-Z0-9]{50}",
    });

    /// <summary>The address of an account.</summary>
    public static EmailField Email { get; } = WithId(new EmailField { Name = "email", System = true, Required = true });

    /// <summary>Whether others may see the address.</summary>
    public static BoolField EmailVisibility { get; } = WithId(new BoolField { Name = "emailVisibility", System = true });

    /// <summary>Whether the address is proven.</summary>
    public static BoolField Verified { get; } = WithId(new BoolField { Name = "verified", System = true });

    /// <summary>When a record was made.</summary>
    public static AutodateField Created { get; } = WithId(new AutodateField { Name = "created", OnCreate = true });

    /// <summary>When a record was last changed.</summary>
    public static AutodateField Updated { get; } = WithId(new AutodateField { Name = "updated", OnCreate = true, OnUpdate = true });

    /// <summary>The same field with its derived id.</summary>
    public static T WithId<T>(T field) where T : Field => field with { Id = DerivedIds.OfField(field, new HashSet<string>()) };
}
