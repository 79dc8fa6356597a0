using System.Text.Json;

namespace Hearth.Basics.Media;

/// <summary>Tells JSON from other texts, and formats that are JSON by the members that only they have.</summary>
internal static class JsonSniffer
{
    private static readonly HashSet<string> GeoTypes = new(
        ["Feature", "FeatureCollection", "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"], StringComparer.Ordinal);

    /// <summary>The kind of a text that begins with a brace or bracket; null when it is no JSON.</summary>
    public static MediaKind? Sniff(ReadOnlySpan<byte> text)
    {
        var isWhole = text.Length < MediaSniffer.HeadLength - 256;
        return OfDocument(text, isWhole) ?? (IsLines(text, isWhole) ? new MediaKind("application/x-ndjson", ".ndjson") : null);
    }

    // What was cut off must not make it a plain text: only what can be read so far has to be JSON.
    private static MediaKind? OfDocument(ReadOnlySpan<byte> text, bool isWhole)
    {
        var reader = new Utf8JsonReader(text, isWhole, default);
        var (tokens, kind, outer, name) = (0, "", "", "");
        try
        {
            while (reader.Read())
            {
                tokens++;
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = reader.ValueSpan.Length > 32 ? "" : reader.GetString() ?? "";
                    if (reader.CurrentDepth == 1) outer = name;
                    if (outer == "log" && reader.CurrentDepth == 2 && name is "version" or "creator" or "entries") kind = ".har";
                }
                else if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= 32)
                {
                    if (reader.CurrentDepth == 1 && name == "type" && GeoTypes.Contains(reader.GetString() ?? "")) kind = ".geojson";
                    if (reader.CurrentDepth == 2 && outer == "asset" && name == "version" && reader.GetString() is "1.0" or "2.0") kind = ".gltf";
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
        if (tokens <= 1) return null;
        return kind switch
        {
            ".geojson" => new MediaKind("application/geo+json", kind),
            ".gltf" => new MediaKind("model/gltf+json", kind),
            ".har" => new MediaKind("application/json", kind),
            _ => new MediaKind("application/json", ".json"),
        };
    }

    /// <summary>At least two lines, each an object or a list.</summary>
    private static bool IsLines(ReadOnlySpan<byte> text, bool isWhole)
    {
        var lines = 0;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            if (end < 0 && !isWhole) break;
            var line = (end < 0 ? text : text[..end]).Trim(" \t\r"u8);
            text = end < 0 ? [] : text[(end + 1)..];
            if (line.IsEmpty) continue;
            if (line[0] is not ((byte)'{' or (byte)'[')) return false;
            var reader = new Utf8JsonReader(line);
            try
            {
                while (reader.Read())
                {
                }
            }
            catch (JsonException)
            {
                return false;
            }
            lines++;
        }
        return lines >= 2;
    }
}
