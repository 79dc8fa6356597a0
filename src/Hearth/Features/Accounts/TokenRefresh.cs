using Hearth.Basics;
using Hearth.Features.Accounts.Sessions;
using Hearth.Http;
using Hearth.Resources.Tokens;
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
        if (!setup.Tokens.TryRead(exchange.Token, out var claims) || !claims.Refreshable) return await signIn.SendAsync(exchange, record, exchange.Token);
        var continued = await new SessionRefresh(setup.Engine, setup.Clock).ContinueAsync(exchange, record, claims, exchange.Stop);
        if (continued.Failed(out var ended, out var generation)) return ended;
        return await signIn.SendAsync(exchange, record, setup.Tokens.Issue(collection, TokenKind.Auth, record.Id, record.GetText("tokenKey"), sessionId: claims.SessionId, generation: generation));
    }
}
