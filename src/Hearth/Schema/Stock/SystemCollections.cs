using System.Collections.Immutable;
using Hearth.Basics;
using Hearth.Schema.Wire;

namespace Hearth.Schema.Stock;

/// <summary>The collections that every new database starts with (contract 4.4).</summary>
public static class SystemCollections
{
    /// <summary>Name of the collection of superusers.</summary>
    public const string Superusers = "_superusers";

    /// <summary>Id of the first collection of users; explicit, not derived.</summary>
    public const string UsersId = "_pb_users_auth_";

    /// <summary>The rule of rows that belong to who asks.</summary>
    internal const string Owner = "@request.auth.id != '' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId";

    private const string Self = "id = @request.auth.id";

    /// <summary>Names of those that the contract does not know: they belong to Hearth, not to the app.</summary>
    public static ImmutableArray<string> Own { get; } =
    [
        FactorTables.Sessions, FactorTables.Totps, FactorTables.RecoveryCodes, FactorTables.Attempts, FactorTables.Passkeys, FactorTables.UsedChallenges, FactorTables.ApiKeys, MailCollection.Name, ViewCollection.Name,
    ];

    private static ImmutableArray<Field> Account { get; } = [StockFields.Password, StockFields.TokenKey, StockFields.Email, StockFields.EmailVisibility, StockFields.Verified];

    /// <summary>A fresh set with new secrets, complete but for their dates.</summary>
    public static ImmutableArray<Collection> Create() =>
        [CreateSuperusers(), CreateExternalAuths(), CreateMfas(), CreateOtps(), CreateAuthOrigins(), .. FactorTables.Create(), Complete(MailCollection.Create()), Complete(ViewCollection.Create()), CreateUsers()];

    /// <summary>
    /// What a database lacks of them, stamped with a date. The collection of users is only for new databases: later it may be renamed or removed.
    /// </summary>
    public static ImmutableArray<Collection> MissingFrom(IReadOnlyList<Collection> stored, string now) =>
    [
        .. Create()
            .Where(wanted => stored.Count == 0 || (wanted.System && !stored.Any(own => own.Id == wanted.Id || own.Name.Equals(wanted.Name, StringComparison.OrdinalIgnoreCase))))
            .Select(wanted => wanted with { Created = now, Updated = now }),
    ];

    /// <summary>A blank collection of a type with everything that it gets unasked; without id and name. Its indexes name no table yet.</summary>
    public static Collection Scaffold(CollectionType type)
    {
        var blank = Complete(CollectionReader.Blank(type));
        var mark = RandomText.Of(10, RandomText.LowerAlphabet);
        return blank with { Id = "", Indexes = [.. blank.Indexes.Select(index => index with { Name = index.Name.Replace(blank.Id, mark, StringComparison.Ordinal) })] };
    }

    private static Collection CreateSuperusers() => Complete(new Collection
    {
        Id = "",
        Name = Superusers,
        Type = CollectionType.Auth,
        System = true,
        Fields = [.. Account, StockFields.Created with { System = true }, StockFields.Updated with { System = true }],
        Auth = new AuthOptions { AuthToken = new TokenOptions(86_400) },
    });

    private static Collection CreateExternalAuths() => Complete(new Collection
    {
        Id = "",
        Name = "_externalAuths",
        System = true,
        Fields = Table(Reference("provider"), Reference("providerId")),
        ListRule = Owner,
        ViewRule = Owner,
        DeleteRule = Owner,
        Indexes =
        [
            Index("idx_externalAuths_record_provider", true, "collectionRef", "recordRef", "provider"),
            Index("idx_externalAuths_collection_provider", true, "collectionRef", "provider", "providerId"),
        ],
    });

    private static Collection CreateMfas() => Complete(new Collection
    {
        Id = "",
        Name = "_mfas",
        System = true,
        Fields = Table(Reference("method")),
        ListRule = Owner,
        ViewRule = Owner,
        Indexes = [Index("idx_mfas_collectionRef_recordRef", false, "collectionRef", "recordRef")],
    });

    private static Collection CreateOtps() => Complete(new Collection
    {
        Id = "",
        Name = "_otps",
        System = true,
        Fields = Table(
            StockFields.WithId(new PasswordField { Name = "password", System = true, Hidden = true, Required = true, Cost = 8 }),
            StockFields.WithId(new TextField { Name = "sentTo", System = true, Hidden = true })),
        ListRule = Owner,
        ViewRule = Owner,
        Indexes = [Index("idx_otps_collectionRef_recordRef", false, "collectionRef", "recordRef")],
    });

    private static Collection CreateAuthOrigins() => Complete(new Collection
    {
        Id = "",
        Name = "_authOrigins",
        System = true,
        Fields = Table(Reference("fingerprint")),
        ListRule = Owner,
        ViewRule = Owner,
        DeleteRule = Owner,
        Indexes = [Index("idx_authOrigins_unique_pairs", true, "collectionRef", "recordRef", "fingerprint")],
    });

    private static Collection CreateUsers() => Complete(new Collection
    {
        Id = UsersId,
        Name = "users",
        Type = CollectionType.Auth,
        Fields =
        [
            .. Account,
            StockFields.WithId(new TextField { Name = "name", Max = 255 }),
            StockFields.WithId(new FileField
            {
                Name = "avatar",
                MaxSelect = 1,
                MimeTypes = ["image/jpeg", "image/png", "image/svg+xml", "image/gif", "image/webp"],
            }),
            StockFields.Created,
            StockFields.Updated,
        ],
        ListRule = Self,
        ViewRule = Self,
        CreateRule = "",
        UpdateRule = Self,
        DeleteRule = Self,
        Auth = new AuthOptions { OAuth2 = new OAuth2Options { MappedFields = new OAuth2MappedFields(Name: "name", AvatarUrl: "avatar") } },
    });

    /// <summary>The collection with everything that it gets unasked.</summary>
    internal static Collection Complete(Collection collection) => Completion.Complete(collection, null, ImmutableHashSet<string>.Empty);

    /// <summary>The fields of a table whose rows belong to a record.</summary>
    internal static ImmutableArray<Field> Table(params ReadOnlySpan<Field> own) =>
    [
        Reference("collectionRef"), Reference("recordRef"), .. own, StockFields.Created with { System = true }, StockFields.Updated with { System = true },
    ];

    /// <summary>A text that every row has.</summary>
    internal static TextField Reference(string name) => StockFields.WithId(new TextField { Name = name, System = true, Required = true });

    /// <summary>An index over whole fields.</summary>
    internal static IndexDefinition Index(string name, bool unique, params ReadOnlySpan<string> fields)
    {
        var columns = ImmutableArray.CreateBuilder<IndexColumn>();
        foreach (var field in fields) columns.Add(new IndexColumn(field));
        return new IndexDefinition(name, unique, columns.ToImmutable(), null);
    }
}
