using System.Globalization;
using System.Text.Json;
using Hearth.Schema;
using Hearth.Schema.Values;

namespace Hearth.Planning.Binding;

/// <summary>Turns submitted or stored JSON into values of literals.</summary>
internal static class JsonLiterals
{
    /// <summary>Scalars as themselves, lists of texts as lists, everything else as compact JSON; nothing for null.</summary>
    public static FieldValue ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => FieldValue.Text(Coercion.StringOf(element)),
        JsonValueKind.Number => FieldValue.Number(element.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => FieldValue.Bool(element.GetBoolean()),
        JsonValueKind.Array when element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            FieldValue.List([.. element.EnumerateArray().Select(Coercion.StringOf)]),
        JsonValueKind.Array or JsonValueKind.Object => FieldValue.Json(JsonSpelling.Of(element)),
        _ => FieldValue.Null,
    };

    /// <summary>What is at a path inside a JSON value; digits-only names index lists. False when the path leads nowhere.</summary>
    public static bool TryFind(JsonElement element, ReadOnlySpan<string> path, out JsonElement found)
    {
        found = element;
        foreach (var name in path)
        {
            if (found.ValueKind == JsonValueKind.Object && Member(found, name) is { } child)
            {
                found = child;
            }
            else if (found.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < found.GetArrayLength())
            {
                found = found[index];
            }
            else
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The value at a path inside a value as it is stored; null when the path leads nowhere.</summary>
    public static FieldValue? Inside(FieldValue stored, ReadOnlySpan<string> path)
    {
        if (stored.Kind == FieldValueKind.List && path is [var position])
        {
            return int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < stored.AsList.Count ? FieldValue.Text(stored.AsList[index]) : null;
        }
        if (stored.Kind != FieldValueKind.Json) return path.IsEmpty ? stored : null;
        // Only a database that something else wrote holds broken JSON; it reads as nothing.
        return Coercion.TryParse(stored.AsJson, out var element) && TryFind(element, path, out var found) ? ValueOf(found) : null;
    }

    /// <summary>A list of texts as compact JSON.</summary>
    public static string TextOf(IReadOnlyList<string> items) => JsonSpelling.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var item in items) writer.WriteStringValue(item);
        writer.WriteEndArray();
    });

    private static JsonElement? Member(JsonElement element, string name)
    {
        try
        {
            return element.TryGetProperty(name, out var child) ? child : null;
        }
        catch (InvalidOperationException)
        {
            // A member's name is half a surrogate pair, which no text can be.
            return null;
        }
    }
}
