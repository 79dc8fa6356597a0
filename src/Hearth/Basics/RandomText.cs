using System.Security.Cryptography;

namespace Hearth.Basics;

/// <summary>Random text from the operating system's cryptographic source.</summary>
public static class RandomText
{
    /// <summary>Lower-case letters and digits: the alphabet of record ids.</summary>
    public const string LowerAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Letters and digits: the alphabet of secrets and token keys.</summary>
    public const string FullAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Characters of a record id.</summary>
    public const int RecordIdLength = 15;

    /// <summary>Characters of the alphabet, each drawn evenly.</summary>
    public static string Of(int length, string alphabet = FullAlphabet) => RandomNumberGenerator.GetString(alphabet, length);

    /// <summary>A new record id: 15 characters of <c>a-z0-9</c>.</summary>
    public static string RecordId() => Of(RecordIdLength, LowerAlphabet);
}
