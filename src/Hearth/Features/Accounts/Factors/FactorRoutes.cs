using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Records;
using Hearth.Resources.Audit;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.Factors;

/// <summary>
/// Second factors of an account: an authenticator app (TOTP) and recovery codes. Adding and removing them needs a fresh proof; using one needs the
/// <c>mfaId</c> of the first factor. Tables: <c>_totps</c>, <c>_recoveryCodes</c>, <c>_attempts</c>.
/// </summary>
internal static class FactorRoutes
{
    private const int MostCharacters = 100;
    private static readonly Fault Off = Fault.Forbidden("accounts.no_totp", "The collection is not configured to allow authenticator apps.");
    private static readonly Fault NoSession = Fault.BadRequest("accounts.mfa_ended", "Invalid or expired MFA session.");

    public static void Map(FeatureSetup setup, SignIn signIn)
    {
        setup.Seals(FactorTables.Totps, "secret");
        var (totp, recovery, proof) = (new TotpFactor(setup), new RecoveryFactor(setup), new FreshProof(setup));
        Own("totp/begin", Gives(("secret", Shape.Text()), ("uri", Shape.Text()), ("qr", Shape.Text("A picture as a data address."))), "Makes the secret of a new authenticator app and answers with it as text, address and picture.", (e, owner, _) => BeginAsync(e, owner, totp));
        Own("totp/remove", RouteContract.GivesNothing("It is gone."), "Removes the authenticator app.", async (e, owner, _) =>
            await totp.RemoveAsync(e.Schema, owner, Entry(e, owner, "factor.removed", "totp"), e.Stop) ? await e.NoContent() : Fault.NotFound("accounts.no_factor"));
        Own("recovery-codes", Gives(("codes", Shape.ListOf(Shape.Text()))), "Makes ten new recovery codes, which void the old ones, and shows them this once.", (e, owner, _) => ShowCodesAsync(e, owner, recovery));
        Map("totp/confirm", Guard.SameCollection, [], RouteContract.GivesNothing("It is confirmed.").Takes(Shape.Object("", ("code", Shape.Text()))), "Confirms a new authenticator app by its first code.", async (e, _, body) =>
        {
            if (ReadCode(body).Failed(out var fault, out var code)) return fault;
            if (await setup.Records.FindAsync(e.Caller.Collection!, e.Caller.Id, e.Stop) is not { } owner) return Fault.NotFound("accounts.not_found"); // the guard has seen it
            return await totp.ConfirmAsync(e.Schema, owner, code, Entry(e, owner, "factor.added", "totp"), e.Stop) ?? await e.NoContent();
        });
        Second("auth-with-totp", "totp", "authWithTOTP", "Finishes a sign-in with the code of an authenticator app.", totp.UseAsync);
        Second("auth-with-recovery-code", "recovery", "authWithRecoveryCode", "Finishes a sign-in with a recovery code.", recovery.UseAsync);

        void Own(string path, RouteContract contract, string summary, Func<Exchange, Record, RequestBody, ValueTask<Fault?>> answer) =>
            Map(path, Guard.SameCollection, [], contract.Takes(Shape.Object("", ("password?", Shape.Text("Where the sign-in is not fresh.")))), summary, async (e, collection, body) =>
            {
                if (!IsOn(path, collection)) return Off;
                return (await proof.CheckAsync(e, body)).Failed(out var fault, out var owner) ? fault : await answer(e, owner, body);
            });

        void Second(string path, string method, string tag, string summary, Func<SchemaSnapshot, Record, string, CancellationToken, Task<Fault?>> use) =>
            Map(path, Guard.None, [tag, "auth"], SignInContract.Of(("code", Shape.Text())), summary, async (e, collection, body) =>
            {
                if (!IsOn(path, collection)) return Off;
                if (ReadCode(body).Failed(out var fault, out var code)) return fault;
                var shown = new SignInProof(method, body.Values);
                if (await SecondFactor.OwnerAsync(setup.Engine, e, collection, SecondFactor.IdOf(e, shown)) is not { } owner) return NoSession;
                if (await use(e.Schema, owner, code, e.Stop) is { } wrong) return await signIn.FailedAsync(e, collection, owner, method, wrong);
                return await signIn.CompleteAsync(e, owner, shown);
            });

        void Map(string path, Guard guard, IReadOnlyList<string> tags, RouteContract contract, string summary, Func<Exchange, Collection, RequestBody, ValueTask<Fault?>> answer) => setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = AccountsFeature.Path + path,
            Guard = guard,
            Tags = tags,
            Summary = summary,
            Contract = contract,
            Handler = exchange => AccountsFeature.InCollection(exchange, async (e, collection) =>
                (await e.ReadBodyAsync()).Failed(out var fault, out var body) ? fault : await answer(e, collection, body)),
        });
    }

    private static RouteContract Gives(params (string Name, Shape Shape)[] members) => RouteContract.Gives(Shape.Object("", members), "What only the owner sees.").AsksFields();

    // Recovery codes stand beside any factor that can be lost.
    private static bool IsOn(string path, Collection collection) =>
        collection.Auth is { } auth && (auth.Totp.Enabled || (auth.Passkeys.Enabled && path.Contains("recovery", StringComparison.Ordinal)));

    private static Outcome<string> ReadCode(RequestBody body)
    {
        if (body.ReadText("code").Failed(out var fault, out var code)) return fault;
        code = code.Trim();
        if (code.Length is > 0 and <= MostCharacters) return code;
        var wrong = code.Length == 0 ? FieldFault.Required : FieldFault.InvalidValue;
        return Fault.BadRequest("accounts.invalid", "An error occurred while validating the submitted data.", new FaultMap().Add("code", wrong));
    }

    private static async ValueTask<Fault?> BeginAsync(Exchange exchange, Record owner, TotpFactor totp)
    {
        var secret = await totp.BeginAsync(exchange.Schema, owner, exchange.Stop);
        var account = owner.GetText("email") is { Length: > 0 } email ? email : owner.Id;
        var address = Totp.Address(secret, exchange.Parts.Settings.Current.Meta.AppName, account);
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteString("secret"u8, secret);
        json.WriteString("uri"u8, address);
        json.WriteString("qr"u8, QrCode.DataUrl(address));
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    private static async ValueTask<Fault?> ShowCodesAsync(Exchange exchange, Record owner, RecoveryFactor recovery)
    {
        var codes = await recovery.RenewAsync(exchange.Schema, owner, Entry(exchange, owner, "factor.added", "recovery"), exchange.Stop);
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteStartArray("codes"u8);
        foreach (var code in codes) json.WriteStringValue(code);
        json.WriteEndArray();
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    private static AuditEntry Entry(Exchange exchange, Record owner, string action, string factor) =>
        AuditEntry.Of(action, exchange.Facts, owner.Collection.Name, owner.Id) with { Details = new() { ["factor"] = factor } };
}
