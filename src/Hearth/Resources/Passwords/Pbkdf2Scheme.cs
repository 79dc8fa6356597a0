using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Hearth.Resources.Passwords;

/// <summary>PBKDF2 with HMAC-SHA-512 (RFC 8018) as <c>$pbkdf2-sha512$ITERATIONS$SALT$HASH</c>: the hashes of Hearth before decision 18. Compared only.</summary>
internal sealed class Pbkdf2Scheme : HashScheme
{
    private const string Prefix = "$pbkdf2-sha512$";
    private const int MostIterations = 2_000_000;

    /// <inheritdoc/>
    public override bool TryRead(string text, [NotNullWhen(true)] out StoredHash? hash)
    {
        hash = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length..].Split('$') is not [var iterations, var salt, var wanted]) return false;
        if (!int.TryParse(iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MostIterations) return false;
        byte[] saltBytes = new byte[salt.Length], hashBytes = new byte[wanted.Length];
        if (!Convert.TryFromBase64String(salt, saltBytes, out var saltLength) || !Convert.TryFromBase64String(wanted, hashBytes, out var hashLength) || hashLength is < 16 or > 64) return false;
        hash = new Stored(count, saltBytes[..saltLength], hashBytes[..hashLength]);
        return true;
    }

    private sealed class Stored(int iterations, byte[] salt, byte[] wanted) : StoredHash
    {
        public override bool Fits(byte[] password) =>
            CryptographicOperations.FixedTimeEquals(Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, wanted.Length), wanted);
    }
}
