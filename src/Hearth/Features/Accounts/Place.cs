using System.Security.Cryptography;
using System.Text;
using Hearth.Http;

namespace Hearth.Features.Accounts;

/// <summary>From where somebody signs in.</summary>
/// <param name="Address">Client address as text; empty when there is none.</param>
/// <param name="Agent">What the client calls itself (<c>User-Agent</c>), at most 200 characters and <c>...</c>.</param>
internal sealed record Place(string Address, string Agent)
{
    private const int MostCharacters = 200;

    /// <summary>The place of a request.</summary>
    public static Place Of(Exchange exchange)
    {
        var agent = exchange.Http.Request.Headers.UserAgent.ToString();
        if (agent.Length > MostCharacters) agent = agent[..MostCharacters] + "...";
        return new Place(ClientAddress.Text(ClientAddress.Of(exchange.Http, exchange.Parts.Settings.Current.TrustedProxy)), agent);
    }

    /// <summary>One text for one place: the MD5 of both in hexadecimal (contract 7.9). It tells places apart and protects nothing.</summary>
    public string Fingerprint => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(Address + Agent)));
}
