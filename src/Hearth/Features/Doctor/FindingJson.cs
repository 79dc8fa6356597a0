using System.Text.Json;

namespace Hearth.Features.Doctor;

/// <summary>Findings as JSON, the same from the API and from the command line.</summary>
public static class FindingJson
{
    /// <summary>Writes one object with all of them.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Finding> findings)
    {
        json.WriteStartObject();
        json.WriteStartArray("findings"u8);
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("gravity"u8, finding.Gravity.ToString().ToLowerInvariant());
            json.WriteString("area"u8, finding.Area);
            json.WriteString("text"u8, finding.Text);
            json.WriteString("advice"u8, finding.Advice);
            json.WriteStartArray("lines"u8);
            foreach (var line in finding.Lines) json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
