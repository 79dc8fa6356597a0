using System.Text.Json;

namespace Hearth.Schema.Wire;

/// <summary>The options of auth collections that the contract does not have: further factors, API keys and sessions.</summary>
internal static class FactorOptionsJson
{
    /// <summary>Writes the members into an open object.</summary>
    public static void Write(Utf8JsonWriter writer, AuthOptions options)
    {
        writer.WriteStartObject("totp");
        writer.WriteBoolean("enabled", options.Totp.Enabled);
        writer.WriteEndObject();
        writer.WriteStartObject("passkeys");
        writer.WriteBoolean("enabled", options.Passkeys.Enabled);
        writer.WriteString("rpId", options.Passkeys.RpId);
        writer.WriteTexts("origins", options.Passkeys.Origins);
        writer.WriteString("userVerification", options.Passkeys.UserVerification);
        writer.WriteEndObject();
        writer.WriteStartObject("apiKeys");
        writer.WriteBoolean("enabled", options.ApiKeys.Enabled);
        writer.WriteEndObject();
        writer.WriteStartObject("sessions");
        writer.WriteBoolean("rotateRefresh", options.Sessions.RotateRefresh);
        writer.WriteEndObject();
    }

    /// <summary>The options with the members that are there.</summary>
    public static AuthOptions Merge(AuthOptions before, OptionReader body) => before with
    {
        Totp = body.Child("totp") is { } totp ? new TotpOptions { Enabled = totp.Flag("enabled", before.Totp.Enabled) } : before.Totp,
        Passkeys = body.Child("passkeys") is { } passkeys
            ? new PasskeyOptions
            {
                Enabled = passkeys.Flag("enabled", before.Passkeys.Enabled),
                RpId = passkeys.Text("rpId", before.Passkeys.RpId),
                Origins = passkeys.Texts("origins", before.Passkeys.Origins) ?? [],
                UserVerification = passkeys.Text("userVerification", before.Passkeys.UserVerification),
            }
            : before.Passkeys,
        ApiKeys = body.Child("apiKeys") is { } keys ? new ApiKeyOptions { Enabled = keys.Flag("enabled", before.ApiKeys.Enabled) } : before.ApiKeys,
        Sessions = body.Child("sessions") is { } sessions ? new SessionOptions { RotateRefresh = sessions.Flag("rotateRefresh", before.Sessions.RotateRefresh) } : before.Sessions,
    };
}
