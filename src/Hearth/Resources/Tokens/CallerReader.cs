using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Resources.Tokens;

/// <summary>Finds out who shows a token. The record is read each time, so that a changed key, record or secret counts at once.</summary>
public sealed class CallerReader(Engine engine, TokenSigner signer)
{
    private readonly VerifiedTokens verified = new();

    /// <summary>The record that a token of one kind speaks for, with what the token says; null when it is not good for anything.</summary>
    public async ValueTask<(Caller Caller, TokenClaims Claims)?> FindAsync(string token, TokenKind kind, SchemaSnapshot schema, CancellationToken stop)
    {
        TokenClaims? claims;
        if (verified.TryFind(token, out var known)) claims = known.Claims;
        else if (!signer.TryRead(token, out claims)) return null;
        if (claims.Kind != kind || signer.HasEnded(claims)) return null;
        if (schema.Find(claims.CollectionId) is not { Type: CollectionType.Auth, Auth: { } auth } collection || collection.Id != claims.CollectionId) return null;

        using var session = await engine.ReadAsync(stop);
        if (await StoredRows.FindAsync(session, collection, claims.RecordId, stop) is not { } record) return null;
        var (tokenKey, secret) = (record.GetText("tokenKey"), kind.OptionsOf(auth).Secret);
        if (known is null || known.TokenKey != tokenKey || known.Secret != secret)
        {
            if (!await signer.VerifyAsync(token, claims, collection, tokenKey)) return null;
            verified.Remember(token, new VerifiedTokens.Entry(claims, tokenKey, secret));
        }
        return (Caller.Of(collection, record.Values), claims);
    }
}
