using Hearth.Resources.Settings;
using Microsoft.AspNetCore.Http;

namespace Hearth.Http;

/// <summary>From where superusers may call (contract 10.5).</summary>
public static class SuperuserNetworks
{
    /// <summary>Whether the client of a request is in the list of the settings, or the list is empty.</summary>
    public static bool Allow(HttpContext http, AppSettings settings)
    {
        if (settings.SuperuserIPs.Count == 0) return true;
        return new AddressList(settings.SuperuserIPs).Contains(ClientAddress.Of(http, settings.TrustedProxy));
    }
}
