using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Hearth.Resources.Settings;
using Microsoft.AspNetCore.Http;

namespace Hearth.Http;

/// <summary>The address of the client, also behind proxies that the settings trust (contract 10.4).</summary>
public static class ClientAddress
{
    /// <summary>The client's address, or null when there is none (in-process test servers).</summary>
    public static IPAddress? Of(HttpContext http, TrustedProxySettings trusted)
    {
        foreach (var header in trusted.Headers)
        {
            var values = http.Request.Headers[header];
            if (values.Count > 0 && Pick(values[^1] ?? "", trusted.UseLeftmostIP) is { } address) return address;
        }
        return Plain(http.Connection.RemoteIpAddress);
    }

    /// <summary>The address of the other end of the connection.</summary>
    public static IPAddress? OfSocket(HttpContext http) => Plain(http.Connection.RemoteIpAddress);

    /// <summary>
    /// What one client can choose its addresses from: an IPv6 network of 64 bits, as providers give it to a household, or a single IPv4 address. Limits count by it.
    /// </summary>
    public static IPAddress? NetworkOf(IPAddress? address)
    {
        if (address?.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>The address as text: IPv6 with all its digits, so that one address has one text; empty for null.</summary>
    public static string Text(IPAddress? address)
    {
        if (address is null) return "";
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return string.Create(39, bytes, static (text, from) =>
        {
            for (var i = 0; i < 8; i++)
            {
                if (i > 0) text[(i * 5) - 1] = ':';
                ((from[i * 2] << 8) | from[(i * 2) + 1]).TryFormat(text[(i * 5)..], out _, "x4", CultureInfo.InvariantCulture);
            }
        });
    }

    private static IPAddress? Pick(string list, bool leftmost)
    {
        IPAddress? last = null;
        foreach (var item in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (AddressText.Read(item) is not { } address) continue;
            if (leftmost) return address;
            last = address;
        }
        return last;
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
