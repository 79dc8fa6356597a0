using System.Text.Json;
using Hearth.Basics.Journeys;

namespace Hearth.Features.Logs;

/// <summary>Writes the journey of a request into its log entry, in the form of docs/reference/journey.md. Times are milliseconds.</summary>
internal static class JourneyJson
{
    private const int LongestText = 8000;

    public static void Write(Utf8JsonWriter json, KeptJourney kept)
    {
        var (journey, ended) = (kept.Journey, kept.Journey.Started);
        json.WriteStartObject("journey"u8);
        json.WriteString("why"u8, kept.Why);
        json.WriteString("engine"u8, kept.Engine);
        if (kept.Node is not null) json.WriteString("node"u8, kept.Node);
        foreach (ref readonly var step in journey.Steps) ended = Math.Max(ended, step.Ended);
        json.WriteNumber("total"u8, journey.Milliseconds(ended - journey.Started));
        json.WriteStartArray("steps"u8);
        foreach (ref readonly var step in journey.Steps)
        {
            if (step.Kind == StepKind.Stage) continue;
            json.WriteStartObject();
            json.WriteString("step"u8, NameOf(step.Kind));
            json.WriteNumber("at"u8, journey.Milliseconds(step.Began - journey.Started));
            json.WriteNumber("took"u8, journey.Milliseconds(step.Ended - step.Began));
            WriteFacts(json, journey, step);
            json.WriteEndObject();
        }
        if (journey.MoreStatements > 0)
        {
            json.WriteStartObject();
            json.WriteString("step"u8, "database"u8);
            json.WriteNumber("at"u8, journey.Milliseconds(ended - journey.Started));
            json.WriteNumber("took"u8, 0);
            json.WriteNumber("more"u8, journey.MoreStatements);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string NameOf(StepKind kind) => kind switch
    {
        StepKind.Caller => "caller",
        StepKind.Limits => "limits",
        StepKind.Body => "body",
        StepKind.Rule => "rule",
        StepKind.Hooks => "hooks",
        StepKind.Password => "password",
        StepKind.Read or StepKind.Write => "database",
        StepKind.Files => "files",
        StepKind.Mail => "mail",
        StepKind.Live => "live",
        StepKind.Answer => "answer",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static void WriteFacts(Utf8JsonWriter json, Journey journey, in JourneyStep step)
    {
        switch (step.Kind)
        {
            case StepKind.Caller:
                Text(json, "who", step.Action);
                Text(json, "collection", step.Text);
                Text(json, "id", step.Other);
                Text(json, "name", step.Name);
                break;
            case StepKind.Rule:
                Text(json, "collection", step.Name);
                Text(json, "action", step.Action);
                json.WriteString("rule"u8, Cut(step.Text));
                Text(json, "outcome", step.Outcome);
                if (step.Other is { Length: > 0 }) Text(json, "filter", step.Other);
                break;
            case StepKind.Limits:
                Text(json, "rule", step.Name);
                Number(json, "max", step.Second);
                Number(json, "used", step.Count);
                break;
            case StepKind.Body:
                Number(json, "bytes", step.Count);
                Text(json, "kind", step.Action);
                break;
            case StepKind.Hooks:
                json.WriteStartArray("names"u8);
                json.WriteStringValue(step.Name);
                json.WriteEndArray();
                break;
            case StepKind.Files:
                Text(json, "action", step.Action);
                Text(json, "name", step.Name);
                Number(json, "bytes", step.Count);
                break;
            case StepKind.Mail:
                Number(json, "count", step.Count);
                break;
            case StepKind.Live:
                Number(json, "told", step.Count);
                break;
            case StepKind.Read or StepKind.Write:
                WriteStatement(json, journey, step);
                break;
            case StepKind.Answer:
                json.WriteNumber("status"u8, step.Second);
                Number(json, "bytes", step.Count);
                if (step.Flag) json.WriteBoolean("kept"u8, true);
                break;
        }
    }

    private static void WriteStatement(Utf8JsonWriter json, Journey journey, in JourneyStep step)
    {
        json.WriteString("kind"u8, step.Kind == StepKind.Read ? "read"u8 : "write"u8);
        json.WriteString("sql"u8, Cut(step.Text) ?? "");
        Number(json, "rows", step.Count);
        Number(json, "changed", step.Second);
        if (step.Waited > 0) json.WriteNumber("waited"u8, journey.Milliseconds(step.Waited));
        if (step.Commit >= 0) json.WriteNumber("commit"u8, journey.Milliseconds(step.Commit));
        if (step.Flag) json.WriteBoolean("failed"u8, true);
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, Cut(text));
    }

    private static void Number(Utf8JsonWriter json, string name, long number)
    {
        if (number >= 0) json.WriteNumber(name, number);
    }

    // Never within a character of two units: half of one is no text.
    private static string? Cut(string? text) =>
        text is { Length: > LongestText } ? string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText), "…") : text;
}
