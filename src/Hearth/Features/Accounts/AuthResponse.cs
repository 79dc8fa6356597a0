using Hearth.Basics;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Resources.Tokens;
using Hearth.Schema;

namespace Hearth.Features.Accounts;

/// <summary>What every way of signing in ends with (contract 7.2): the last checks, then a token and the record.</summary>
internal sealed class AuthResponse(TokenSigner tokens, RecordStore records)
{
    private readonly RecordReader reader = new();

    /// <summary>Whether the record may sign in at all: superuser networks, then the collection's <c>authRule</c>, then a second factor.</summary>
    public async ValueTask<Fault?> CheckAsync(Exchange exchange, Record record, RequestFacts facts)
    {
        var collection = record.Collection;
        if (collection.Name == Caller.SuperusersCollection && !SuperuserNetworks.Allow(exchange.Http, exchange.Parts.Settings.Current)) return Fault.Forbidden("superusers.network");
        if (!await SatisfiesRuleAsync(exchange, record, facts)) return Fault.Forbidden("accounts.auth_rule", "The request doesn't satisfy the collection requirements to authenticate.");
        return null;
    }

    /// <summary>Answers with a new token, or with <paramref name="token"/> when one is given.</summary>
    public async ValueTask<Fault?> SendAsync(Exchange exchange, Record record, string? token = null)
    {
        var collection = record.Collection;
        token ??= tokens.Issue(collection, TokenKind.Auth, record.Id, record.GetText("tokenKey"));
        // From here on the record itself looks at the answer: it sees its own address, and superusers see hidden fields.
        var facts = exchange.Facts with { Caller = Caller.Of(collection, record.Values) };
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WritePropertyName("record"u8);
        using (var session = await records.Engine.ReadAsync(exchange.Stop))
        {
            var request = new ReadRequest(exchange.Schema, facts, ExpandTree.Parse(exchange.Query("expand")));
            if (await reader.WriteRecordAsync(session, record, json, request, exchange.Stop) is { } fault) return fault;
        }
        json.WriteString("token"u8, token);
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    private async ValueTask<bool> SatisfiesRuleAsync(Exchange exchange, Record record, RequestFacts facts)
    {
        if (exchange.Caller.IsSuperuser) return true;
        if (record.Collection.Auth?.AuthRule is not { } rule) return false;
        if (rule.Length == 0) return true;
        var plan = new Planner(exchange.Schema, facts).One(record.Collection, record.Id, rule);
        if (plan.Failed(out _)) return false;
        using var session = await records.Engine.ReadAsync(exchange.Stop);
        return await session.AnyAsync(plan.Value, exchange.Stop);
    }
}
