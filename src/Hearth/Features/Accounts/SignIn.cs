using System.Text.Json.Nodes;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Features.Accounts.Sessions;
using Hearth.Features.Accounts.Mails;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Resources.Audit;
using Hearth.Resources.Tokens;
using Hearth.Schema;

namespace Hearth.Features.Accounts;

/// <summary>
/// What every way of signing in ends with (contract 7.2): the collection's own conditions, a second factor where one is due, what is kept of the sign-in,
/// then a token and the record. Nothing else makes tokens for who proved something.
/// </summary>
internal sealed class SignIn(FeatureSetup setup, AlertMail alerts)
{
    private readonly RecordReader reader = new();
    private readonly SecondFactor second = new(setup);
    private readonly KnownPlaces places = new(setup);
    private readonly SessionStart sessions = new(setup.Clock);

    /// <summary>
    /// Finishes a sign-in whose proof holds. Answers 200 with token and record, or 401 with <c>mfaId</c> when another factor must follow (contract 7.8).
    /// Faults: 403 outside of the superusers' networks or the collection's <c>authRule</c>, 400 for what is wrong with the sent <c>mfaId</c>.
    /// </summary>
    public async ValueTask<Fault?> CompleteAsync(Exchange exchange, Record record, SignInProof proof)
    {
        var facts = exchange.FactsWith(proof.Body, proof.Method);
        if (await CheckAsync(exchange, record, facts) is { } refused) return refused;
        var due = !proof.IsStrong && await second.IsDueAsync(exchange, record, facts) && !await second.IsRememberedAsync(exchange, record, proof);
        var mfaId = due ? SecondFactor.IdOf(exchange, proof) : "";
        if (due && mfaId.Length == 0) return await second.AskAsync(exchange, record, proof);

        var place = Place.Of(exchange);
        var sessionId = "";
        var kept = await setup.Engine.WriteAsync<Outcome<bool>>(
            async session =>
            {
                session.Follow(exchange.Journey);
                if (due && await SecondFactor.FinishAsync(session, exchange, mfaId, record, proof) is { } wrong) return wrong;
                sessionId = await sessions.BeginAsync(session, exchange, record, proof.Method, exchange.Stop);
                var entry = AuditEntry.Of("signin.succeeded", exchange.Facts, record.Collection.Name, record.Id) with { Details = Details(proof, due) };
                if (await session.ExecuteAsync(setup.Audit.Plan(entry), exchange.Stop) is { } refused) throw new DataException(refused);
                if (await places.NoteAsync(session, exchange.Schema, record, place, exchange.Stop)) await alerts.OrderAsync(session, exchange, record, place);
                return true;
            },
            static kept => !kept.Failed(out _),
            exchange.Stop);
        if (kept.Failed(out var fault)) return fault;
        return await SendAsync(exchange, record, setup.Tokens.Issue(record.Collection, TokenKind.Auth, record.Id, record.GetText("tokenKey"), sessionId: sessionId), proof, due || proof.IsStrong ? second.DeviceToken(record) : null);
    }

    /// <summary>
    /// Notes a proof that does not hold, and returns the fault to answer with. Also called when there is no such account, so that both take the same time.
    /// </summary>
    public async ValueTask<Fault> FailedAsync(Exchange exchange, Collection collection, Record? record, string method, Fault fault)
    {
        var entry = AuditEntry.Of("signin.failed", exchange.Facts, collection.Name, record?.Id ?? "") with { Details = new JsonObject { ["method"] = method }, Bounded = true };
        await setup.Audit.NoteAsync(entry, exchange.Stop);
        return fault;
    }

    /// <summary>Whether the record may sign in at all: superuser networks, then the collection's <c>authRule</c>.</summary>
    public async ValueTask<Fault?> CheckAsync(Exchange exchange, Record record, RequestFacts facts)
    {
        if (record.Collection.Name == Caller.SuperusersCollection && !SuperuserNetworks.Allow(exchange.Http, exchange.Parts.Settings.Current)) return Fault.Forbidden("superusers.network");
        if (exchange.Caller.IsSuperuser || await SatisfiesAsync(setup.Engine, exchange, record, record.Collection.Auth?.AuthRule, facts)) return null;
        return Fault.Forbidden("accounts.auth_rule", "The request doesn't satisfy the collection requirements to authenticate.");
    }

    /// <summary>Answers with a token and the record.</summary>
    public async ValueTask<Fault?> SendAsync(Exchange exchange, Record record, string token, SignInProof? proof = null, string? deviceToken = null)
    {
        var collection = record.Collection;
        // From here on the record itself looks at the answer: it sees its own address, and superusers see hidden fields.
        var facts = exchange.Facts with { Caller = Caller.Of(collection, record.Values) };
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WritePropertyName("record"u8);
        using (var session = await setup.Engine.ReadAsync(exchange.Stop))
        {
            session.Follow(exchange.Journey);
            var request = new ReadRequest(exchange.Schema, facts, ExpandTree.Parse(exchange.Query("expand")));
            if (await reader.WriteRecordAsync(session, record, json, request, exchange.Stop) is { } fault) return fault;
        }
        json.WriteString("token"u8, token);
        if (deviceToken is not null) json.WriteString("deviceToken"u8, deviceToken);
        if (proof?.Meta is { } meta)
        {
            json.WritePropertyName("meta"u8);
            meta(json);
        }
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    private static JsonObject Details(SignInProof proof, bool second)
    {
        var details = new JsonObject { ["method"] = proof.Method };
        if (second) details["secondFactor"] = true;
        if (proof.IsNew) details["signUp"] = true;
        return details;
    }

    /// <summary>Whether a rule of the collection (null: never, empty: always) holds for the stored record.</summary>
    /// <param name="engine">Where the record is.</param>
    /// <param name="exchange">The request.</param>
    /// <param name="record">The record.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="facts">What the rule can ask.</param>
    /// <param name="unclear">The answer when the rule cannot be understood any more, as after a collection that it names was removed.</param>
    public static async ValueTask<bool> SatisfiesAsync(Engine engine, Exchange exchange, Record record, string? rule, RequestFacts facts, bool unclear = false)
    {
        if (rule is null) return false;
        if (rule.Length == 0) return true;
        // Superusers skip rules, and this one asks about the record, not about who asks.
        var asking = facts.Caller.IsSuperuser ? facts with { Caller = Caller.Guest } : facts;
        var plan = new Planner(exchange.Schema, asking).One(record.Collection, record.Id, rule);
        if (plan.Failed(out _)) return unclear;
        using var session = await engine.ReadAsync(exchange.Stop);
        session.Follow(exchange.Journey);
        return await session.AnyAsync(plan.Value, exchange.Stop);
    }
}
