using Hearth.Basics;
using Hearth.Data;
using Hearth.Features.Accounts.Factors;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Records.Writing;
using Hearth.Resources.Audit;
using Hearth.Resources.Tokens;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.ApiKeys;

/// <summary>
/// API keys: one route to make one, which shows it this once. Listing and ending them is the records API of <c>_apiKeys</c>; what a key may do is asked
/// wherever a rule is chosen (<see cref="Planning.CallerScope"/>).
/// </summary>
internal static class ApiKeyRoutes
{
    private const int MostNameCharacters = 100;
    private const int Most = 100;
    private static readonly Fault Off = Fault.Forbidden("accounts.no_api_keys", "The collection is not configured to allow API keys.");

    public static void Map(FeatureSetup setup)
    {
        var (proof, reader) = (new FreshProof(setup), new RecordReader());
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = AccountsFeature.Path + "api-keys",
            Guard = Guard.SameCollection,
            Summary = "Makes an API key of the caller with a scope, and shows it this once.",
            Contract = RouteContract
                .Gives(Shape.Object("", ("key", Shape.Text()), ("record", Shape.Object("The record of _apiKeys."))), "The key.")
                .AsksFields()
                .Takes(Shape.Object("", ("name", Shape.Text()), ("scope", Shape.Anything("What it may do; see the guide.")), ("expires?", Shape.Text("A date; never when left out.")), ("password?", Shape.Text("Where the sign-in is not fresh.")))),
            Handler = exchange => AccountsFeature.InCollection(exchange, async (e, collection) =>
            {
                if (collection.Auth is not { ApiKeys.Enabled: true }) return Off;
                // A key must not make others, whatever its scope says: they could outlive it.
                if (e.Caller.Scope is not null) return Fault.Forbidden("caller.out_of_scope");
                if ((await e.ReadBodyAsync()).Failed(out var fault, out var body)) return fault;
                if ((await proof.CheckAsync(e, body)).Failed(out fault, out var owner)) return fault;
                return await MakeAsync(e, setup, owner, body, reader);
            }),
        });
    }

    private static async ValueTask<Fault?> MakeAsync(Exchange exchange, FeatureSetup setup, Record owner, RequestBody body, RecordReader reader)
    {
        if (body.ReadText("name").Failed(out var fault, out var name)) return fault;
        if (body.ReadText("expires").Failed(out fault, out var ends)) return fault;
        var (faults, now) = (new FaultMap(), setup.Clock.GetUtcNow());
        if (name.Length == 0) faults.Add("name", FieldFault.Required);
        else if (name.Length > MostNameCharacters) faults.Add("name", FieldFault.InvalidValue);
        if (ends.Length > 0 && (!DateText.TryParse(ends, out var date) || date <= now)) faults.Add("expires", new FieldFault("validation_date_invalid", "Must be a valid date."));
        var scope = ScopeReader.Read(body.Find("scope"), exchange.Schema, setup.Routes, faults);
        if (!faults.IsEmpty) return Fault.BadRequest("accounts.invalid", "An error occurred while validating the submitted data.", faults);

        var table = exchange.Schema.Find(FactorTables.ApiKeys) ?? throw new InvalidOperationException("There is no collection of API keys.");
        var key = ApiKeyText.New();
        var row = SystemRecords.New(table, owner, now);
        row["name"] = FieldValue.Text(name);
        row["prefix"] = FieldValue.Text(ApiKeyText.BeginningOf(key));
        row["hash"] = FieldValue.Text(ApiKeyText.HashOf(key));
        row["scope"] = FieldValue.Json(scope);
        row["expires"] = FieldValue.Text(DateText.Normalize(ends));
        var insert = row.ToInsert();
        var entry = AuditEntry.Of("apiKey.made", exchange.Facts, owner.Collection.Name, owner.Id) with { Details = new() { ["key"] = row.Id, ["name"] = name } };
        var refused = await setup.Engine.WriteAsync<Fault?>(
            exchange.Schema,
            async session =>
            {
                if ((await SystemRecords.ListAsync(session, table, owner, exchange.Stop)).Count >= Most) return Fault.BadRequest("accounts.too_many_api_keys", $"A record can have at most {Most} API keys.");
                if ((await session.ExecuteAsync(insert, exchange.Stop) ?? await session.ExecuteAsync(setup.Audit.Plan(entry), exchange.Stop)) is { } unkept) throw new DataException(unkept);
                return null;
            },
            static refused => refused is null,
            exchange.Stop);
        if (refused is not null) return refused;

        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        json.WritePropertyName("record"u8);
        using (var reading = await setup.Engine.ReadAsync(exchange.Stop))
        {
            if (await reader.WriteRecordAsync(reading, row, json, new ReadRequest(exchange.Schema, exchange.Facts, null), exchange.Stop) is { } unwritten) return unwritten;
        }
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }
}
