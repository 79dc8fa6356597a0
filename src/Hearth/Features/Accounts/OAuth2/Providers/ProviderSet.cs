using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>The sign-in services of collections: how they are reached and what they tell. One object for an app; owns the connections to them.</summary>
internal sealed class ProviderSet : IDisposable
{
    private readonly ProviderHttp http = new();
    private readonly OpenIdDocuments documents;
    private readonly CodeExchange codes;
    private readonly PersonReader people;

    public ProviderSet(TimeProvider clock)
    {
        documents = new OpenIdDocuments(http, clock);
        codes = new CodeExchange(http, clock);
        people = new PersonReader(http, new IdentityTokens(documents, clock));
    }

    /// <summary>
    /// A service as it is set up; null when it cannot be used. Asks the network only where a discovery document is wanted that is not known yet, and waits
    /// for it no longer than <paramref name="stop"/>.
    /// </summary>
    public async ValueTask<Provider?> FindAsync(OAuth2Provider options, CancellationToken stop)
    {
        if (ProviderTable.Find(options.Name) is not { } definition || ProviderExtras.Parse(options.ExtraJson).Failed(out _, out var extras)) return null;
        var document = definition.IsOpenId && extras.DiscoveryUrl.Length > 0 ? await documents.FindAsync(extras.DiscoveryUrl, stop) : null;
        var provider = new Provider(definition, options, extras, document);
        return provider.IsComplete && (document is not null || extras.DiscoveryUrl.Length == 0 || !definition.IsOpenId) ? provider : null;
    }

    /// <summary>Exchanges a code for a token.</summary>
    public ValueTask<Outcome<TokenGrant>> ExchangeAsync(Provider provider, BroughtCode brought, CancellationToken stop) => codes.ExchangeAsync(provider, brought, stop);

    /// <summary>The person to whom a token belongs.</summary>
    public ValueTask<Outcome<Person>> ReadAsync(Provider provider, TokenGrant grant, CancellationToken stop) => people.ReadAsync(provider, grant, stop);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
