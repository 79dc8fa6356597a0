using System.Text.Json;
using Hearth.Basics;
using Hearth.Features.Accounts.OAuth2.Providers;
using Hearth.Http;
using Hearth.Schema;

namespace Hearth.Features.Accounts.OAuth2;

/// <summary>Signing in with the code of a sign-in service (contract 7.6).</summary>
internal sealed class OAuth2SignIn(FeatureSetup setup, SignIn signIn, ProviderSet providers, AppleNames names, PictureDownload pictures)
{
    private const string NotLoaded = "An error occurred while loading the submitted data.";
    private static readonly object PersonKey = new();
    private readonly LinkedAccounts accounts = new(setup, pictures);

    public async ValueTask<Fault?> AnswerAsync(Exchange exchange, Collection collection)
    {
        if (collection.Auth?.OAuth2 is not { Enabled: true } options) return Fault.Forbidden("accounts.no_oauth2", "The collection is not configured to allow OAuth2 authentication.");
        if ((await exchange.ReadBodyAsync(NotLoaded)).Failed(out var fault, out var body)) return fault;
        if (Read(body, options).Failed(out fault, out var sent)) return fault;
        if ((await MeetAsync(exchange, sent)).Failed(out fault, out var person)) return fault;
        if (AllowList.Check(sent.Options, person) is { } refused) return refused;
        if ((await accounts.FindOrMakeAsync(exchange, collection, new Arrival(sent.Options.Name, person, sent.CreateData))).Failed(out fault, out var account)) return fault;
        return await signIn.CompleteAsync(exchange, account.Record, new SignInProof("oauth2", body.Values)
        {
            IsNew = account.IsNew,
            Meta = json => WriteMeta(json, person, account.IsNew),
        });
    }

    private static Outcome<Sent> Read(RequestBody body, OAuth2Options options)
    {
        if (body.ReadText("provider", NotLoaded).Failed(out var fault, out var name)) return fault;
        if (body.ReadText("code", NotLoaded).Failed(out fault, out var code)) return fault;
        if (body.ReadText("codeVerifier", NotLoaded).Failed(out fault, out var verifier)) return fault;
        if (body.ReadText(body.Find("redirectURL") is null ? "redirectUrl" : "redirectURL", NotLoaded).Failed(out fault, out var redirect)) return fault;
        var data = body.Find("createData");
        if (data is { ValueKind: not JsonValueKind.Object }) return Fault.BadRequest("accounts.invalid", NotLoaded);
        var faults = new FaultMap();
        var provider = options.Providers.FirstOrDefault(provider => provider.Name == name);
        if (name.Length == 0) faults.Add("provider", FieldFault.Required);
        else if (provider is null)
        {
            faults.Add("provider", new FieldFault("validation_invalid_provider", $"Provider with name {name} is missing or is not enabled.", new Dictionary<string, object?> { ["name"] = name }));
        }
        if (code.Length == 0) faults.Add("code", FieldFault.Required);
        if (provider is null || !faults.IsEmpty) return Fault.BadRequest("accounts.invalid", NotLoaded, faults);
        return new Sent(provider, new BroughtCode(code, verifier, redirect), data is { } values ? RequestBody.FromJson(values).Values : RequestBody.Empty.Values);
    }

    // A code is good for once: when the request is run anew because the schema has changed under it, the person is known already.
    private async ValueTask<Outcome<Person>> MeetAsync(Exchange exchange, Sent sent)
    {
        if (exchange.Http.Items.TryGetValue(PersonKey, out var known) && known is Person met) return met;
        using var time = new CancellationTokenSource(ProviderHttp.Limit, setup.Clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(exchange.Stop, time.Token);
        if (await providers.FindAsync(sent.Options, limit.Token) is not { } provider) return NoToken("the service cannot be used as it is set up, or its discovery document cannot be had");
        if ((await providers.ExchangeAsync(provider, sent.Code, limit.Token)).Failed(out var fault, out var grant)) return NoToken(fault.Cause);
        if ((await providers.ReadAsync(provider, grant, limit.Token)).Failed(out fault, out var person))
        {
            return Fault.BadRequest("accounts.oauth2_user", "Failed to fetch OAuth2 user.").Because(fault.Cause ?? "");
        }
        if (names.Take(sent.Code.Code) is { Length: > 0 } name) person = person with { Name = name };
        exchange.Http.Items[PersonKey] = person;
        return person;
    }

    private static Fault NoToken(string? cause) => Fault.BadRequest("accounts.oauth2_token", "Failed to fetch OAuth2 token.").Because(cause ?? "");

    private static void WriteMeta(Utf8JsonWriter json, Person person, bool isNew)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, person.Id);
        json.WriteString("name"u8, person.Name);
        json.WriteString("username"u8, person.Username);
        json.WriteString("email"u8, person.Email);
        json.WriteString("avatarURL"u8, person.AvatarUrl);
        json.WriteString("avatarUrl"u8, person.AvatarUrl);
        json.WriteString("accessToken"u8, person.Grant.AccessToken);
        json.WriteString("refreshToken"u8, person.Grant.RefreshToken);
        json.WriteString("expiry"u8, person.Grant.Expiry is { } expiry ? DateText.Of(expiry) : "");
        json.WritePropertyName("rawUser"u8);
        person.Raw.WriteTo(json);
        json.WriteBoolean("isNew"u8, isNew);
        json.WriteEndObject();
    }

    private sealed record Sent(OAuth2Provider Options, BroughtCode Code, IReadOnlyDictionary<string, JsonElement> CreateData);
}
