using Hearth.Basics;
using Hearth.Http.Contracts;
using Hearth.Resources.Tokens;

namespace Hearth.Http;

/// <summary>Gives who asks a token of another kind than the one they came with. It ends with their session, and is held to what their API key is held to.</summary>
internal static class TokenAnswer
{
    /// <summary>What is sent, for the API reference.</summary>
    public static RouteContract Contract { get; } = RouteContract.Gives(Shape.Object("", ("token", Shape.Text())), "The token.").AsksFields();

    /// <summary>Sends <c>{ "token": … }</c>; refused to a guest.</summary>
    public static ValueTask<Fault?> SendAsync(Exchange exchange, TokenSigner tokens, TokenKind kind)
    {
        var caller = exchange.Caller;
        if (caller.Collection is not { } collection) return new(Fault.Unauthorized("caller.guest"));
        var keyHash = ApiKeyText.IsOne(exchange.Token) ? ApiKeyText.HashOf(exchange.Token) : "";
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteString("token"u8, tokens.Issue(collection, kind, caller.Id, caller.Get("tokenKey").AsText, sessionId: exchange.SessionId, keyHash: keyHash));
        json.WriteEndObject();
        return exchange.SendJsonAsync();
    }
}
