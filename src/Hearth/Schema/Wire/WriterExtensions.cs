using System.Text.Json;

namespace Hearth.Schema.Wire;

/// <summary>Writing of option values that may be null.</summary>
internal static class WriterExtensions
{
    /// <summary>A list of texts; an empty one when there is none, because clients go through it.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, string name, IReadOnlyList<string>? texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts ?? []) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    /// <summary>A number, or null.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } value) writer.WriteNumber(name, value);
        else writer.WriteNull(name);
    }
}
