using System.Net;
using System.Net.Sockets;

namespace Hearth.Schema.Values;

/// <summary>
/// What a url field takes (contract 5.6): an address of the web with a scheme, or one as people write it: <c>example.org/x</c>, <c>localhost:8090</c>.
/// </summary>
internal static class WebAddress
{
    private const int Shortest = 4;
    private const int Longest = 2083;
    private const int LongestPort = 5;

    private static readonly string[] Schemes = ["http", "https", "ftp", "ws", "wss", "tcp", "udp"];

    // Without "//" they are no hosts but programs, or what a browser takes for one.
    private static readonly string[] Dangerous = ["javascript", "vbscript", "data"];

    /// <summary>True for an address.</summary>
    public static bool IsAddress(string text) => Parts(text) is not null;

    /// <summary>Host with port as written, and whether a scheme stands in front; null when the text is no address.</summary>
    public static (string Host, bool HasScheme)? Parts(string text)
    {
        if (text.Length is < Shortest or > Longest || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) return null;
        var rest = text;
        var end = text.IndexOfAny(['/', '?', '#']);
        var hasScheme = end > 0 && text[end - 1] == ':' && string.CompareOrdinal(text, end, "//", 0, 2) == 0;
        if (hasScheme)
        {
            if (!Schemes.Contains(text[..(end - 1)])) return null;
            rest = text[(end + 2)..];
            end = rest.IndexOfAny(['/', '?', '#']);
        }
        else if (Dangerous.Any(name => text.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }
        var authority = end < 0 ? rest : rest[..end];
        // A lone word is no address.
        if (!hasScheme && !authority.Contains('.') && !authority.Contains(':')) return null;
        if (end >= 0 && !HasGoodEscapes(rest[end..])) return null;
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        return IsHostAndPort(host) ? (host, hasScheme) : null;
    }

    // Between "?" and "#" anything may stand.
    private static bool HasGoodEscapes(string tail)
    {
        var (question, hash) = (tail.IndexOf('?', StringComparison.Ordinal), tail.IndexOf('#', StringComparison.Ordinal));
        if (hash >= 0 && question > hash) question = -1;
        for (var i = tail.IndexOf('%', StringComparison.Ordinal); i >= 0; i = tail.IndexOf('%', i + 1))
        {
            if (question >= 0 && i > question && (hash < 0 || i < hash)) continue;
            if (i + 2 >= tail.Length || !char.IsAsciiHexDigit(tail[i + 1]) || !char.IsAsciiHexDigit(tail[i + 2])) return false;
        }
        return true;
    }

    private static bool IsHostAndPort(string text)
    {
        var host = text;
        var colon = text.LastIndexOf(':');
        if (colon >= 0 && !text.EndsWith(']'))
        {
            var port = text[(colon + 1)..];
            if (port.Length is 0 or > LongestPort || !port.All(char.IsAsciiDigit)) return false;
            host = text[..colon];
        }
        return host.StartsWith('[') ? IsIPv6(host) : IsName(host);
    }

    private static bool IsIPv6(string host)
    {
        if (!host.EndsWith(']')) return false;
        var inner = host[1..^1];
        var zone = inner.IndexOf('%', StringComparison.Ordinal);
        return IPAddress.TryParse(zone < 0 ? inner : inner[..zone], out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    private static bool IsName(string host)
    {
        if (host.EndsWith('.')) host = host[..^1];
        var labels = host.Split('.');
        if (labels.All(label => label.Length > 0 && label.All(char.IsAsciiDigit)) && labels.Length > 1) return IsIPv4(labels);
        if (!labels.All(IsLabel)) return false;
        return labels.Length == 1 || labels[^1].All(char.IsLetter) || labels[^1].StartsWith("xn--", StringComparison.Ordinal);
    }

    private static bool IsIPv4(string[] labels) =>
        labels.Length == 4 && labels[0] != "0" && labels.All(label => label.Length <= 3 && int.Parse(label, System.Globalization.CultureInfo.InvariantCulture) <= 255 && (label.Length == 1 || label[0] != '0'));

    private static bool IsLabel(string label) =>
        label.Length > 0 && IsInner(label[0]) && IsInner(label[^1]) && label.All(c => IsInner(c) || c is '-' or '_');

    // Letters, digits and marks of all scripts, also those that take two characters.
    private static bool IsInner(char c) => char.IsAsciiLetterOrDigit(c) || c > 0xA0;
}
