using System.Text;
using Hearth.Basics;
using Hearth.Basics.Media;

namespace Hearth.Records.Files;

/// <summary>Names under which uploaded files are stored (contract 5.8): safe as a part of a path and of an address, and like no other.</summary>
public static class FileNames
{
    private const int RandomLength = 10;
    private const int ShortestBase = 3;
    private const int LongestBase = 100;
    private const int LongestExtension = 20;
    // Local files have their attributes beside them under this end.
    private const string Attributes = ".attrs";

    /// <summary>A new name for a file: <c>My Photo.PNG</c> may become <c>my_photo_k2j8x0q4zv.PNG</c>.</summary>
    /// <param name="original">Its name where it comes from; anything.</param>
    /// <param name="kind">What it is, for a name without an extension.</param>
    public static string Make(string original, MediaKind kind)
    {
        // A backslash may be a part of a name, or stand before a quote in it.
        original = original[(original.LastIndexOf('/') + 1)..];
        var at = ExtensionStart(original);
        var extension = Extension(original[at..]);
        if (extension.Length == 0 || extension.EndsWith(Attributes, StringComparison.OrdinalIgnoreCase)) extension = kind.Extension;
        var name = Snake(original[..at]);
        if (name.Length < ShortestBase) name += RandomText.Of(RandomLength, RandomText.LowerAlphabet);
        else if (name.Length > LongestBase) name = name[..LongestBase];
        return $"{name}_{RandomText.Of(RandomLength, RandomText.LowerAlphabet)}{extension}";
    }

    // From the second dot from the end, so that .tar.gz stays whole.
    private static int ExtensionStart(string name)
    {
        var last = name.LastIndexOf('.');
        if (last <= 0) return last < 0 ? name.Length : last;
        var before = name.LastIndexOf('.', last - 1);
        return before < 0 ? last : before;
    }

    private static string Extension(string text)
    {
        var kept = new StringBuilder();
        foreach (var c in text)
        {
            var isDot = c == '.';
            if (isDot && kept.Length > 0 && kept[^1] == '.') continue;
            if (isDot || char.IsAsciiLetterOrDigit(c) || c is '_' or '*' or '-' or '+' or '=' or '#') kept.Append(c);
        }
        while (kept.Length > 0 && kept[^1] == '.') kept.Length--;
        if (kept.Length > LongestExtension) kept.Remove(0, kept.Length - LongestExtension);
        if (kept.Length > 0 && kept[0] != '.') kept[0] = '.';
        return kept.Length > 1 ? kept.ToString() : "";
    }

    private static string Snake(string text)
    {
        var made = new StringBuilder(text.Length + 8);
        var before = '_';
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                before = '_';
                continue;
            }
            var isHump = char.IsAsciiLetterUpper(c) && !char.IsAsciiLetterUpper(before);
            if (made.Length > 0 && (before == '_' || isHump)) made.Append('_');
            made.Append(char.ToLowerInvariant(c));
            before = c;
        }
        return made.ToString();
    }
}
