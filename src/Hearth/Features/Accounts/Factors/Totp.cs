using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Features.Accounts.Factors;

/// <summary>Codes that change with time (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds, which is what every authenticator app understands.</summary>
internal static class Totp
{
    private const int MostCharacters = 40;
    private const int StepSeconds = 30;

    // 160 bits, as RFC 4226 recommends (section 4, R6).
    private const int SecretBytes = 20;

    /// <summary>A new secret in Base32.</summary>
    public static string NewSecret() => Base32.Encode(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The step of an instant.</summary>
    public static long StepOf(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string CodeOf(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The RFC's hash: HMAC does not need what SHA-1 lacks, and apps know no other.
        HMACSHA1.HashData(Base32.Decode(secret), counter, hash);
#pragma warning restore CA5350
        var number = (BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 15)..]) & 0x7FFF_FFFF) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The step that a code belongs to: the present one, or one beside it, as clocks differ. Null when it fits none, or none after <paramref name="last"/>, which was
    /// used before (RFC 6238, 5.2).
    /// </summary>
    public static long? Find(string secret, string code, DateTimeOffset now, long last)
    {
        var given = Encoding.UTF8.GetBytes(code);
        var present = StepOf(now);
        long? found = null;
        for (var step = present - 1; step <= present + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(CodeOf(secret, step))) && step > last) found ??= step;
        }
        return found;
    }

    /// <summary>The address that authenticator apps read from a picture (the Key URI format that Google Authenticator introduced).</summary>
    public static string Address(string secret, string app, string account)
    {
        var (issuer, name) = (Escape(app), Escape(account));
        return $"otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period={StepSeconds}";
    }

    // Cut, so that a camera can read the picture whatever alphabet it is written in.
    private static string Escape(string name) => Uri.EscapeDataString(string.Concat(name.Replace(":", "", StringComparison.Ordinal).EnumerateRunes().Take(MostCharacters)));
}
