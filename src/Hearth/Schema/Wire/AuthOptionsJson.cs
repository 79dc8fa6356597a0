using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Schema.Values;

namespace Hearth.Schema.Wire;

/// <summary>Options of auth collections as members of a JSON object (contract 4.2), with secrets in storage and without them on the wire.</summary>
internal static class AuthOptionsJson
{
    /// <summary>Writes the members into an open object.</summary>
    public static void Write(Utf8JsonWriter writer, AuthOptions options, bool withSecrets)
    {
        writer.WriteString("authRule", options.AuthRule);
        writer.WriteString("manageRule", options.ManageRule);
        writer.WriteStartObject("authAlert");
        writer.WriteBoolean("enabled", options.AuthAlert.Enabled);
        WriteTemplate(writer, "emailTemplate", options.AuthAlert.EmailTemplate);
        writer.WriteEndObject();
        writer.WriteStartObject("passwordAuth");
        writer.WriteBoolean("enabled", options.PasswordAuth.Enabled);
        writer.WriteTexts("identityFields", options.PasswordAuth.IdentityFields);
        if (options.PasswordAuth.AllowTrivial) writer.WriteBoolean("allowTrivial", true);
        writer.WriteEndObject();
        WriteOAuth2(writer, options.OAuth2, withSecrets);
        writer.WriteStartObject("mfa");
        writer.WriteBoolean("enabled", options.Mfa.Enabled);
        writer.WriteNumber("duration", options.Mfa.Duration);
        writer.WriteString("rule", options.Mfa.Rule);
        writer.WriteTexts("factors", options.Mfa.Factors);
        writer.WriteNumber("remember", options.Mfa.Remember);
        writer.WriteEndObject();
        writer.WriteStartObject("otp");
        writer.WriteBoolean("enabled", options.Otp.Enabled);
        writer.WriteNumber("duration", options.Otp.Duration);
        writer.WriteNumber("length", options.Otp.Length);
        WriteTemplate(writer, "emailTemplate", options.Otp.EmailTemplate);
        writer.WriteEndObject();
        FactorOptionsJson.Write(writer, options);
        foreach (var (name, token) in Tokens(options))
        {
            writer.WriteStartObject(name);
            writer.WriteNumber("duration", token.Duration);
            if (withSecrets) writer.WriteString("secret", token.Secret);
            writer.WriteEndObject();
        }
        WriteTemplate(writer, "verificationTemplate", options.VerificationTemplate);
        WriteTemplate(writer, "resetPasswordTemplate", options.ResetPasswordTemplate);
        WriteTemplate(writer, "confirmEmailChangeTemplate", options.ConfirmEmailChangeTemplate);
    }

    /// <summary>The five kinds of tokens with their names on the wire.</summary>
    public static IEnumerable<(string Name, TokenOptions Token)> Tokens(AuthOptions options) =>
    [
        ("authToken", options.AuthToken),
        ("passwordResetToken", options.PasswordResetToken),
        ("emailChangeToken", options.EmailChangeToken),
        ("verificationToken", options.VerificationToken),
        ("fileToken", options.FileToken),
    ];

    /// <summary>The options with the members that are there; nested objects merge, providers keep their secret by name.</summary>
    public static AuthOptions Merge(AuthOptions before, OptionReader body) => FactorOptionsJson.Merge(before, body) with
    {
        AuthRule = body.TextOrNull("authRule", before.AuthRule),
        ManageRule = body.TextOrNull("manageRule", before.ManageRule),
        AuthAlert = body.Child("authAlert") is { } alert
            ? before.AuthAlert with
            {
                Enabled = alert.Flag("enabled", before.AuthAlert.Enabled),
                EmailTemplate = MergeTemplate(alert, "emailTemplate", before.AuthAlert.EmailTemplate),
            }
            : before.AuthAlert,
        PasswordAuth = body.Child("passwordAuth") is { } password
            ? before.PasswordAuth with
            {
                Enabled = password.Flag("enabled", before.PasswordAuth.Enabled),
                AllowTrivial = password.Flag("allowTrivial", before.PasswordAuth.AllowTrivial),
                IdentityFields = password.Texts("identityFields", before.PasswordAuth.IdentityFields) ?? [],
            }
            : before.PasswordAuth,
        OAuth2 = body.Child("oauth2") is { } oauth2 ? MergeOAuth2(before.OAuth2, oauth2) : before.OAuth2,
        Mfa = body.Child("mfa") is { } mfa
            ? before.Mfa with
            {
                Enabled = mfa.Flag("enabled", before.Mfa.Enabled),
                Duration = mfa.Whole("duration", before.Mfa.Duration),
                Rule = mfa.Text("rule", before.Mfa.Rule),
                Factors = mfa.Texts("factors", before.Mfa.Factors) ?? [],
                Remember = mfa.Whole("remember", before.Mfa.Remember),
            }
            : before.Mfa,
        Otp = body.Child("otp") is { } otp
            ? before.Otp with
            {
                Enabled = otp.Flag("enabled", before.Otp.Enabled),
                Duration = otp.Whole("duration", before.Otp.Duration),
                Length = otp.Small("length", before.Otp.Length),
                EmailTemplate = MergeTemplate(otp, "emailTemplate", before.Otp.EmailTemplate),
            }
            : before.Otp,
        AuthToken = MergeToken(body, "authToken", before.AuthToken),
        PasswordResetToken = MergeToken(body, "passwordResetToken", before.PasswordResetToken),
        EmailChangeToken = MergeToken(body, "emailChangeToken", before.EmailChangeToken),
        VerificationToken = MergeToken(body, "verificationToken", before.VerificationToken),
        FileToken = MergeToken(body, "fileToken", before.FileToken),
        VerificationTemplate = MergeTemplate(body, "verificationTemplate", before.VerificationTemplate),
        ResetPasswordTemplate = MergeTemplate(body, "resetPasswordTemplate", before.ResetPasswordTemplate),
        ConfirmEmailChangeTemplate = MergeTemplate(body, "confirmEmailChangeTemplate", before.ConfirmEmailChangeTemplate),
    };

    private static TokenOptions MergeToken(OptionReader body, string name, TokenOptions before)
    {
        if (body.Child(name) is not { } token) return before;
        return before with { Duration = token.Whole("duration", before.Duration), Secret = token.Text("secret", before.Secret) };
    }

    private static MailTemplate MergeTemplate(OptionReader body, string name, MailTemplate before)
    {
        if (body.Child(name) is not { } template) return before;
        return new MailTemplate(template.Text("subject", before.Subject), template.Text("body", before.Body))
        {
            // Sent, they replace all, so that one can be taken out.
            Languages = template.Child("languages") is { } languages ? ReadLanguages(languages) : before.Languages,
        };
    }

    private static ImmutableSortedDictionary<string, MailTemplate> ReadLanguages(OptionReader languages)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<string, MailTemplate>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in languages.Names)
        {
            if (languages.Child(tag) is { } words) read[tag] = new MailTemplate(words.Text("subject", ""), words.Text("body", ""));
        }
        return read.ToImmutable();
    }

    private static void WriteTemplate(Utf8JsonWriter writer, string name, MailTemplate template)
    {
        writer.WriteStartObject(name);
        writer.WriteString("subject", template.Subject);
        writer.WriteString("body", template.Body);
        if (template.Languages.Count > 0)
        {
            writer.WriteStartObject("languages");
            foreach (var (tag, words) in template.Languages) WriteTemplate(writer, tag, words);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void WriteOAuth2(Utf8JsonWriter writer, OAuth2Options options, bool withSecrets)
    {
        writer.WriteStartObject("oauth2");
        writer.WriteBoolean("enabled", options.Enabled);
        writer.WriteStartArray("providers");
        foreach (var provider in options.Providers)
        {
            writer.WriteStartObject();
            writer.WriteString("name", provider.Name);
            writer.WriteString("clientId", provider.ClientId);
            if (withSecrets) writer.WriteString("clientSecret", provider.ClientSecret);
            writer.WriteString("authURL", provider.AuthUrl);
            writer.WriteString("tokenURL", provider.TokenUrl);
            writer.WriteString("userInfoURL", provider.UserInfoUrl);
            writer.WriteString("displayName", provider.DisplayName);
            if (provider.Pkce is { } pkce) writer.WriteBoolean("pkce", pkce);
            else writer.WriteNull("pkce");
            writer.WritePropertyName("extra");
            writer.WriteRawValue(provider.ExtraJson ?? "{}", skipInputValidation: true); // read as JSON before; the check would stop at 64 levels
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartObject("mappedFields");
        writer.WriteString("id", options.MappedFields.Id);
        writer.WriteString("name", options.MappedFields.Name);
        writer.WriteString("username", options.MappedFields.Username);
        writer.WriteString("avatarURL", options.MappedFields.AvatarUrl);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static OAuth2Options MergeOAuth2(OAuth2Options before, OptionReader body)
    {
        var mapped = before.MappedFields;
        if (body.Child("mappedFields") is { } fields)
        {
            mapped = new OAuth2MappedFields(
                fields.Text("id", mapped.Id), fields.Text("name", mapped.Name), fields.Text("username", mapped.Username), fields.Text("avatarURL", mapped.AvatarUrl));
        }
        return before with
        {
            Enabled = body.Flag("enabled", before.Enabled),
            MappedFields = mapped,
            Providers = body.Items("providers") is { } items ? [.. items.Select(item => ReadProvider(item, before, body.State))] : before.Providers,
        };
    }

    /// <summary>
    /// An entry is merged into the service of its name, member by member, so that whoever sends a part changes a part; a member sent as null is emptied. The
    /// secret, which the wire never shows, stays as well. What is not in the list goes.
    /// </summary>
    private static OAuth2Provider ReadProvider(JsonElement item, OAuth2Options before, DecodeState state)
    {
        var body = new OptionReader(item, state);
        var name = body.Text("name", "");
        var kept = before.Providers.FirstOrDefault(provider => provider.Name == name) ?? new OAuth2Provider { Name = name };
        return kept with
        {
            ClientId = Member("clientId", kept.ClientId),
            ClientSecret = Member("clientSecret", kept.ClientSecret),
            AuthUrl = Member("authURL", kept.AuthUrl),
            TokenUrl = Member("tokenURL", kept.TokenUrl),
            UserInfoUrl = Member("userInfoURL", kept.UserInfoUrl),
            DisplayName = Member("displayName", kept.DisplayName),
            Pkce = body.FlagOrNull("pkce", kept.Pkce),
            ExtraJson = body.Has("extra") ? ReadExtra() : kept.ExtraJson,
        };

        string Member(string member, string stored) => body.Text(member, body.Has(member) ? "" : stored);

        string? ReadExtra()
        {
            if (!body.TryGet("extra", out var extra)) return null;
            if (extra.ValueKind != JsonValueKind.Object) state.Fail("\"extra\" must be an object");
            return extra.ValueKind == JsonValueKind.Object ? JsonSpelling.Merged(kept.ExtraJson, extra) : kept.ExtraJson;
        }
    }
}
