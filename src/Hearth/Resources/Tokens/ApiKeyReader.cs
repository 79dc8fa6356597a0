using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Resources.Tokens;

/// <summary>Finds out who shows an API key. Key and record are read each time, so that a removed key has ended at once, on every node.</summary>
internal sealed class ApiKeyReader(Engine engine, TokenSigner signer, LastUse use)
{
    /// <summary>The record that a key acts for, held to the key's scope; null when the key is not good for anything.</summary>
    public ValueTask<(Caller Caller, TokenClaims Claims)?> FindAsync(string key, SchemaSnapshot schema, CancellationToken stop) => FindByHashAsync(ApiKeyText.HashOf(key), schema, stop);

    /// <summary>The same by what is stored of a key.</summary>
    public async ValueTask<(Caller Caller, TokenClaims Claims)?> FindByHashAsync(string hash, SchemaSnapshot schema, CancellationToken stop)
    {
        if (schema.Find(FactorTables.ApiKeys) is not { } table) return null;
        using var session = await engine.ReadAsync(stop);
        if (await RowAsync(session, table, from => new Compare(new Column(from, FieldOf(table, "hash")), CompareOperator.Equal, new Literal(FieldValue.Text(hash)), Any: true), stop) is not { } row) return null;
        var ends = row[table.OrdinalOf("expires")].AsText;
        var expires = Basics.DateText.TryParse(ends, out var date) ? date : DateTimeOffset.MaxValue;
        var claims = new TokenClaims(TokenKind.Auth, row[table.OrdinalOf("recordRef")].AsText, row[table.OrdinalOf("collectionRef")].AsText, expires);
        if (signer.HasEnded(claims)) return null;
        if (schema.Find(claims.CollectionId) is not { Auth.ApiKeys.Enabled: true } collection || collection.Id != claims.CollectionId) return null;
        if (await RowAsync(session, collection, from => new IdIn(from, [claims.RecordId]), stop) is not { } owner) return null;
        if (!await MaySignInAsync(session, schema, collection, claims.RecordId, stop)) return null;
        use.Note(FactorTables.ApiKeys, row[table.OrdinalOf("id")].AsText);
        return (Caller.Of(collection, owner, ScopeJson.Read(row[table.OrdinalOf("scope")].AsJson)), claims);
    }

    // Who may not sign in any more must not go on by a key.
    private async ValueTask<bool> MaySignInAsync(ReadSession session, SchemaSnapshot schema, Collection collection, string id, CancellationToken stop)
    {
        if (collection.Auth?.AuthRule is not { } rule) return false;
        if (rule.Length == 0) return true;
        var facts = RequestFacts.None with { Caller = Caller.Guest, Now = signer.Now };
        return !new Planner(schema, facts).One(collection, id, rule).Failed(out _, out var plan) && await session.AnyAsync(plan, stop);
    }

    private static async ValueTask<FieldValue[]?> RowAsync(ReadSession session, Collection collection, Func<BaseSource, Filter> where, CancellationToken stop)
    {
        var from = new BaseSource(collection);
        using var rows = await session.QueryAsync(new ReadPlan { From = from, Columns = [.. collection.Fields.Select(field => new OutputColumn(field))], Where = where(from), Limit = 1 }, stop);
        return await rows.NextAsync(stop) ? RowValues.Read(rows, collection.Fields) : null;
    }

    private static Field FieldOf(Collection table, string name) => table.Fields[table.OrdinalOf(name)];
}
