namespace Hearth.Schema.Stock;

/// <summary>
/// The system collections behind sessions and further factors, beyond those of the contract. Their rows belong to a record: its owner lists and removes
/// them through the records API; only the server writes them.
/// </summary>
internal static class FactorTables
{
    /// <summary>Name of the collection of sessions.</summary>
    public const string Sessions = "_sessions";

    /// <summary>Name of the collection of authenticator apps.</summary>
    public const string Totps = "_totps";

    /// <summary>Name of the collection of recovery codes.</summary>
    public const string RecoveryCodes = "_recoveryCodes";

    /// <summary>Name of the collection that counts wrong codes.</summary>
    public const string Attempts = "_attempts";

    /// <summary>Name of the collection of passkeys.</summary>
    public const string Passkeys = "_passkeys";

    /// <summary>Name of the collection of challenges that were used.</summary>
    public const string UsedChallenges = "_usedChallenges";

    /// <summary>Name of the collection of API keys.</summary>
    public const string ApiKeys = "_apiKeys";

    // What a device says and the server keeps: the owner may give a passkey another name and nothing else.
    private static readonly string[] Kept = ["collectionRef", "recordRef", "credentialId", "transports", "backupEligible", "backedUp", "lastUsed"];

    /// <summary>All of them.</summary>
    public static IEnumerable<Collection> Create() => [CreateSessions(), CreateTotps(), CreateRecoveryCodes(), CreateAttempts(), CreatePasskeys(), CreateUsedChallenges(), CreateApiKeys()];

    /// <summary>An authenticator app: the secret that it shares, and the last step whose code was used. It counts once it is confirmed by a code.</summary>
    public static Collection CreateTotps() => SystemCollections.Complete(new Collection
    {
        Id = "",
        Name = Totps,
        System = true,
        Fields = SystemCollections.Table(
            // As a password it is shown to nobody, not even to superusers; it is sealed instead of hashed.
            StockFields.WithId(new PasswordField { Name = "secret", System = true, Hidden = true }),
            StockFields.WithId(new BoolField { Name = "confirmed", System = true }),
            StockFields.WithId(new NumberField { Name = "lastStep", System = true, Hidden = true, OnlyInt = true })),
        ListRule = SystemCollections.Owner,
        ViewRule = SystemCollections.Owner,
        Indexes = [SystemCollections.Index("idx_totps_record", false, "collectionRef", "recordRef")],
    });

    /// <summary>A recovery code that is left, as its hash; a used one is gone.</summary>
    public static Collection CreateRecoveryCodes() => SystemCollections.Complete(new Collection
    {
        Id = "",
        Name = RecoveryCodes,
        System = true,
        Fields = SystemCollections.Table(Text("hash") with { Hidden = true }),
        ListRule = SystemCollections.Owner,
        ViewRule = SystemCollections.Owner,
        Indexes = [SystemCollections.Index("idx_recoveryCodes_record", false, "collectionRef", "recordRef")],
    });

    /// <summary>How many wrong codes of a kind came for a record since the last right one, and until when no further is looked at.</summary>
    public static Collection CreateAttempts() => SystemCollections.Complete(new Collection
    {
        Id = "",
        Name = Attempts,
        System = true,
        Fields = SystemCollections.Table(Text("kind"), StockFields.WithId(new NumberField { Name = "wrong", System = true, OnlyInt = true }), Date("until")),
        Indexes = [SystemCollections.Index("idx_attempts_record", true, "collectionRef", "recordRef", "kind")],
    });

    /// <summary>A passkey: the public half of a key pair whose other half a device keeps.</summary>
    public static Collection CreatePasskeys() => SystemCollections.Complete(new Collection
    {
        Id = "",
        Name = Passkeys,
        System = true,
        Fields = SystemCollections.Table(
            StockFields.WithId(new TextField { Name = "name", System = true, Max = 100 }),
            // Most bytes of an id are 1,023 (WebAuthn level 3, 4).
            StockFields.WithId(new TextField { Name = "credentialId", System = true, Required = true, Max = 1400 }),
            Text("publicKey") with { Hidden = true },
            StockFields.WithId(new NumberField { Name = "signCount", System = true, Hidden = true, OnlyInt = true }),
            Text("transports"), Flag("backupEligible"), Flag("backedUp"), Date("lastUsed")),
        ListRule = SystemCollections.Owner,
        ViewRule = SystemCollections.Owner,
        UpdateRule = string.Join(" && ", Kept.Select(field => $"@request.body.{field}:isset = false").Prepend(SystemCollections.Owner)),
        DeleteRule = SystemCollections.Owner,
        Indexes = [SystemCollections.Index("idx_passkeys_record", false, "collectionRef", "recordRef"), SystemCollections.Index("idx_passkeys_credential", true, "collectionRef", "credentialId")],
    });

    /// <summary>A challenge that was answered, kept until it would have ended, so that it cannot be answered again.</summary>
    public static Collection CreateUsedChallenges() => SystemCollections.Complete(new Collection
    {
        Id = "",
        Name = UsedChallenges,
        System = true,
        Fields = SystemCollections.Table(Text("challenge"), Date("expires")),
        Indexes = [SystemCollections.Index("idx_usedChallenges_challenge", true, "challenge"), SystemCollections.Index("idx_usedChallenges_expires", false, "expires")],
    });

    /// <summary>A key with which a program acts for its record, within a scope; kept as its hash.</summary>
    public static Collection CreateApiKeys() => SystemCollections.Complete(new Collection
    {
        Id = "",
        Name = ApiKeys,
        System = true,
        Fields = SystemCollections.Table(
            Text("name"), Text("prefix"), Text("hash") with { Hidden = true }, StockFields.WithId(new JsonField { Name = "scope", System = true }), Date("expires"), Date("lastUsed")),
        ListRule = SystemCollections.Owner,
        ViewRule = SystemCollections.Owner,
        DeleteRule = SystemCollections.Owner,
        Indexes = [SystemCollections.Index("idx_apiKeys_record", false, "collectionRef", "recordRef"), SystemCollections.Index("idx_apiKeys_hash", true, "hash")],
    });

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

    private static BoolField Flag(string name) => StockFields.WithId(new BoolField { Name = name, System = true });

    private static DateField Date(string name) => StockFields.WithId(new DateField { Name = name, System = true });
}
