using System.Collections.Immutable;
using Hearth.Basics;
using Hearth.Schema.Sql;

namespace Hearth.Schema.Stock;

/// <summary>
/// Adds to a collection what it always has and nobody needs to send: its id, the fields of its type, the secrets and the indexes of auth
/// collections (contract 4.3 and 4.4). Applied on every save, before the checks.
/// </summary>
internal static class Completion
{
    private const int SecretLength = 50;

    /// <summary>The completed collection.</summary>
    /// <param name="collection">As it was read.</param>
    /// <param name="before">As it is, or null for a new one.</param>
    /// <param name="takenIds">Ids of all other collections.</param>
    public static Collection Complete(Collection collection, Collection? before, IReadOnlySet<string> takenIds)
    {
        if (collection.Id.Length == 0)
        {
            collection = collection with { Id = DerivedIds.OfCollection(collection.Type, collection.Name, takenIds) };
        }
        if (collection.Type == CollectionType.View) return collection;
        collection = WithIdField(collection);
        if (before is not null) collection = collection with { Indexes = FollowRenames(collection, before) };
        return collection.Auth is { } auth ? CompleteAuth(collection, auth, before) : collection;
    }

    private static Collection WithIdField(Collection collection)
    {
        var at = collection.OrdinalOf("id");
        if (at < 0) return collection with { Fields = collection.Fields.Insert(0, StockFields.Id) };
        if (collection.Fields[at] is not TextField id) return collection;
        return collection with
        {
            Fields = collection.Fields.SetItem(at, id with
            {
                System = true,
                Required = true,
                Hidden = false,
                PrimaryKey = true,
                Pattern = id.Pattern.Length == 0 ? TextField.StockIdPattern : id.Pattern,
            }),
        };
    }

    private static Collection CompleteAuth(Collection collection, AuthOptions auth, Collection? before)
    {
        var fields = collection.Fields.ToList();
        Ensure(StockFields.Password, field => field with { System = true, Hidden = true, Required = true });
        Ensure(StockFields.TokenKey, field => field with { System = true, Hidden = true, Required = true });
        Ensure(StockFields.Email, field => field with { System = true, Hidden = false });
        Ensure(StockFields.EmailVisibility, field => field with { System = true, Hidden = false });
        Ensure(StockFields.Verified, field => field with { System = true, Hidden = false });
        collection = collection with { Fields = [.. fields] };

        // Later they are the owner's to keep: taking one out is refused, not mended behind the owner's back.
        if (before is not null) return collection with { Auth = CompleteOptions(collection, auth, before) };
        var indexes = collection.Indexes;
        if (!collection.HasUniqueIndexOn("tokenKey"))
        {
            indexes = indexes.Add(new IndexDefinition($"idx_tokenKey_{collection.Id}", true, [new IndexColumn("tokenKey")], null));
        }
        if (!collection.HasUniqueIndexOn("email"))
        {
            indexes = indexes.Add(new IndexDefinition($"idx_email_{collection.Id}", true, [new IndexColumn("email")], "`email` != ''"));
        }
        return collection with { Indexes = indexes, Auth = CompleteOptions(collection, auth, before) };

        // Missing fields go to the end; present ones keep their place and get the flags that the type demands.
        void Ensure<T>(T stock, Func<T, T> mend) where T : Field
        {
            var index = fields.FindIndex(field => field.Name == stock.Name);
            // One that got another name is not missing; the checks refuse the renaming.
            if (index < 0 && before?.FindField(stock.Name) is { } known && fields.Exists(field => field.Id == known.Id)) return;
            if (index < 0) fields.Add(stock);
            else if (fields[index] is T present) fields[index] = mend(present);
            // A new collection's field of that name is meant to be this one.
            else if (before is null) fields[index] = stock;
        }
    }

    private static AuthOptions CompleteOptions(Collection collection, AuthOptions auth, Collection? before)
    {
        if (before is null)
        {
            auth = auth with
            {
                AuthToken = WithSecret(auth.AuthToken),
                PasswordResetToken = WithSecret(auth.PasswordResetToken),
                EmailChangeToken = WithSecret(auth.EmailChangeToken),
                VerificationToken = WithSecret(auth.VerificationToken),
                FileToken = WithSecret(auth.FileToken),
            };
        }
        else if (before.Auth is { } old && old.AuthRule != auth.AuthRule && old.AuthToken.Secret == auth.AuthToken.Secret)
        {
            // Who was let in under the old rule must not stay in under the new one.
            auth = auth with { AuthToken = auth.AuthToken with { Secret = RandomText.Of(SecretLength) } };
        }
        var mapped = auth.OAuth2.MappedFields;
        auth = auth with
        {
            OAuth2 = auth.OAuth2 with
            {
                MappedFields = new OAuth2MappedFields(Known(mapped.Id), Known(mapped.Name), Known(mapped.Username), Known(mapped.AvatarUrl)),
            },
        };
        if (collection is not { System: true, Name: SystemCollections.Superusers }) return auth;
        return auth with
        {
            OAuth2 = auth.OAuth2 with { Enabled = false },
            PasswordAuth = auth.PasswordAuth with { Enabled = true },
            Mfa = auth.Otp.Enabled ? auth.Mfa with { Enabled = true } : auth.Mfa,
        };

        string Known(string name) => collection.FindField(name) is null ? "" : name;
    }

    private static TokenOptions WithSecret(TokenOptions token) => token.Secret.Length > 0 ? token : token with { Secret = RandomText.Of(SecretLength) };

    /// <summary>Indexes that still name a field as it was called before the change follow it to its new name.</summary>
    private static ImmutableArray<IndexDefinition> FollowRenames(Collection collection, Collection before)
    {
        var indexes = collection.Indexes;
        foreach (var old in before.Fields)
        {
            var renamed = collection.Fields.FirstOrDefault(field => field.Id == old.Id);
            if (renamed is null || renamed.Name == old.Name || collection.FindField(old.Name) is not null) continue;
            indexes = [.. indexes.Select(index => IndexStatement.RenameField(index, old.Name, renamed.Name))];
        }
        return indexes;
    }
}
