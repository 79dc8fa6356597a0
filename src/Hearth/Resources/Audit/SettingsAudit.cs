using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Resources.Settings;

namespace Hearth.Resources.Audit;

/// <summary>Notes which settings were changed, from what to what; of secrets only that they were.</summary>
internal static class SettingsAudit
{
    private const int MostText = 2000;
    private static readonly string[] Secrets = ["password", "secret", "accessKey"];

    /// <summary>The entry of a change; none when nothing is different.</summary>
    public static IEnumerable<AuditEntry> Of(SettingsChanging changing)
    {
        var changes = new JsonObject();
        Compare("", Tree(changing.Before), Tree(changing.After), changes);
        if (changes.Count > 0) yield return AuditEntry.Of("settings.changed", changing.Facts) with { Details = changes };
    }

    private static JsonNode? Tree(AppSettings settings) => JsonSerializer.SerializeToNode(settings, SettingsJson.Default.AppSettings);

    private static void Compare(string path, JsonNode? before, JsonNode? after, JsonObject changes)
    {
        if (after is JsonObject inner)
        {
            foreach (var (name, value) in inner) Compare(path.Length == 0 ? name : $"{path}.{name}", (before as JsonObject)?[name], value, changes);
        }
        else if (!JsonNode.DeepEquals(before, after))
        {
            changes[path] = Secrets.Contains(path[(path.LastIndexOf('.') + 1)..]) ? "***" : new JsonObject { ["from"] = Short(before), ["to"] = Short(after) };
        }
    }

    private static JsonNode? Short(JsonNode? value) => value?.ToJsonString() is { Length: > MostText } text ? JsonValue.Create(text[..MostText]) : value?.DeepClone();
}
