using System.Collections.Immutable;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>A sign-in service as a collection has set it up: what is known of it, laid under by its discovery document, laid over by the options.</summary>
internal sealed record Provider(ProviderDefinition Definition, OAuth2Provider Options, ProviderExtras Extras, OpenIdDocument? Document)
{
    public string Name => Options.Name;

    public string DisplayName => First(Options.DisplayName, SignInServices.Find(Name)?.DisplayName, Name);

    public string AuthUrl => First(Options.AuthUrl, Document?.AuthUrl, Definition.AuthUrl);

    public string TokenUrl => First(Options.TokenUrl, Document?.TokenUrl, Definition.TokenUrl);

    public string UserUrl => First(Options.UserInfoUrl, Document?.UserUrl, Definition.UserUrl);

    public string JwksUrl => First(Extras.JwksUrl, Document?.JwksUrl, Definition.Identity?.JwksUrl);

    /// <summary>Issuers whose identity tokens count; empty for any.</summary>
    public ImmutableArray<string> Issuers => Extras.Issuers.Length > 0 ? Extras.Issuers : First(Document?.Issuer, Definition.Identity?.Issuer) is { Length: > 0 } issuer ? [issuer] : [];

    public bool Pkce => Options.Pkce ?? Definition.Pkce;

    public bool UsesBasic => Document?.UsesBasic ?? Definition.UsesBasic;

    /// <summary>What is asked for.</summary>
    public ImmutableArray<string> Scopes
    {
        get
        {
            var scopes = Extras.Scopes.Length > 0 ? Extras.Scopes : Definition.Scopes;
            // Microsoft sends an identity token only when it is asked for one.
            return ReadsMicrosoftToken ? [.. scopes.Union(["openid", "email", "profile"])] : scopes;
        }
    }

    /// <summary>Microsoft's address is to be read from its identity token.</summary>
    public bool ReadsMicrosoftToken => Name == "microsoft" && Extras.EmailClaim.Length > 0;

    /// <summary>True when the service can be used: its addresses are known and it is registered with it.</summary>
    public bool IsComplete => Options.ClientId.Length > 0 && AuthUrl.Length > 0 && TokenUrl.Length > 0;

    private static string First(params ReadOnlySpan<string?> choices)
    {
        foreach (var choice in choices)
        {
            if (!string.IsNullOrEmpty(choice)) return choice;
        }
        return "";
    }
}
