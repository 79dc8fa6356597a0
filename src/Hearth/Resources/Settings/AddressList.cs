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
            if (AddressText.ReadNetwork(text) is { } network) networks.Add(network);
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
}
