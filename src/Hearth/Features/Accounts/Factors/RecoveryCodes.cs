using System.Security.Cryptography;
using System.Text;
using Hearth.Basics;

namespace Hearth.Features.Accounts.Factors;

/// <summary>
/// Codes to write down for the day on which the phone is gone. Sixteen letters of a 32-letter alphabet are 80 bits drawn at random: nobody finds one by its
/// SHA-256, so a slow hash would only make sign-in slow.
/// </summary>
internal static class RecoveryCodes
{
    /// <summary>Codes of a set.</summary>
    public const int Count = 10;

    private const int Letters = 16, GroupLetters = 4;

    // Crockford's: nothing that looks like something else.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A new code, such as <c>7k3m-q0zd-x9fa-2vbe</c>.</summary>
    public static string New()
    {
        var letters = RandomText.Of(Letters, Alphabet);
        return string.Join('-', letters.Chunk(GroupLetters).Select(group => new string(group)));
    }

    /// <summary>What is stored of a code of a record. Upper case, spaces, and letters that were read for their twins make no difference.</summary>
    public static string HashOf(string recordId, string code)
    {
        var text = new StringBuilder(recordId).Append('/');
        foreach (var letter in code)
        {
            if (!char.IsAsciiLetterOrDigit(letter)) continue;
            text.Append(char.ToLowerInvariant(letter) switch { 'o' => '0', 'i' or 'l' => '1', var same => same });
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
