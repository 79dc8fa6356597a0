using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hearth.Records;

namespace Hearth.Resources.Passwords;

/// <summary>
/// Password hashes by PBKDF2 with HMAC-SHA-512 (RFC 8018) and 210,000 iterations, the least that OWASP's Password Storage Cheat Sheet asks
/// for. A hash is the text <c>$pbkdf2-sha512$ITERATIONS$SALT$HASH</c> with base64 parts, so that old hashes stay good when the default grows.
/// </summary>
/// <param name="iterations">Iterations of new hashes.</param>
public sealed class PasswordHashes(int iterations = PasswordHashes.DefaultIterations) : PasswordHashing
{
    /// <summary>Iterations of a new hash.</summary>
    public const int DefaultIterations = 210_000;

    /// <summary>Most bytes of a password in UTF-8.</summary>
    public const int MostBytes = 72;

    private const string Prefix = "$pbkdf2-sha512$";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // Hashing keeps a processor busy for about a tenth of a second; half of them stay free for everything else.
    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <inheritdoc/>
    public override async ValueTask<string?> HashAsync(string password, int cost, CancellationToken stop)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        if (bytes.Length > MostBytes) return null;
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = await DeriveAsync(bytes, salt, iterations, HashBytes, stop);
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}{iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> VerifyAsync(string password, string hash, CancellationToken stop)
    {
        if (!TryRead(hash, out var count, out var salt, out var wanted)) return false;
        var given = await DeriveAsync(Encoding.UTF8.GetBytes(password), salt, count, wanted.Length, stop);
        return CryptographicOperations.FixedTimeEquals(given, wanted);
    }

    /// <summary>Takes as long as <see cref="VerifyAsync"/>, so that an answer does not tell whether an account exists. Always false.</summary>
    public async ValueTask<bool> VerifyNobodyAsync(string password, CancellationToken stop)
    {
        await DeriveAsync(Encoding.UTF8.GetBytes(password), new byte[SaltBytes], iterations, HashBytes, stop);
        return false;
    }

    private async Task<byte[]> DeriveAsync(byte[] password, byte[] salt, int count, int length, CancellationToken stop)
    {
        await turns.WaitAsync(stop);
        try
        {
            return await Task.Run(() => Rfc2898DeriveBytes.Pbkdf2(password, salt, count, HashAlgorithmName.SHA512, length), stop);
        }
        finally
        {
            turns.Release();
        }
    }

    private static bool TryRead(string text, out int count, out byte[] salt, out byte[] hash)
    {
        (count, salt, hash) = (0, [], []);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var parts = text[Prefix.Length..].Split('$');
        if (parts.Length != 3 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > 10_000_000) return false;
        try
        {
            salt = Convert.FromBase64String(parts[1]);
            hash = Convert.FromBase64String(parts[2]);
        }
        catch (FormatException)
        {
            return false;
        }
        return hash.Length is >= 16 and <= 64;
    }
}
