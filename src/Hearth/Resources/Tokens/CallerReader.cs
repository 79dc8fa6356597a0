using System.Collections.Immutable;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Resources.Tokens;

/// <summary>Finds out who shows a token. The record is read each time, so that a changed key, record or secret counts at once.</summary>
public sealed class CallerReader(Engine engine, TokenSigner signer)
{
    /// <summary>The record that a token of one kind speaks for, with what the token says; null when it is not good for anything.</summary>
    public async ValueTask<(Caller Caller, TokenClaims Claims)?> FindAsync(string token, TokenKind kind, SchemaSnapshot schema, CancellationToken stop)
    {
        if (!signer.TryRead(token, out var claims) || claims.Kind != kind) return null;
        if (schema.Find(claims.CollectionId) is not { Type: CollectionType.Auth } collection || collection.Id != claims.CollectionId) return null;
        using var session = await engine.ReadAsync(stop);
        if (await StoredRows.FindAsync(session, collection, claims.RecordId, stop) is not { } record) return null;
        if (!await signer.VerifyAsync(token, claims, collection, record.GetText("tokenKey"))) return null;
        return (Caller.Of(collection, record.Values), claims);
    }
}
