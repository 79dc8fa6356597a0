using Hearth.Basics;
using Hearth.Planning;
using Hearth.Resources.Settings;

namespace Hearth.App;

/// <summary>The addresses from which superusers may work (<c>superuserIPs</c>), changed by who runs the machine: the way back after a list that shuts everybody out.</summary>
public static class SuperuserAddresses
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.1);

    /// <summary>Sets them in an app that is open here; none lets superusers in from anywhere.</summary>
    public static async ValueTask<Outcome<bool>> SetAsync(HearthApp app, IReadOnlyList<string> addresses, RequestFacts facts, CancellationToken stop)
    {
        var changed = await app.Settings.ChangeAsync(settings => settings with { SuperuserIPs = [.. addresses] }, stop, facts);
        return changed.Failed(out var fault) ? fault : true;
    }

    /// <summary>Sets them through the server that holds a data folder. False when none takes the order up.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="addresses">Addresses and networks.</param>
    /// <param name="by">Who asks, for the audit log.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<Outcome<bool>> OrderAsync(string folder, IReadOnlyList<string> addresses, string by, CancellationToken stop)
    {
        if (!Directory.Exists(folder)) return false;
        var faults = new FaultMap();
        SettingsCheck.Addresses(addresses, "superuserIPs", faults);
        if (!faults.IsEmpty) return Fault.BadRequest("settings.invalid", "An error occurred while saving the new settings.", faults);
        var file = new AddressOrderFile(folder);
        file.Give(new AddressOrder(addresses, by));
        // An order that was taken is answered, if only late.
        for (var waited = TimeSpan.Zero; waited < AddressOrderFile.GoodFor; waited += LookEvery)
        {
            await Task.Delay(LookEvery, stop);
            if (file.TakeAnswer() is { } answer) return answer.Wrong.Length == 0 ? true : Fault.BadRequest("settings.invalid", answer.Wrong);
        }
        return file.TakeBack() || file.TakeAnswer() is not { Wrong: "" } ? false : true;
    }
}
