using Hearth.Schema;

namespace Hearth.Resources.Secrets;

/// <summary>Definitions of collections on their way to and from the database: their secrets are stored sealed when the app has a key.</summary>
public sealed class SealedCollections(AppSecrets secrets)
{
    /// <summary>A secret was found in the database that is not sealed, although there is a key.</summary>
    public bool FoundPlain { get; private set; }

    /// <summary>A definition as it is stored.</summary>
    public Collection Seal(Collection collection) =>
        secrets.IsOn ? CollectionSecrets.With(collection, (secret, name) => secrets.Seal(secret, AppSecrets.ContextOf(collection.Id, "", name))) : collection;

    /// <summary>A definition as it is used. Throws as <see cref="AppSecrets.Open"/> does.</summary>
    public Collection Open(Collection stored)
    {
        return CollectionSecrets.With(stored, Open);

        string Open(string secret, string name)
        {
            FoundPlain |= secrets.IsOn && !AppSecrets.IsSealed(secret);
            return secrets.Open(secret, AppSecrets.ContextOf(stored.Id, "", name));
        }
    }
}
