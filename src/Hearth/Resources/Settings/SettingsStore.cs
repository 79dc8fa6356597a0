using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Resources.Secrets;

namespace Hearth.Resources.Settings;

/// <summary>
/// The settings of this moment, and the way to change them. One for the life of an app. What another node changes is followed when its signal comes.
/// </summary>
public sealed class SettingsStore(ParameterStore parameters, AppSecrets secrets)
{
    /// <summary>Where they are stored, and the topic of the signal that they were changed.</summary>
    public const string Key = "settings";

    // What is current here follows what is stored, step by step.
    private readonly SemaphoreSlim turn = new(1);
    private string stored = "";
    private volatile AppSettings current = new();

    /// <summary>The settings of this moment. A request that needs several takes this once.</summary>
    public AppSettings Current => current;

    /// <summary>Called after a change was stored. Handlers must be quick and must not change the settings themselves.</summary>
    public Hook<AppSettings> Changed { get; } = new();

    /// <summary>What to write together with a change: the audit log. Set once, before the app starts; it must do nothing but make plans.</summary>
    public Func<SettingsChanging, IEnumerable<WritePlan>>? Also { get; set; }

    /// <summary>Waits until other nodes have followed a change, before who asked for it gets the answer. Set once, before the app starts.</summary>
    public Func<ValueTask> Known { get; set; } = static () => ValueTask.CompletedTask;

    /// <summary>There are settings in the database that are not encrypted, although the app has a key.</summary>
    public bool FoundPlain { get; private set; }

    /// <summary>
    /// Reads the stored settings when the app starts; keys that are not stored keep their defaults. Throws <see cref="InvalidDataException"/> when they cannot be
    /// read, and a <see cref="DataException"/> when they are encrypted with another key than the app's.
    /// </summary>
    public async ValueTask LoadAsync(CancellationToken stop)
    {
        if (await parameters.FindAsync(Key, stop) is not { } found) return;
        FoundPlain = secrets.IsOn && found.StartsWith('{');
        var opened = Open(found);
        (current, stored) = (SettingsPatch.Read(opened), opened);
    }

    /// <summary>Stores the settings that a new app begins with, unless there are any, also when another node stores them at the same moment.</summary>
    public async ValueTask BeginAsync(AppSettings first, CancellationToken stop)
    {
        if (await parameters.FindAsync(Key, stop) is null) await ChangeHereAsync(stored => stored ?? first, null, stop);
    }

    /// <summary>Stores the present settings as another key, or none, would have them, within a write.</summary>
    internal ValueTask StoreAsync(WriteSession session, AppSecrets under, CancellationToken stop) =>
        parameters.StoreAsync(session, Key, under.SealSettings(JsonSerializer.Serialize(current, SettingsJson.Default.AppSettings)), stop);

    /// <summary>Follows what another node has changed, if there is anything.</summary>
    public async ValueTask FollowAsync(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            if (await parameters.FindAsync(Key, stop) is { } found && Open(found) is var opened && opened != stored) await TakeAsync(SettingsPatch.Read(opened), opened, stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Applies a partial object (contract 10.2): objects are merged, lists replaced. Faults name what is wrong with which key.</summary>
    public ValueTask<Outcome<AppSettings>> PatchAsync(IReadOnlyDictionary<string, JsonElement> patch, CancellationToken stop, RequestFacts? facts = null) =>
        ChangeAsync(settings => SettingsPatch.Apply(settings, patch), stop, facts);

    /// <summary>
    /// Checks and stores what the function makes of the stored settings. Changes at the same time follow one another, on all nodes together; the
    /// function may be called more than once. <paramref name="facts"/> tell who asked for it; null is the program itself.
    /// </summary>
    public async ValueTask<Outcome<AppSettings>> ChangeAsync(Func<AppSettings, Outcome<AppSettings>> change, CancellationToken stop, RequestFacts? facts = null)
    {
        var changed = await ChangeHereAsync(stored => change(stored ?? new AppSettings()), facts, stop);
        if (!changed.Failed(out _)) await Known();
        return changed;
    }

    private async ValueTask<Outcome<AppSettings>> ChangeHereAsync(Func<AppSettings?, Outcome<AppSettings>> change, RequestFacts? facts, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            AppSettings? settings = null;
            var old = new AppSettings();
            var json = "";
            var saved = await parameters.ChangeAsync(
                Key,
                before =>
                {
                    var found = before is null ? null : SettingsPatch.Read(Open(before));
                    old = found ?? new AppSettings();
                    if (change(found).Failed(out var fault, out settings)) return fault;
                    var faults = SettingsCheck.Of(settings);
                    // Without a key of the app the files' own would lie open beside them.
                    if (settings.Files.Encrypt && !old.Files.Encrypt && !secrets.IsOn) faults.AddAt("files.encrypt", new FieldFault("validation_missing_encryption_key", "Start the app with an encryption key first (--encryption-env)."));
                    if (!faults.IsEmpty) return Fault.BadRequest("settings.invalid", "An error occurred while saving the new settings.", faults);
                    json = JsonSerializer.Serialize(settings, SettingsJson.Default.AppSettings);
                    return secrets.SealSettings(json);
                },
                stop,
                (_, _) => Also?.Invoke(new SettingsChanging(old, settings!, facts ?? RequestFacts.None)) ?? []); // set by then
            if (saved.Failed(out var refused)) return refused;
            await TakeAsync(settings!, json, stop); // set by the function, which did not fail
            return settings!;
        }
        finally
        {
            turn.Release();
        }
    }

    // Contract 14.3: what is no JSON is encrypted.
    private string Open(string found)
    {
        if (found.StartsWith('{')) return found;
        if (secrets.OpenSettings(found) is { } opened) return opened;
        throw AppSecrets.Refused(secrets.IsOn
            ? "The settings of this app were encrypted with another key than the one that --encryption-env names."
            : "The settings of this app are encrypted: name the environment variable that holds the key with --encryption-env. To keep them readable from now on, run hearth secrets decrypt with that key once.");
    }

    private async ValueTask TakeAsync(AppSettings settings, string json, CancellationToken stop)
    {
        (current, stored) = (settings, json);
        await Changed.RunAsync(settings, stop);
    }
}

/// <summary>A change of the settings that is being done, within its transaction.</summary>
/// <param name="Before">The settings as they are.</param>
/// <param name="After">The settings as they will be.</param>
/// <param name="Facts">Who asked for it.</param>
public sealed record SettingsChanging(AppSettings Before, AppSettings After, RequestFacts Facts);
