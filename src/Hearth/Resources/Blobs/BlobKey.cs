using System.Buffers;
using System.Globalization;
using System.Text;

namespace Hearth.Resources.Blobs;

/// <summary>
/// Which keys there can be, and how the parts of a key are named on a disk (contract 14.6). What is not a key is refused before anything looks for it, so that no
/// name leads out of the place or to something of its own.
/// </summary>
internal static class BlobKey
{
    // What object stores take (Amazon S3, "Object key naming guidelines").
    private const int MostBytes = 1024;
    // NAME_MAX of the usual file systems, less the extension of the attributes.
    private const int MostBytesOfName = 255 - 6;
    private const string EscapeBegin = "__0x";
    private const string EscapeEnd = "__";

    // Of Windows only: there they mean something else than themselves.
    private static readonly SearchValues<char> WindowsOnly = SearchValues.Create("<>:\"|?*");
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL"];

    /// <summary>Throws when a text cannot be the key of a blob.</summary>
    public static void Check(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) > MostBytes || !IsText(key)) throw Invalid(key);
        foreach (var part in key.Split('/'))
        {
            if (part is "" or "." or ".." || part.Contains('\\', StringComparison.Ordinal) || part.EndsWith(BlobAttributes.Extension, StringComparison.Ordinal)) throw Invalid(key);
            if (part == LocalBlobs.Drafts || Encoding.UTF8.GetByteCount(NameOf(part)) > MostBytesOfName) throw Invalid(key);
            if (OperatingSystem.IsWindows() && IsOfWindows(part)) throw Invalid(key);
        }
    }

    /// <summary>Throws when a text cannot be the beginning of keys: it is empty, or a key with a <c>/</c> behind it.</summary>
    public static void CheckPrefix(string prefix)
    {
        if (prefix.Length == 0) return;
        if (!prefix.EndsWith('/')) throw Invalid(prefix);
        Check(prefix[..^1]);
    }

    /// <summary>The name of a part on the disk: control characters are written as numbers.</summary>
    public static string NameOf(string part)
    {
        if (!part.Any(IsEscaped)) return part;
        var name = new StringBuilder();
        foreach (var c in part)
        {
            if (IsEscaped(c)) name.Append(EscapeBegin).Append(((int)c).ToString("x", CultureInfo.InvariantCulture)).Append(EscapeEnd);
            else name.Append(c);
        }
        return name.ToString();
    }

    /// <summary>The part that has a name on the disk.</summary>
    public static string PartOf(string name)
    {
        if (!name.Contains(EscapeBegin, StringComparison.Ordinal)) return name;
        var part = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (EscapedAt(name, i) is var (c, length))
            {
                part.Append(c);
                i += length - 1;
            }
            else
            {
                part.Append(name[i]);
            }
        }
        return part.ToString();
    }

    public static BlobException Invalid(string key) => new(BlobProblem.InvalidKey, $"No blob can have the key {key}.");

    private static (char Char, int Length)? EscapedAt(string name, int at)
    {
        if (string.CompareOrdinal(name, at, EscapeBegin, 0, EscapeBegin.Length) != 0) return null;
        var end = name.IndexOf(EscapeEnd, at + EscapeBegin.Length, StringComparison.Ordinal);
        if (end < 0 || !int.TryParse(name.AsSpan(at + EscapeBegin.Length, end - at - EscapeBegin.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return null;
        // What was not escaped by this rule is a name that looks like it.
        return code <= char.MaxValue && IsEscaped((char)code) ? ((char)code, end + EscapeEnd.Length - at) : null;
    }

    private static bool IsEscaped(char c) => c < ' ';

    private static bool IsText(string key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] == '\0' || (char.IsSurrogate(key[i]) && !(i + 1 < key.Length && char.IsSurrogatePair(key[i], key[i + 1])) && !(i > 0 && char.IsSurrogatePair(key[i - 1], key[i])))) return false;
        }
        return true;
    }

    private static bool IsOfWindows(string part)
    {
        var stem = part.Split('.')[0].TrimEnd(' ');
        return part.AsSpan().ContainsAny(WindowsOnly) || part[^1] is '.' or ' '
            || Devices.Contains(stem, StringComparer.OrdinalIgnoreCase)
            || (stem.Length == 4 && char.IsAsciiDigit(stem[3]) && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)));
    }
}
