using System.Globalization;
using System.Text.Json;
using Hearth.Schema.Values;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>Reads places of a <see cref="PersonShape"/> in JSON.</summary>
internal static class Places
{
    /// <summary>The text at a place; empty when there is none.</summary>
    public static string Text(JsonElement root, string place)
    {
        if (place.Length == 0) return "";
        if (place.StartsWith("https://", StringComparison.Ordinal)) return Filled(root, place);
        foreach (var choice in place.Split('|'))
        {
            var text = string.Join(' ', choice.Split('+').Select(path => Scalar(Find(root, path))).Where(static part => part.Length > 0));
            if (text.Length > 0) return text;
        }
        return "";
    }

    /// <summary>Whether a condition holds; the empty one always does.</summary>
    public static bool Holds(JsonElement root, string condition) => condition.Length == 0 || condition.Split('&').All(part => PartHolds(root, part));

    private static bool PartHolds(JsonElement root, string part)
    {
        if (part[0] == '!') return IsNothing(Find(root, part[1..]));
        if (part[^1] == '?') return Scalar(Find(root, part[..^1])).Length > 0;
        var equals = part.IndexOf('=');
        if (equals < 0) return IsTrue(Find(root, part));
        var need = part[equals - 1] != '?';
        var value = Find(root, part[..(need ? equals : equals - 1)]);
        return (!need && value.ValueKind is JsonValueKind.Undefined) || HasValue(value, part[(equals + 1)..]);
    }

    private static bool IsNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.GetString() is "" or "false" or "0",
        JsonValueKind.Number => value.TryGetDouble(out var number) && number == 0,
        _ => false,
    };

    /// <summary>The text of a claim whose name a superuser has entered; empty when there is none.</summary>
    public static string Claim(JsonElement root, string name) => Scalar(Find(root, name));

    /// <summary>The value of a path; undefined when there is none. A member whose whole name is the path comes first: names of claims may have dots.</summary>
    public static JsonElement Find(JsonElement root, string path)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(path, out var whole)) return whole;
        var at = root;
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength()) at = at[index];
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return default;
        }
        return at;
    }

    /// <summary>True for a value that is this text, or a list that has it.</summary>
    public static bool HasValue(JsonElement value, string text) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Any(item => Scalar(item) == text)
        : Scalar(value) == text && text.Length > 0;

    /// <summary>True for true in any of the ways in which services say it.</summary>
    public static bool IsTrue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.String => value.GetString() is "true" or "1",
        JsonValueKind.Number => value.TryGetDouble(out var number) && number != 0,
        _ => false,
    };

    private static string Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Coercion.StringOf(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "",
    };

    private static string Filled(JsonElement root, string form)
    {
        var text = form;
        for (var start = text.IndexOf('{'); start >= 0; start = text.IndexOf('{'))
        {
            var end = text.IndexOf('}', start);
            var value = Scalar(Find(root, text[(start + 1)..end]));
            if (value.Length == 0) return "";
            text = string.Concat(text.AsSpan(0, start), Uri.EscapeDataString(value), text.AsSpan(end + 1));
        }
        return text;
    }
}
