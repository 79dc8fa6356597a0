using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Hearth.Resources.Passwords;

/// <summary>
/// Argon2id (RFC 9106) by libsodium, in the text form that all its implementations share: <c>$argon2id$v=19$m=KIB,t=PASSES,p=1$SALT$HASH</c> with
/// base64 without padding. One lane only, as libsodium has it.
/// </summary>
/// <param name="cost">What a new hash costs.</param>
internal sealed class Argon2Scheme(PasswordCost cost) : HashScheme
{
    private const string Prefix = "$argon2id$v=19$";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // A stored hash must not be able to ask for a machine's whole memory.
    private const long MostKibibytes = 256 * 1024;
    private const long MostPasses = 20;

    /// <summary>A new hash with a salt of its own.</summary>
    public string Hash(byte[] password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}m={cost.Kibibytes},t={cost.Passes},p=1${Text(salt)}${Text(Derive(password, salt, cost, HashBytes))}");
    }

    /// <summary>Does the work of one comparison, with nothing to compare.</summary>
    public void Work(byte[] password) => Derive(password, new byte[SaltBytes], cost, HashBytes);

    /// <inheritdoc/>
    public override bool TryRead(string text, [NotNullWhen(true)] out StoredHash? hash)
    {
        hash = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length..].Split('$') is not [var work, var salt, var wanted]) return false;
        if (work.Split(',') is not [['m', '=', .. var memory], ['t', '=', .. var passes], "p=1"]) return false;
        if (!TryNumber(memory, 8, MostKibibytes, out var kibibytes) || !TryNumber(passes, 1, MostPasses, out var count)) return false;
        if (!TryBytes(salt, out var saltBytes) || !TryBytes(wanted, out var hashBytes) || saltBytes.Length != SaltBytes || hashBytes.Length is < 16 or > 64) return false;
        hash = new Stored(new PasswordCost((int)kibibytes, (int)count), saltBytes, hashBytes, cost);
        return true;
    }

    private static byte[] Derive(byte[] password, byte[] salt, PasswordCost cost, int length)
    {
        var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = cost.Kibibytes, NumberOfPasses = cost.Passes });
        return argon2.DeriveBytes(password, salt, length);
    }

    private static bool TryNumber(string text, long least, long most, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool TryBytes(string text, out byte[] bytes)
    {
        bytes = [];
        if (text.Contains('=')) return false;
        var room = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), room, out var length)) return false;
        bytes = room[..length];
        return true;
    }

    private sealed class Stored(PasswordCost work, byte[] salt, byte[] wanted, PasswordCost current) : StoredHash
    {
        public override bool IsCurrent => work.Kibibytes >= current.Kibibytes && work.Passes >= current.Passes;

        public override bool Fits(byte[] password) => CryptographicOperations.FixedTimeEquals(Derive(password, salt, work, wanted.Length), wanted);
    }
}
