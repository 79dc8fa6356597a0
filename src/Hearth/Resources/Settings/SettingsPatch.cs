using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Basics;

namespace Hearth.Resources.Settings;

/// <summary>Merges a partial settings object into settings: objects are merged, lists and scalars replaced, nulls leave things as they are.</summary>
internal static class SettingsPatch
{
    /// <summary>Settings from a stored object: what it lacks has its default. Throws when the object is none of ours.</summary>
    public static AppSettings Read(string stored)
    {
        var values = JsonElement.Parse(stored).EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        var read = Apply(new AppSettings(), values);
        return read.Failed(out var fault) ? throw new InvalidDataException($"The stored settings cannot be read: {fault.Cause}") : read.Value;
    }

    /// <summary>The settings with the values of a partial object.</summary>
    public static Outcome<AppSettings> Apply(AppSettings settings, IReadOnlyDictionary<string, JsonElement> patch)
    {
        var target = JsonSerializer.SerializeToNode(settings, SettingsJson.Default.AppSettings)!.AsObject(); // a record is written as an object
        try
        {
            foreach (var (name, value) in patch)
            {
                if (!Merge(target, name, value)) return Refuse(name);
            }
            return Complete(target.Deserialize(SettingsJson.Default.AppSettings) ?? new AppSettings());
        }
        catch (JsonException e)
        {
            return Refuse(e.Path ?? "");
        }
    }

    // Objects are merged over complete ones, but the items of a list come as they were sent, and what generated code does not find it sets to null.
    private static AppSettings Complete(AppSettings settings) => settings with
    {
        RateLimits = settings.RateLimits with { Rules = [.. settings.RateLimits.Rules.Select(rule => rule with { Label = rule.Label ?? "", Audience = rule.Audience ?? "" })] },
    };

    private static bool Merge(JsonObject target, string name, JsonElement value)
    {
        var key = target.FirstOrDefault(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Key;
        if (key is null) return true;
        switch (target[key], value.ValueKind)
        {
            case (JsonArray, JsonValueKind.Null):
                target[key] = new JsonArray();
                return true;
            case (_, JsonValueKind.Null):
                return true;
            case (JsonObject inner, JsonValueKind.Object):
                foreach (var property in value.EnumerateObject())
                {
                    if (!Merge(inner, property.Name, property.Value)) return false;
                }
                return true;
            case (JsonArray, JsonValueKind.Array):
                target[key] = JsonNode.Parse(value.GetRawText());
                return !target[key]!.AsArray().Any(item => item is null); // just set
            case (JsonValue old, not (JsonValueKind.Object or JsonValueKind.Array)):
                target[key] = JsonNode.Parse(value.GetRawText());
                return SameKind(old.GetValueKind(), value.ValueKind);
            default:
                return false;
        }
    }

    private static bool SameKind(JsonValueKind old, JsonValueKind given) =>
        old == given || (old is JsonValueKind.True or JsonValueKind.False && given is JsonValueKind.True or JsonValueKind.False);

    private static Fault Refuse(string path) => Fault.BadRequest("settings.malformed", "An error occurred while loading the submitted data.").Because($"{path} has the wrong type");
}
