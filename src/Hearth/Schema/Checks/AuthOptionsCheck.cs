using System.Globalization;
using System.Text.RegularExpressions;
using Hearth.Basics;
using Hearth.Schema.Stock;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema.Checks;

/// <summary>Checks the options of an auth collection (the table of contract 4.2).</summary>
internal static partial class AuthOptionsCheck
{
    private const int MostLanguages = 100;
    private const long MostTokenSeconds = 94_670_856;
    private static readonly string[] Factors = ["password", "oauth2", "otp", "passkey", "totp", "recovery"];

    /// <summary>Adds what is wrong.</summary>
    public static void Check(Collection collection, AuthOptions auth, FaultMap faults)
    {
        if (auth.ManageRule is "") faults.Add("manageRule", new FieldFault("validation_nil_or_not_empty_required", "Cannot be blank."));
        foreach (var (name, token) in AuthOptionsJson.Tokens(auth)) CheckToken(name, token, faults);
        CheckPassword(collection, auth.PasswordAuth, faults);
        CheckOAuth2(auth.OAuth2, faults);
        CheckMfa(auth, faults);
        if (auth.Otp.Enabled)
        {
            CheckRange("otp.duration", auth.Otp.Duration, 10, 86_400, faults);
            if (auth.Otp.Length < 4) faults.AddAt("otp.length", auth.Otp.Length == 0 ? FieldFault.Required : FieldFaults.BelowThreshold(4));
        }
        CheckPasskeys(auth.Passkeys, faults);
        CheckTemplate("verificationTemplate", auth.VerificationTemplate, faults);
        CheckTemplate("resetPasswordTemplate", auth.ResetPasswordTemplate, faults);
        CheckTemplate("confirmEmailChangeTemplate", auth.ConfirmEmailChangeTemplate, faults);
        CheckTemplate("otp.emailTemplate", auth.Otp.EmailTemplate, faults);
        CheckTemplate("authAlert.emailTemplate", auth.AuthAlert.EmailTemplate, faults);
    }

    private static void CheckToken(string name, TokenOptions token, FaultMap faults)
    {
        if (token.Secret.Length == 0) faults.AddAt($"{name}.secret", FieldFault.Required);
        else if (Lengths.Check(token.Secret, 30, 255) is { } length) faults.AddAt($"{name}.secret", length);
        CheckRange($"{name}.duration", token.Duration, 10, MostTokenSeconds, faults);
    }

    private static void CheckPassword(Collection collection, PasswordAuthOptions password, FaultMap faults)
    {
        if (!password.Enabled) return;
        if (password.IdentityFields.Count == 0) faults.AddAt("passwordAuth.identityFields", FieldFault.Required);
        foreach (var name in password.IdentityFields)
        {
            if (collection.FindField(name) is null)
            {
                faults.AddAt("passwordAuth.identityFields", new FieldFault("validation_missing_field", $"Missing or invalid field \"{name}\"."));
            }
            else if (!collection.HasUniqueIndexOn(name))
            {
                faults.AddAt("passwordAuth.identityFields", new FieldFault("validation_missing_unique_constraint", $"The field \"{name}\" doesn't have a UNIQUE constraint."));
            }
        }
    }

    private static void CheckOAuth2(OAuth2Options oauth2, FaultMap faults)
    {
        if (!oauth2.Enabled) return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < oauth2.Providers.Count; i++)
        {
            var provider = oauth2.Providers[i];
            var at = "oauth2.providers." + i.ToString(CultureInfo.InvariantCulture) + ".";
            if (provider.Name.Length == 0) faults.AddAt(at + "name", FieldFault.Required);
            else if (SignInServices.Find(provider.Name) is null) faults.AddAt(at + "name", new FieldFault("validation_missing_provider", $"Invalid or missing provider with name \"{provider.Name}\"."));
            else if (!names.Add(provider.Name)) faults.AddAt(at + "name", new FieldFault("validation_duplicated_provider", $"The provider \"{provider.Name}\" is already registered."));
            if (provider.ClientId.Length == 0) faults.AddAt(at + "clientId", FieldFault.Required);
            if (provider.ClientSecret.Length == 0) faults.AddAt(at + "clientSecret", FieldFault.Required);
            CheckUrl(at + "authURL", provider.AuthUrl, faults);
            CheckUrl(at + "tokenURL", provider.TokenUrl, faults);
            CheckUrl(at + "userInfoURL", provider.UserInfoUrl, faults);
            if (ProviderExtras.Parse(provider.ExtraJson).Failed(out var wrong)) faults.AddAt(at + "extra", FieldFault.InvalidValue with { Message = wrong.Message });
        }
    }

    private static void CheckMfa(AuthOptions auth, FaultMap faults)
    {
        // These two also hold where only some people have chosen a second factor for themselves.
        if (auth.Mfa.Factors.Any(factor => !Factors.Contains(factor))) faults.AddAt("mfa.factors", new FieldFault("validation_in_invalid", "Must be a valid value."));
        if (auth.Mfa.Remember < 0) faults.AddAt("mfa.remember", FieldFaults.BelowThreshold(0));
        else if (auth.Mfa.Remember > MostTokenSeconds) faults.AddAt("mfa.remember", FieldFaults.AboveThreshold(MostTokenSeconds));
        if (!auth.Mfa.Enabled) return;
        var ways = (auth.PasswordAuth.Enabled ? 1 : 0) + (auth.OAuth2.Enabled ? 1 : 0) + (auth.Otp.Enabled ? 1 : 0);
        if (ways < 2) faults.AddAt("mfa.enabled", new FieldFault("validation_mfa_not_enough_auths", "MFA requires at least 2 auth methods to be enabled."));
        CheckRange("mfa.duration", auth.Mfa.Duration, 10, 86_400, faults);
    }

    private static void CheckPasskeys(PasskeyOptions passkeys, FaultMap faults)
    {
        if (!passkeys.Enabled) return;
        if (passkeys.RpId.Length > 0 && Uri.CheckHostName(passkeys.RpId) != UriHostNameType.Dns) faults.AddAt("passkeys.rpId", new FieldFault("validation_is_domain", "Must be a valid domain."));
        if (passkeys.UserVerification is not ("required" or "preferred" or "discouraged")) faults.AddAt("passkeys.userVerification", new FieldFault("validation_in_invalid", "Must be a valid value."));
        for (var i = 0; i < passkeys.Origins.Count; i++)
        {
            // Apps of phones have origins of other kinds, such as android:apk-key-hash:...
            if (!Uri.TryCreate(passkeys.Origins[i], UriKind.Absolute, out _)) faults.AddAt(string.Create(CultureInfo.InvariantCulture, $"passkeys.origins.{i}"), new FieldFault("validation_is_url", "Must be a valid URL."));
        }
    }

    private static void CheckRange(string at, long value, long least, long most, FaultMap faults)
    {
        if (value == 0) faults.AddAt(at, FieldFault.Required);
        else if (value < least) faults.AddAt(at, FieldFaults.BelowThreshold(least));
        else if (value > most) faults.AddAt(at, FieldFaults.AboveThreshold(most));
    }

    private static void CheckUrl(string at, string url, FaultMap faults)
    {
        if (url.Length > 0 && !UrlField.IsAbsolute(url)) faults.AddAt(at, new FieldFault("validation_is_url", "Must be a valid URL."));
    }

    private static void CheckTemplate(string at, MailTemplate template, FaultMap faults)
    {
        if (template.Subject.Length == 0) faults.AddAt(at + ".subject", FieldFault.Required);
        if (template.Body.Length == 0) faults.AddAt(at + ".body", FieldFault.Required);
        if (template.Languages.Count > MostLanguages) faults.AddAt(at + ".languages", FieldFaults.TooManyValues(MostLanguages));
        foreach (var (tag, words) in template.Languages)
        {
            if (!LanguageTag().IsMatch(tag)) faults.AddAt($"{at}.languages.{tag.Replace('.', '_')}", FieldFaults.InvalidFormat);
            else CheckTemplate($"{at}.languages.{tag}", words, faults);
        }
    }

    // The common part of BCP 47: a language, perhaps a script and a region.
    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z")]
    private static partial Regex LanguageTag();
}
