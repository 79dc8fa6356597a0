using System.Text.Json;
using Hearth.Resources.Audit;

namespace Hearth.Features.Audit;

/// <summary>The answer of a check.</summary>
internal static class AuditReportJson
{
    /// <summary>Writes it. <paramref name="noted"/>: whether the entry that was sent along is there as it was; null when none was sent.</summary>
    public static void Write(Utf8JsonWriter json, AuditReport report, bool? noted)
    {
        json.WriteStartObject();
        json.WriteBoolean("valid"u8, report.Problems.Count == 0 && noted != false);
        json.WriteNumber("entries"u8, report.Entries);
        json.WriteNumber("unsealed"u8, report.Unsealed);
        json.WriteBoolean("signed"u8, report.Signed);
        if (noted is { } holds) json.WriteBoolean("noted"u8, holds);
        json.WriteStartObject("head"u8);
        json.WriteNumber("number"u8, report.Head.Number);
        json.WriteString("hash"u8, report.Head.Hash);
        json.WriteEndObject();
        json.WriteNumber("removedThrough"u8, report.Head.AnchorNumber);
        json.WriteStartArray("problems"u8);
        foreach (var problem in report.Problems)
        {
            json.WriteStartObject();
            json.WriteNumber("number"u8, problem.Number);
            json.WriteString("id"u8, problem.Id);
            json.WriteString("kind"u8, problem.Kind);
            json.WriteString("message"u8, problem.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
