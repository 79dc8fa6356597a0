using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Http;
using Hearth.Records;
using Hearth.Schema;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hearth.Features.Accounts.Passkeys;

/// <summary>
/// ASP.NET Core's own WebAuthn verifier for one collection, without the rest of its Identity: it makes the options for the browser and checks what the device
/// answers (WebAuthn level 3, 7.1 and 7.2).
/// </summary>
internal sealed class PasskeyVerifier : IDisposable
{
    private readonly Exchange exchange;
    private readonly PasskeyHandler<Record> handler;
    private readonly UserManager<Record> users;

    public PasskeyVerifier(FeatureSetup setup, Exchange exchange, Collection collection, PasskeyOptions options)
    {
        this.exchange = exchange;
        var place = PasskeyPlace.Of(options, exchange.Parts.Settings.Current);
        users = new UserManager<Record>(
            new PasskeyStore(setup.Engine, exchange.Schema, collection), Options.Create(new IdentityOptions()), new PasswordHasher<Record>(), [], [], new UpperInvariantLookupNormalizer(),
            new IdentityErrorDescriber(), NoServices.Instance, NullLogger<UserManager<Record>>.Instance);
        handler = new PasskeyHandler<Record>(users, Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = place.RpId,
            AuthenticatorTimeout = Ceremony.Time,
            UserVerificationRequirement = options.UserVerification,
            // So that the device itself knows for whom it is, and nobody needs to type a name.
            ResidentKeyRequirement = "required",
            ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && place.Allows(context.Origin)),
        }));
    }

    /// <summary>What the browser needs to make a passkey for a record, and what the check will need.</summary>
    public async Task<(string Options, string State)> BeginCreateAsync(Record owner)
    {
        var name = owner.GetText("email") is { Length: > 0 } email ? email : owner.Id;
        var made = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = owner.Id, Name = name, DisplayName = name }, exchange.Http);
        var json = JsonNode.Parse(made.CreationOptionsJson)!;
        // People see this name when their device asks them.
        json["rp"]!["name"] = exchange.Parts.Settings.Current.Meta.AppName;
        return (json.ToJsonString(), made.AttestationState ?? "");
    }

    /// <summary>What the browser needs to ask for a passkey: any that it knows, or those of one record.</summary>
    public async Task<(string Options, string State)> BeginGetAsync(Record? owner)
    {
        var made = await handler.MakeRequestOptionsAsync(owner, exchange.Http);
        return (made.RequestOptionsJson, made.AssertionState ?? "");
    }

    /// <summary>The new passkey, or null with the reason when what the device answered does not hold.</summary>
    public async Task<(UserPasskeyInfo? Passkey, string Reason)> FinishCreateAsync(string credential, string state)
    {
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = exchange.Http, CredentialJson = credential, AttestationState = state });
        return result.Succeeded ? (result.Passkey, "") : (null, result.Failure.Message);
    }

    /// <summary>Whose passkey it is and its state now, or null with the reason when what the device answered does not hold.</summary>
    public async Task<(Record? Owner, UserPasskeyInfo? Passkey, string Reason)> FinishGetAsync(string credential, string state)
    {
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = exchange.Http, CredentialJson = credential, AssertionState = state });
        return result.Succeeded ? (result.User, result.Passkey, "") : (null, null, result.Failure.Message);
    }

    /// <summary>Whether the device saw that it is its owner: bit 2 of the flags that it signed. Only for a <see cref="ShownCredential"/> that was checked.</summary>
    public static bool IsUserVerified(JsonElement credential)
    {
        const int flagsAt = 32, verified = 1 << 2;
        var signed = Base64Url.DecodeFromChars(credential.GetProperty("response").GetProperty("authenticatorData").GetString());
        return signed.Length > flagsAt && (signed[flagsAt] & verified) != 0;
    }

    public void Dispose() => users.Dispose();

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
