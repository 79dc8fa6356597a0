using Hearth.Resources.Settings;
using Hearth.Schema;

namespace Hearth.Features.Accounts.Passkeys;

/// <summary>For which domain passkeys are, and which pages may use them.</summary>
/// <param name="RpId">The domain.</param>
/// <param name="Origins">The pages.</param>
internal sealed record PasskeyPlace(string RpId, IReadOnlyList<string> Origins)
{
    private const string Local = "localhost";

    /// <summary>By the options of a collection, else by the address of the app.</summary>
    public static PasskeyPlace Of(PasskeyOptions options, AppSettings settings)
    {
        var app = Uri.TryCreate(settings.Meta.AppUrl, UriKind.Absolute, out var address) ? address : null;
        var rpId = options.RpId.Length > 0 ? options.RpId : app?.Host ?? Local;
        return new PasskeyPlace(rpId, options.Origins.Count > 0 ? options.Origins : app is null ? [] : [app.GetLeftPart(UriPartial.Authority)]);
    }

    /// <summary>Whether a page may use them. A developer's page on localhost may, whatever its port: nobody else can be there.</summary>
    public bool Allows(string origin) => Origins.Contains(origin.TrimEnd('/'), StringComparer.OrdinalIgnoreCase)
        || (RpId == Local && Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Host == Local && page.Scheme is "http" or "https");
}
