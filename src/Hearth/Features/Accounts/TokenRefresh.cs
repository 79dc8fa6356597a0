using Hearth.Basics;
using Hearth.Http;
using Hearth.Schema;

namespace Hearth.Features.Accounts;

/// <summary>Exchanging a token for a newer one (contract 7.5).</summary>
internal static class TokenRefresh
{
    public static async ValueTask<Fault?> AnswerAsync(Exchange exchange, Collection collection, FeatureSetup setup, SignIn signIn)
    {
        if (await setup.Records.FindAsync(collection, exchange.Caller.Id, exchange.Stop) is not { } record) return Fault.NotFound("accounts.not_found");
        if (await signIn.CheckAsync(exchange, record, exchange.Facts) is { } refused) return refused;
        // A token that was made to last only once is handed back as it is.
        var kept = setup.Tokens.TryRead(exchange.Token, out var claims) && !claims.Refreshable;
        return await signIn.SendAsync(exchange, record, kept ? exchange.Token : null);
    }
}
