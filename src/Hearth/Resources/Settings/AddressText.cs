using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Hearth.Resources.Settings;

/// <summary>
/// Reads IP addresses and networks that somebody wrote, in settings and in headers alike. Four decimal numbers without leading zeros, or IPv6 without brackets
/// and zone. The framework alone would also read <c>010.0.0.1</c> as 8.0.0.1, <c>0x7f.1</c> and <c>[::1]:80</c>, as C's <c>inet_aton</c> does: what a person, a
/// proxy and a firewall take for one address would then be another here.
/// </summary>
internal static class AddressText
{
    // IPv6 with an IPv4 tail: 0000:0000:0000:0000:0000:ffff:255.255.255.255.
    private const int Longest = 45;

    /// <summary>An address; IPv4 written as IPv6 is told as IPv4. Null when the text is none.</summary>
    public static IPAddress? Read(ReadOnlySpan<char> text) => ReadAsWritten(text) switch
    {
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4(),
        var address => address,
    };

    /// <summary>An address (a network of one) or a network such as <c>10.0.0.0/8</c>; bits behind the prefix are cleared. Null when the text is neither.</summary>
    public static IPNetwork? ReadNetwork(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        if (ReadAsWritten(slash < 0 ? text : text[..slash]) is not { } address) return null;
        var length = address.GetAddressBytes().Length * 8;
        if (slash >= 0 && (ReadDecimal(text[(slash + 1)..], length) is not { } given || (length = given) < 0)) return null;
        if (address.IsIPv4MappedToIPv6)
        {
            // Such a network of IPv6 is one of IPv4 only where its prefix covers what says so.
            if (length >= 96) (address, length) = (address.MapToIPv4(), length - 96);
            else return new IPNetwork(Cleared(address, length), length);
        }
        return new IPNetwork(Cleared(address, length), length);
    }

    private static IPAddress? ReadAsWritten(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > Longest) return null;
        if (!text.Contains(':')) return IsDotted(text) && IPAddress.TryParse(text, out var four) ? four : null;
        foreach (var letter in text)
        {
            if (!char.IsAsciiHexDigit(letter) && letter is not (':' or '.')) return null;
        }
        var tail = text[(text.LastIndexOf(':') + 1)..];
        if (tail.Contains('.') && !IsDotted(tail)) return null;
        return IPAddress.TryParse(text, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6 ? six : null;
    }

    private static bool IsDotted(ReadOnlySpan<char> text)
    {
        var numbers = 0;
        foreach (var part in text.Split('.'))
        {
            if (++numbers > 4 || ReadDecimal(text[part], byte.MaxValue) is null) return false;
        }
        return numbers == 4;
    }

    // Without sign, blanks and leading zeros.
    private static int? ReadDecimal(ReadOnlySpan<char> digits, int most) =>
        digits.Length is > 0 and <= 3 && (digits[0] != '0' || digits.Length == 1) && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;

    private static IPAddress Cleared(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++) bytes[i] &= (byte)(0xFF << (8 - Math.Clamp(length - (i * 8), 0, 8)));
        return new IPAddress(bytes);
    }
}
