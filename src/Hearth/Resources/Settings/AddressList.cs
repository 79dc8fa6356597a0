using System.Net;

namespace Hearth.Resources.Settings;

/// <summary>Addresses and networks from settings, parsed once.</summary>
public sealed class AddressList
{
    private readonly List<IPNetwork> networks = [];

    /// <summary>Parses texts such as <c>203.0.113.9</c> or <c>10.0.0.0/8</c>; what cannot be read matches nothing.</summary>
    public AddressList(IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            if (TryParse(text, out var network)) networks.Add(network);
        }
        IsEmpty = texts.Count == 0;
    }

    /// <summary>Nothing was listed.</summary>
    public bool IsEmpty { get; }

    /// <summary>Whether an address is one of them. IPv4 written as IPv6 counts as IPv4.</summary>
    public bool Contains(IPAddress? address)
    {
        if (address is null) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        foreach (var network in networks)
        {
            if (network.Contains(address)) return true;
        }
        return false;
    }

    /// <summary>Reads an address (a network of one) or a network. Bits behind the prefix are cleared.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        network = default;
        text = text.Trim();
        var slash = text.IndexOf('/');
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address)) return false;
        // The framework also reads "1" and "0x7f.1" as addresses; people mean something else by them.
        if (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && (slash < 0 ? text : text[..slash]).Count(c => c == '.') != 3) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bits = address.GetAddressBytes();
        var length = bits.Length * 8;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out length) || length > bits.Length * 8)) return false;
        for (var i = 0; i < bits.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            bits[i] &= (byte)(0xFF << (8 - kept));
        }
        network = new IPNetwork(new IPAddress(bits), length);
        return true;
    }
}
