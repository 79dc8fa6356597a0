using System.Collections.Immutable;
using Hearth.Data;
using Hearth.Planning;
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

        if (await RowAsync(schema, collection, claims.RecordId, stop) is not { } row) return null;
        var (tokenKey, secret) = (row[collection.OrdinalOf("tokenKey")].AsText, kind.OptionsOf(auth).Secret);
        if (known is null || known.TokenKey != tokenKey || known.Secret != secret)
        {
            if (!await signer.VerifyAsync(token, claims, collection, tokenKey)) return null;
            verified.Remember(token, new VerifiedTokens.Entry(claims, tokenKey, secret));
        }
        return (Caller.Of(collection, row), claims);
    }

    // Straight from the row: a record object would hold every value twice, and this is on the way of every request.
    private async ValueTask<FieldValue[]?> RowAsync(SchemaSnapshot schema, Collection collection, string id, CancellationToken stop)
    {
        var columns = schema.Derive<WholeRow>(collection, static c => new([.. c.Fields.Select(field => new OutputColumn(field))])).Columns;
        var from = new BaseSource(collection);
        using var session = await engine.ReadOnceAsync(stop);
        using var rows = await session.QueryAsync(new ReadPlan { From = from, Columns = columns, Where = new IdIn(from, [id]), Limit = 1 }, stop);
        return await rows.NextAsync(stop) ? RowValues.Read(rows, collection.Fields) : null;
    }

    private sealed record WholeRow(ImmutableArray<OutputColumn> Columns);
}
