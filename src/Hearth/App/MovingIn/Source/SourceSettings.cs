using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Records;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;

namespace Hearth.App.MovingIn.Source;

/// <summary>The settings of a source as they are to be stored. When they are encrypted they stay so, under the same key.</summary>
internal sealed class SourceSettings(WriteSession session, AppSecrets secrets, Action<string> note)
{
    /// <summary>The text to store; null when there are none. A fault when they are encrypted and cannot be opened.</summary>
    public async Task<Outcome<string?>> ReadAsync(CancellationToken stop)
    {
        var rows = await NativeRows.ListAsync(session, "SELECT CAST(\"value\" AS TEXT) FROM \"_params\" WHERE \"id\" = 'settings'", stop);
        if (rows is not [[{ Length: > 0 } stored]])
        {
            note("There are no settings; the new app has the defaults.");
            return (string?)null;
        }
        // Text that was stored as a JSON string.
        if (stored.StartsWith('"') && TryParse(stored) is { ValueKind: JsonValueKind.String } quoted) stored = quoted.GetString() ?? "";
        var isPlain = TryParse(stored) is { ValueKind: JsonValueKind.Object };
        if (!isPlain && !secrets.IsOn)
        {
            return MoveInFaults.Sealed("The settings of this app are encrypted. Put the key that it was started with into an environment variable and name that with --encryption-env; they stay encrypted with it.");
        }
        var opened = isPlain ? stored : secrets.OpenSettings(stored);
        if (opened is null || TryParse(opened) is not { ValueKind: JsonValueKind.Object } settings)
        {
            return MoveInFaults.Sealed("The settings of this app are encrypted with another key than the one that --encryption-env names, or they are damaged.");
        }
        var known = Known(settings);
        return known is null ? stored : isPlain ? known : secrets.SealSettings(known);
    }

    // Null when every value can be read as it is.
    private string? Known(JsonElement settings)
    {
        var wrong = settings.EnumerateObject().Where(member => !IsReadable($"{{{JsonSerializer.Serialize(member.Name, PlainJson.Default.String)}:{member.Value.GetRawText()}}}")).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        if (wrong.Count == 0) return null;
        foreach (var name in wrong) note($"settings.{name} cannot be read and gets the defaults.");
        return $"{{{string.Join(',', settings.EnumerateObject().Where(member => !wrong.Contains(member.Name)).Select(member => $"{JsonSerializer.Serialize(member.Name, PlainJson.Default.String)}:{member.Value.GetRawText()}"))}}}";
    }

    private static bool IsReadable(string settings)
    {
        try
        {
            SettingsPatch.Read(settings);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static JsonElement? TryParse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
