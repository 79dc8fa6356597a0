using System.Text.Json;
using Hearth.Basics;
using Hearth.Features.Accounts.Factors;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Resources.Audit;
using Hearth.Schema;

namespace Hearth.Features.Accounts.Passkeys;

/// <summary>
/// Passkeys (WebAuthn): two requests to add one, two to sign in with one, alone or as second factor. Listing, renaming and removing is the records API of
/// <c>_passkeys</c>. Tables: <c>_passkeys</c>, <c>_usedChallenges</c>.
/// </summary>
internal sealed class PasskeyRoutes
{
    private const int MostNameCharacters = 100;
    private static readonly Fault Off = Fault.Forbidden("accounts.no_passkeys", "The collection is not configured to allow passkeys.");
    private static readonly Fault Ended = Fault.BadRequest("accounts.challenge_ended", "The challenge is not valid or has ended.");
    private static readonly Fault NotAdded = Fault.BadRequest("accounts.passkey_refused", "The passkey could not be verified.");
    private static readonly Fault NotSignedIn = Fault.BadRequest("accounts.passkey_refused", "Failed to authenticate.");

    private static readonly RouteContract Options = RouteContract
        .Gives(Shape.Object("", ("options", Shape.Object("For navigator.credentials.")), ("ceremony", Shape.Text("Send it back with what the browser made."))), "Options.")
        .AsksFields();

    private static readonly (string, Shape)[] Answer = [("ceremony", Shape.Text("From the options.")), ("credential", Shape.Object("What the browser made."))];

    private readonly FeatureSetup setup;
    private readonly SignIn signIn;
    private readonly FreshProof proof;
    private readonly PasskeyUse use;
    private readonly RecordReader reader = new();

    private PasskeyRoutes(FeatureSetup setup, SignIn signIn) => (this.setup, this.signIn, proof, use) = (setup, signIn, new FreshProof(setup), new PasskeyUse(setup));

    public static void Map(FeatureSetup setup, SignIn signIn)
    {
        var routes = new PasskeyRoutes(setup, signIn);
        Map("passkeys/begin", Guard.SameCollection, [], Options.Takes(Shape.Object("", ("password?", Shape.Text("Where the sign-in is not fresh.")))), "Options for a browser to make a passkey for the caller.", routes.BeginCreateAsync);
        Map("passkeys/finish", Guard.SameCollection, [], RouteContract.Gives(Shape.Object("The record of _passkeys."), "The passkey.").AsksFields().TakesJson(Shape.Object("", [.. Answer, ("name?", Shape.Text())])), "Checks and keeps the passkey that a browser made.", routes.FinishCreateAsync);
        Map("passkeys/challenge", Guard.None, ["authWithPasskey", "auth"], Options.Takes(Shape.Object("", ("mfaId?", Shape.Text("From the first factor.")))), "Options for a browser to ask for a passkey.", routes.BeginGetAsync);
        Map("auth-with-passkey", Guard.None, ["authWithPasskey", "auth"], SignInContract.Of(Answer), "Signs in with a passkey and answers with a token and the record.", routes.FinishGetAsync);

        void Map(string path, Guard guard, IReadOnlyList<string> tags, RouteContract contract, string summary, Func<Exchange, Collection, PasskeyOptions, RequestBody, ValueTask<Fault?>> answer) => setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = AccountsFeature.Path + path,
            Guard = guard,
            Tags = tags,
            Summary = summary,
            Contract = contract,
            Handler = exchange => AccountsFeature.InCollection(exchange, async (e, collection) =>
            {
                if (collection.Auth is not { Passkeys: { Enabled: true } options }) return Off;
                return (await e.ReadBodyAsync()).Failed(out var fault, out var body) ? fault : await answer(e, collection, options, body);
            }),
        });
    }

    private async ValueTask<Fault?> BeginCreateAsync(Exchange exchange, Collection collection, PasskeyOptions options, RequestBody body)
    {
        if ((await proof.CheckAsync(exchange, body)).Failed(out var fault, out var owner)) return fault;
        using var verifier = new PasskeyVerifier(setup, exchange, collection, options);
        var (json, state) = await verifier.BeginCreateAsync(owner);
        return await SendAsync(exchange, collection, json, new Ceremony("create", collection.Id, owner.Id, state, Ends()));
    }

    private async ValueTask<Fault?> FinishCreateAsync(Exchange exchange, Collection collection, PasskeyOptions options, RequestBody body)
    {
        if (Read(body, collection, "create").Failed(out var fault, out var given)) return fault;
        if (body.ReadText("name").Failed(out fault, out var name)) return fault;
        if (name.Length > MostNameCharacters) return Fault.BadRequest("accounts.invalid", null, new FaultMap().Add("name", FieldFault.InvalidValue));
        if (given.Ceremony.RecordId != exchange.Caller.Id) return Ended;
        if (await setup.Records.FindAsync(collection, exchange.Caller.Id, exchange.Stop) is not { } owner) return Fault.NotFound("accounts.not_found");
        using var verifier = new PasskeyVerifier(setup, exchange, collection, options);
        var (passkey, reason) = await verifier.FinishCreateAsync(given.Credential.GetRawText(), given.Ceremony.State);
        if (passkey is null) return NotAdded.Because(reason);
        if (name.Length == 0) name = "Passkey";
        if ((await use.AddAsync(exchange.Schema, owner, given.Ceremony, passkey, name, Entry(exchange, owner, "factor.added"), exchange.Stop)).Failed(out fault, out var row)) return fault;
        var json = exchange.StartJson();
        using (var session = await setup.Engine.ReadAsync(exchange.Stop))
        {
            session.Follow(exchange.Journey);
            if (await reader.WriteRecordAsync(session, row, json, new ReadRequest(exchange.Schema, exchange.Facts, null), exchange.Stop) is { } unwritten) return unwritten;
        }
        return await exchange.SendJsonAsync();
    }

    private async ValueTask<Fault?> BeginGetAsync(Exchange exchange, Collection collection, PasskeyOptions options, RequestBody body)
    {
        // Whoever has shown a first factor may be asked for one of their own keys, also for one that knows no names.
        var owner = await SecondFactor.OwnerAsync(setup.Engine, exchange, collection, SecondFactor.IdOf(exchange, new SignInProof("passkey", body.Values)));
        using var verifier = new PasskeyVerifier(setup, exchange, collection, options);
        var (json, state) = await verifier.BeginGetAsync(owner);
        return await SendAsync(exchange, collection, json, new Ceremony("get", collection.Id, owner?.Id ?? "", state, Ends()));
    }

    private async ValueTask<Fault?> FinishGetAsync(Exchange exchange, Collection collection, PasskeyOptions options, RequestBody body)
    {
        if (Read(body, collection, "get").Failed(out var fault, out var given)) return fault;
        using var verifier = new PasskeyVerifier(setup, exchange, collection, options);
        var (owner, passkey, reason) = await verifier.FinishGetAsync(given.Credential.GetRawText(), given.Ceremony.State);
        if (owner is null || passkey is null) return await signIn.FailedAsync(exchange, collection, null, "passkey", NotSignedIn.Because(reason));
        if (await use.UseAsync(exchange.Schema, owner, given.Ceremony, passkey, Entry(exchange, owner, "passkey.counterWentBack"), exchange.Stop) is { } refused)
        {
            return await signIn.FailedAsync(exchange, collection, owner, "passkey", refused);
        }
        return await signIn.CompleteAsync(exchange, owner, new SignInProof("passkey", body.Values) { IsStrong = PasskeyVerifier.IsUserVerified(given.Credential) });
    }

    private Outcome<(Ceremony Ceremony, JsonElement Credential)> Read(RequestBody body, Collection collection, string kind)
    {
        if (body.ReadText("ceremony").Failed(out var fault, out var text)) return fault;
        if (body.Find("credential") is not { ValueKind: JsonValueKind.Object } credential) return Fault.BadRequest("accounts.invalid", "An error occurred while validating the submitted data.", new FaultMap().Add("credential", FieldFault.Required));
        return Ceremony.Open(text, collection, kind, setup.Clock.GetUtcNow()) is { } ceremony ? (ceremony, ShownCredential.Of(credential)) : Ended;
    }

    private long Ends() => (setup.Clock.GetUtcNow() + Ceremony.Time).ToUnixTimeSeconds();

    private static async ValueTask<Fault?> SendAsync(Exchange exchange, Collection collection, string options, Ceremony ceremony)
    {
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WritePropertyName("options"u8);
        json.WriteRawValue(options);
        json.WriteString("ceremony"u8, ceremony.Seal(collection));
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    private static AuditEntry Entry(Exchange exchange, Record owner, string action) =>
        AuditEntry.Of(action, exchange.Facts, owner.Collection.Name, owner.Id) with { Details = new() { ["factor"] = "passkey" } };
}
