using System.Diagnostics.CodeAnalysis;

namespace Hearth.Resources.Passwords;

/// <summary>One way in which a stored hash may be written.</summary>
internal abstract class HashScheme
{
    /// <summary>Reads a stored hash; false when it is not of this scheme or asks for more work than a server should do.</summary>
    public abstract bool TryRead(string text, [NotNullWhen(true)] out StoredHash? hash);
}

/// <summary>A stored hash that can be compared with a password.</summary>
internal abstract class StoredHash
{
    /// <summary>It is as good as a new one would be.</summary>
    public virtual bool IsCurrent => false;

    /// <summary>Whether a password (UTF-8) belongs to it. Slow, and it keeps a processor busy all the time.</summary>
    public abstract bool Fits(byte[] password);
}
