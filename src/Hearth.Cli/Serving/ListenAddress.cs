using System.Net;

namespace Hearth.Cli.Serving;

/// <summary>Where to listen, as HOST:PORT.</summary>
/// <param name="Host">An IP address, <c>localhost</c>, or <c>*</c> for every interface.</param>
/// <param name="Port">A port, or 0 for any free one.</param>
internal sealed record ListenAddress(string Host, int Port)
{
    /// <summary>The address as Kestrel takes it.</summary>
    public string Url => $"http://{Host}:{Port}";

    /// <summary>Reads HOST:PORT; null when it is neither.</summary>
    public static ListenAddress? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), out var port)) return null;
        var host = text[..colon];
        if (host.Length == 0) host = "*";
        var isHost = host is "*" or "localhost" || IPAddress.TryParse(host.Trim('[', ']'), out _);
        return isHost ? new ListenAddress(host, port) : null;
    }
}
