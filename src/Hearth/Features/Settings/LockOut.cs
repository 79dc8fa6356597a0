using System.Net;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Resources.Settings;
using Microsoft.AspNetCore.Http;

namespace Hearth.Features.Settings;

/// <summary>A superuser who would be refused from the next request on: by a list of addresses without the own one, or by another header that tells it.</summary>
internal static class LockOut
{
    /// <summary>The fault, or null when who asks could go on with these settings.</summary>
    public static Fault? Find(HttpContext http, AppSettings after)
    {
        // What is no address is told by the check of the settings.
        if (after.SuperuserIPs.Any(static text => AddressText.ReadNetwork(text) is null) || SuperuserNetworks.Allow(http, after)) return null;
        var own = Shown(ClientAddress.Of(http, after.TrustedProxy));
        return Fault.BadRequest("settings.invalid", "An error occurred while saving the new settings.", new FaultMap().AddAt("superuserIPs", new FieldFault(
            "validation_locks_out",
            $"With this list you could not come back: your own address would be {own}. Add it, or save with ?lockOut=true if you mean it.",
            new Dictionary<string, object?> { ["address"] = own })));
    }

    private static string Shown(IPAddress? address) => address?.ToString() ?? "unknown";
}
