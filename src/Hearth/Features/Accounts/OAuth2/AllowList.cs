using Hearth.Basics;
using Hearth.Features.Accounts.OAuth2.Providers;
using Hearth.Schema;

namespace Hearth.Features.Accounts.OAuth2;

/// <summary>Who of a service may sign in at all (<c>extra.allow</c>); asked before anything is looked up or stored.</summary>
internal static class AllowList
{
    /// <summary>The refusal, or null when the person may go on. Every part of the list must hold; options that are not understood let nobody in.</summary>
    public static Fault? Check(OAuth2Provider options, Person person)
    {
        if (ProviderExtras.Parse(options.ExtraJson).Failed(out _, out var extras)) return Refused("the options cannot be understood");
        if (extras.AllowedDomains.Length > 0)
        {
            var domain = person.Email[(person.Email.LastIndexOf('@') + 1)..];
            if (domain.Length == 0 || !extras.AllowedDomains.Contains(domain, StringComparer.OrdinalIgnoreCase)) return Refused("the domain of the address");
        }
        foreach (var (claim, values) in extras.AllowedClaims)
        {
            var told = Places.Find(person.Raw, claim);
            if (!values.Any(value => Places.HasValue(told, value))) return Refused($"the claim {claim}");
        }
        return null;
    }

    private static Fault Refused(string cause) => Fault.Forbidden("accounts.oauth2_not_allowed", "This account is not allowed to sign in here.").Because(cause);
}
