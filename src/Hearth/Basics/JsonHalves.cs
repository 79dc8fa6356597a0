using System.Globalization;

namespace Hearth.Basics;

/// <summary>
/// JSON can spell half of a surrogate pair (<c>"\ud83d"</c>), which no text can hold; <c>text.slice(0, n)</c> in JavaScript makes such halves of emoji. They become U+FFFD.
/// </summary>
public static class JsonHalves
{
    /// <summary>JSON text with U+FFFD in the place of every half; null when there is none.</summary>
    public static byte[]? Mend(ReadOnlySpan<byte> utf8)
    {
        byte[]? mended = null;
        var high = -1;
        for (var i = utf8.IndexOf((byte)'\\'); i >= 0 && i + 1 < utf8.Length; i = Next(utf8, i))
        {
            var unit = UnitAt(utf8, i);
            var isLow = unit is >= 0xDC00 and <= 0xDFFF;
            if (high >= 0 && !(isLow && i == high + 6)) Replace(ref mended, utf8, high);
            else if (high < 0 && isLow) Replace(ref mended, utf8, i);
            if (high >= 0 && i != high + 6 && isLow) Replace(ref mended, utf8, i);
            high = unit is >= 0xD800 and <= 0xDBFF ? i : -1;
        }
        if (high >= 0) Replace(ref mended, utf8, high);
        return mended;
    }

    private static int Next(ReadOnlySpan<byte> utf8, int at)
    {
        // A backslash takes the next character with it.
        var from = at + 2;
        if (from >= utf8.Length) return -1;
        var next = utf8[from..].IndexOf((byte)'\\');
        return next < 0 ? -1 : from + next;
    }

    private static int UnitAt(ReadOnlySpan<byte> utf8, int at) =>
        at + 6 <= utf8.Length && utf8[at + 1] == 'u' && ushort.TryParse(utf8.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? unit : -1;

    private static void Replace(ref byte[]? mended, ReadOnlySpan<byte> utf8, int at)
    {
        mended ??= utf8.ToArray();
        "fffd"u8.CopyTo(mended.AsSpan(at + 2));
    }
}
