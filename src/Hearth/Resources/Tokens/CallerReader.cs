using System.Collections.Immutable;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Resources.Tokens;

/// <summary>
/// Finds out who shows a token. The record is read each time, so that a changed key, record or secret counts at once; that the token's session is
/// still there is part of the same question.
/// </summary>
public sealed class CallerReader(Engine engine, TokenSigner signer, LastUse use)
{
    private readonly VerifiedTokens verified = new();
    private readonly ApiKeyReader keys = new(engine, signer, use);

    /// <summary>The record that a token of one kind, or an API key, speaks for, with what the token says; null when it is not good for anything.</summary>
    public async ValueTask<(Caller Caller, TokenClaims Claims)?> FindAsync(string token, TokenKind kind, SchemaSnapshot schema, CancellationToken stop)
    {
        if (kind == TokenKind.Auth && ApiKeyText.IsOne(token)) return await keys.FindAsync(token, schema, stop);
        TokenClaims? claims;
        if (verified.TryFind(token, out var known)) claims = known.Claims;
        else if (!signer.TryRead(token, out claims)) return null;
        if (claims.Kind != kind || signer.HasEnded(claims)) return null;
        if (schema.Find(claims.CollectionId) is not { Type: CollectionType.Auth, Auth: { } auth } collection || collection.Id != claims.CollectionId) return null;

        if (await RowAsync(schema, collection, claims, stop) is not { } row) return null;
        var (tokenKey, secret) = (row[collection.OrdinalOf("tokenKey")].AsText, kind.OptionsOf(auth).Secret);
        if (known is null || known.TokenKey != tokenKey || known.Secret != secret)
        {
            if (!await signer.VerifyAsync(token, claims, collection, tokenKey)) return null;
            verified.Remember(token, new VerifiedTokens.Entry(claims, tokenKey, secret));
        }
        if (claims.SessionId.Length > 0) use.Note(FactorTables.Sessions, claims.SessionId);
        if (claims.KeyHash.Length == 0) return (Caller.Of(collection, row), claims);
        // It is held to what its key is held to at this moment, and ends with it.
        return await keys.FindByHashAsync(claims.KeyHash, schema, stop) is { } key && key.Claims.RecordId == claims.RecordId && key.Claims.CollectionId == claims.CollectionId ? (key.Caller, claims) : null;
    }

    // Straight from the row: a record object would hold every value twice, and this is on the way of every request.
    private async ValueTask<FieldValue[]?> RowAsync(SchemaSnapshot schema, Collection collection, TokenClaims claims, CancellationToken stop)
    {
        var columns = schema.Derive<WholeRow>(collection, static c => new([.. c.Fields.Select(field => new OutputColumn(field))])).Columns;
        var from = new BaseSource(collection);
        Filter where = new IdIn(from, [claims.RecordId]);
        if (claims.SessionId.Length > 0)
        {
            if (schema.Find(FactorTables.Sessions) is not { } sessions) return null;
            where = Filter.Both(where, HasSession(from, sessions, collection, claims)) ?? where;
        }
        using var session = await engine.ReadOnceAsync(stop);
        using var rows = await session.QueryAsync(new ReadPlan { From = from, Columns = columns, Where = where, Limit = 1 }, stop);
        return await rows.NextAsync(stop) ? RowValues.Read(rows, collection.Fields) : null;
    }

    /// <summary>There is a session of the id, and it is one of this very record.</summary>
    private static AllOf HasSession(BaseSource from, Collection sessions, Collection collection, TokenClaims claims)
    {
        var row = new IdsSource(sessions, [claims.SessionId], multi: false);
        return new AllOf([Is("recordRef", claims.RecordId), Is("collectionRef", collection.Id)]);

        Compare Is(string field, string value) =>
            new(new Column(row, sessions.Fields[sessions.OrdinalOf(field)]), CompareOperator.Equal, new Literal(FieldValue.Text(value)), Any: true);
    }

    private sealed record WholeRow(ImmutableArray<OutputColumn> Columns);
}
