using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Resources.Settings;

/// <summary>The settings of this moment, and the way to change them. One for the life of an app.</summary>
public sealed class SettingsStore(ParameterStore parameters)
{
    private const string Key = "settings";
    // One change at a time: each is merged into what the one before it stored.
    private readonly SemaphoreSlim turn = new(1);
    private volatile AppSettings current = new();

    /// <summary>The settings of this moment. A request that needs several takes this once.</summary>
    public AppSettings Current => current;

    /// <summary>Called after a change was stored. Handlers must be quick and must not change the settings themselves.</summary>
    public Hook<AppSettings> Changed { get; } = new();

    /// <summary>Reads the stored settings; keys that are not stored keep their defaults. Throws <see cref="InvalidDataException"/> when they cannot be read.</summary>
    public async ValueTask LoadAsync(CancellationToken stop)
    {
        if (await parameters.FindAsync(Key, stop) is { } stored) current = SettingsPatch.Read(stored);
    }

    /// <summary>Applies a partial object (contract 10.2): objects are merged, lists replaced. Faults name what is wrong with which key.</summary>
    public ValueTask<Outcome<AppSettings>> PatchAsync(IReadOnlyDictionary<string, JsonElement> patch, CancellationToken stop) =>
        ChangeAsync(settings => SettingsPatch.Apply(settings, patch), stop);

    /// <summary>Checks and stores what the function makes of the settings of this moment. Changes at the same time follow one another.</summary>
    public async ValueTask<Outcome<AppSettings>> ChangeAsync(Func<AppSettings, Outcome<AppSettings>> change, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            if (change(current).Failed(out var fault, out var settings)) return fault;
            var faults = SettingsCheck.Of(settings);
            if (!faults.IsEmpty) return Fault.BadRequest("settings.invalid", "An error occurred while saving the new settings.", faults);
            await parameters.SaveAsync(Key, JsonSerializer.Serialize(settings, SettingsJson.Default.AppSettings), stop);
            current = settings;
            await Changed.RunAsync(settings, stop);
            return settings;
        }
        finally
        {
            turn.Release();
        }
    }
}
