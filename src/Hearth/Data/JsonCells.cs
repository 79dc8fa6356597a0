using System.Text;
using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Data;

/// <summary>JSON text in cells. Ours is valid by construction; a cell of an old or foreign database may hold anything.</summary>
internal static class JsonCells
{
    /// <summary>True when the bytes are one JSON value.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, JsonLimits.Readers);
        try
        {
            if (!reader.Read()) return false;
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Text that is no JSON, as a JSON string.</summary>
    public static string Quote(ReadOnlySpan<byte> utf8) => JsonList.Write([Encoding.UTF8.GetString(utf8)])[1..^1];
}
