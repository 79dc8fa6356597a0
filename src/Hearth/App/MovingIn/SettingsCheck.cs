using System.Text.Json;
using Hearth.Data;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;

namespace Hearth.App.MovingIn;

/// <summary>Holds the settings of an app against the source that it came from. Values may be secrets, so only their names are told.</summary>
internal sealed class SettingsCheck(Engine source, AppSecrets secrets, HearthApp app, MoveInCheck check)
{
    /// <summary>Looks.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var session = await source.ReadAsync(stop);
        if (await ParameterStore.FindAsync(session, SettingsStore.Key, stop) is not { } stored) return;
        if ((stored.StartsWith('{') ? stored : secrets.OpenSettings(stored)) is not { } opened) return;
        var different = Paths("", Json(SettingsPatch.Read(opened)), Json(app.Settings.Current)).ToList();
        foreach (var path in different) check.AddWrong($"The setting {path} is not as it was.");
        if (different.Count == 0) check.Add("The settings are as they were.");
    }

    private static JsonElement Json(AppSettings settings) => JsonSerializer.SerializeToElement(settings, SettingsJson.Default.AppSettings);

    private static IEnumerable<string> Paths(string path, JsonElement before, JsonElement after)
    {
        if (before.ValueKind != JsonValueKind.Object || after.ValueKind != JsonValueKind.Object) return JsonElement.DeepEquals(before, after) ? [] : [path];
        return before.EnumerateObject().SelectMany(member =>
        {
            var name = path.Length > 0 ? $"{path}.{member.Name}" : member.Name;
            return after.TryGetProperty(member.Name, out var now) ? Paths(name, member.Value, now) : [name];
        });
    }
}
