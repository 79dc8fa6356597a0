using Hearth.Basics;
using Hearth.Features.Accounts.OAuth2;
using Hearth.Http;
using Hearth.Schema;

namespace Hearth.Features.Accounts;

/// <summary>How one can sign in to a collection (contract 7.3).</summary>
internal static class AuthMethods
{
    public static async ValueTask<Fault?> AnswerAsync(Exchange exchange, Collection collection, OAuth2Methods services)
    {
        var invitations = await services.ListAsync(collection, exchange.Stop);
        var password = collection.Auth?.PasswordAuth ?? new PasswordAuthOptions { Enabled = false };
        var fields = password.Enabled ? password.IdentityFields : [];
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteStartObject("password"u8);
        json.WriteBoolean("enabled"u8, password.Enabled);
        json.WriteStartArray("identityFields"u8);
        foreach (var field in fields) json.WriteStringValue(field);
        json.WriteEndArray();
        json.WriteEndObject();
        OAuth2Methods.Write(json, collection, invitations);
        var mfa = collection.Auth?.Mfa ?? new MfaOptions();
        WriteTimed(json, "mfa", mfa.Enabled, mfa.Duration);
        var otp = collection.Auth?.Otp ?? new OtpOptions();
        WriteTimed(json, "otp", otp.Enabled, otp.Duration);
        OAuth2Methods.WriteLegacy(json, collection, invitations);
        json.WriteBoolean("usernamePassword"u8, fields.Contains("username"));
        json.WriteBoolean("emailPassword"u8, fields.Contains("email"));
        if (collection.Auth is { } own) WriteOwn(json, own);
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    // What the contract does not have is told only where it is on.
    private static void WriteOwn(System.Text.Json.Utf8JsonWriter json, AuthOptions auth)
    {
        foreach (var (name, on) in new[] { ("totp", auth.Totp.Enabled), ("passkeys", auth.Passkeys.Enabled) })
        {
            if (!on) continue;
            json.WriteStartObject(name);
            json.WriteBoolean("enabled"u8, true);
            json.WriteEndObject();
        }
    }

    private static void WriteTimed(System.Text.Json.Utf8JsonWriter json, string name, bool enabled, long duration)
    {
        json.WriteStartObject(name);
        json.WriteNumber("duration"u8, enabled ? duration : 0);
        json.WriteBoolean("enabled"u8, enabled);
        json.WriteEndObject();
    }
}
