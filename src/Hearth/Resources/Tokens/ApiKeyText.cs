using System.Security.Cryptography;
using System.Text;
using Hearth.Basics;

namespace Hearth.Resources.Tokens;

/// <summary>
/// API keys as text: a prefix by which scanners of source code find leaked ones (<c>hearth_key_[A-Za-z0-9]{49}</c>), 256 random bits, and six characters that
/// tell a real one from something that looks like it without asking anybody.
/// </summary>
internal static class ApiKeyText
{
    /// <summary>How every key begins.</summary>
    public const string Prefix = "hearth_key_";

    // 62^43 is a little more than 2^256.
    private const int Drawn = 43, Check = 6, Shown = 6;

    /// <summary>A new key.</summary>
    public static string New()
    {
        var drawn = RandomText.Of(Drawn);
        return Prefix + drawn + CheckOf(drawn);
    }

    /// <summary>Whether a text can be a key at all.</summary>
    public static bool IsOne(string text) =>
        text.Length == Prefix.Length + Drawn + Check && text.StartsWith(Prefix, StringComparison.Ordinal) && text.EndsWith(CheckOf(text.Substring(Prefix.Length, Drawn)), StringComparison.Ordinal);

    /// <summary>What is stored of a key. It cannot be guessed, so a slow hash would protect nothing.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The beginning, by which its owner knows it again.</summary>
    public static string BeginningOf(string key) => key[..(Prefix.Length + Shown)];

    private static string CheckOf(string drawn)
    {
        var sum = Crc32.Of(drawn);
        Span<char> text = stackalloc char[Check];
        for (var i = Check - 1; i >= 0; i--, sum /= (uint)RandomText.FullAlphabet.Length) text[i] = RandomText.FullAlphabet[(int)(sum % (uint)RandomText.FullAlphabet.Length)];
        return new string(text);
    }
}
