using System.Reflection;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Resources.Settings;

namespace Hearth.Features.Overview;

/// <summary>Writes the overview, in the form of docs/reference/overview.md.</summary>
internal static class OverviewJson
{
    private const int SlowWithoutSetting = 100;
    private static readonly TimeSpan JobFailureShown = TimeSpan.FromHours(1);

    public static void Write(Utf8JsonWriter json, FeatureSetup setup, Resting resting, IReadOnlyList<OtherNode> others)
    {
        var (now, settings, traffic) = (setup.Clock.GetUtcNow(), setup.Settings.Current, setup.Traffic);
        var (requests, refused) = (traffic.Requests.Read(), traffic.Refused.Read());
        json.WriteStartObject();
        json.WriteString("at"u8, DateText.Of(now));
        WriteNode(json, setup, resting);
        json.WriteStartObject("seconds"u8);
        WriteSeconds(json, "requests", requests.Calls);
        WriteSeconds(json, "refused", refused.Calls);
        WriteSeconds(json, "failed", requests.Failed);
        json.WriteEndObject();
        json.WriteStartObject("requests"u8);
        json.WriteNumber("count"u8, requests.Count);
        json.WriteNumber("refused"u8, refused.Count);
        json.WriteNumber("failed"u8, requests.Failures);
        WriteTimes(json, requests);
        json.WriteEndObject();
        json.WriteStartArray("parts"u8);
        WriteParts(new PartWriter(json, settings.Journeys.SlowMs > 0 ? settings.Journeys.SlowMs : SlowWithoutSetting), setup, settings, resting, requests, refused, now);
        json.WriteEndArray();
        json.WriteStartArray("nodes"u8);
        WriteNodeOf(json, setup.Engine.Node, Environment.MachineName, now, own: true);
        foreach (var other in others) WriteNodeOf(json, other.Id, other.Machine, now, own: false);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter json, FeatureSetup setup, Resting resting)
    {
        json.WriteStartObject("node"u8);
        json.WriteString("id"u8, setup.Engine.Node);
        json.WriteString("engine"u8, setup.Engine.Kind);
        json.WriteString("database"u8, resting.Engine);
        json.WriteString("version"u8, typeof(OverviewJson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");
        json.WriteString("started"u8, DateText.Of(setup.Traffic.Started));
        json.WriteNumber("memory"u8, Environment.WorkingSet);
        json.WriteEndObject();
    }

    private static void WriteParts(PartWriter parts, FeatureSetup setup, AppSettings settings, Resting resting, TrafficFigures requests, TrafficFigures refused, DateTimeOffset now)
    {
        var traffic = setup.Traffic;
        parts.Write("server", requests, null, ("refused", refused.Count));
        parts.Write("auth", traffic.Callers.Read(), null);
        parts.Write("rules", traffic.Rules.Read(), null, ("refused", traffic.RefusedByRule.Read().Count));
        WriteDatabase(parts, traffic);
        parts.Write("files", traffic.Files.Read(), null, ("place", settings.S3.Enabled ? "bucket" : "folder"));
        parts.Write("mail", traffic.Mails.Read(), resting.MailsFailed > 0 ? "failing" : null, ("waiting", resting.MailsWaiting), ("failed", resting.MailsFailed));
        parts.Write("live", traffic.Live.Read(), null, ("streams", setup.Streams.Count));
        var broken = setup.Jobs.LastFailure is { } failure && now - failure.At < JobFailureShown ? failure.Id : null;
        parts.Write(
            "jobs", setup.Jobs.Ended, broken is null ? 0 : 1, broken is not null ? "failing" : setup.Jobs.Running > 0 ? "well" : "idle",
            ("jobs", setup.Jobs.All.Count), ("running", setup.Jobs.Running), ("failed", broken));
        parts.Write(
            "backups", resting.Backups ?? 0, resting.Backups is null ? 1 : 0, resting.Backups is null ? "failing" : setup.Backups.IsFree ? "idle" : "well",
            ("backups", resting.Backups), ("last", resting.LastBackup is { } last ? DateText.Of(last) : null), ("running", setup.Backups.IsFree ? 0 : 1));
    }

    private static void WriteDatabase(PartWriter parts, Traffic traffic)
    {
        var (reads, writes, commits) = (traffic.Reads.Read(), traffic.Writes.Read(), traffic.Commits.Read());
        var both = new TrafficFigures(
            [.. reads.Calls.Zip(writes.Calls, static (a, b) => a + b)], [.. reads.Failed.Zip(writes.Failed, static (a, b) => a + b)],
            reads.Median ?? writes.Median, Most(reads.Most, writes.Most));
        parts.Write("database", both, null, ("reads", reads.Count), ("writes", writes.Count), ("commits", commits.Count), ("commitP95", commits.Most));
    }

    private static double? Most(double? a, double? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);

    private static void WriteSeconds(Utf8JsonWriter json, string name, int[] counts)
    {
        json.WriteStartArray(name);
        foreach (var count in counts) json.WriteNumberValue(count);
        json.WriteEndArray();
    }

    private static void WriteTimes(Utf8JsonWriter json, TrafficFigures figures)
    {
        if (figures.Median is { } median) json.WriteNumber("p50"u8, median);
        if (figures.Most is { } most) json.WriteNumber("p95"u8, most);
    }

    private static void WriteNodeOf(Utf8JsonWriter json, string id, string machine, DateTimeOffset seen, bool own)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("machine"u8, machine);
        json.WriteString("seen"u8, DateText.Of(seen));
        json.WriteBoolean("own"u8, own);
        json.WriteEndObject();
    }

    /// <summary>Writes one part after the other.</summary>
    private sealed class PartWriter(Utf8JsonWriter json, int slow)
    {
        // One failure among many may be bad luck.
        private const int FailingOneIn = 20;

        /// <summary>A part that is measured. Its state is what the figures say unless another is given.</summary>
        public void Write(string name, TrafficFigures figures, string? state, params ReadOnlySpan<(string Name, object? Value)> facts)
        {
            var (calls, errors) = (figures.Count, figures.Failures);
            state ??= calls == 0 ? "idle" : errors > 0 && errors * FailingOneIn >= calls ? "failing" : figures.Most >= slow ? "slow" : "well";
            Begin(name, state, calls, errors);
            WriteTimes(json, figures);
            End(facts);
        }

        /// <summary>A part that is not.</summary>
        public void Write(string name, int calls, int errors, string state, params ReadOnlySpan<(string Name, object? Value)> facts)
        {
            Begin(name, state, calls, errors);
            End(facts);
        }

        private void Begin(string name, string state, int calls, int errors)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteString("state"u8, state);
            json.WriteNumber("calls"u8, calls);
            json.WriteNumber("errors"u8, errors);
        }

        private void End(ReadOnlySpan<(string Name, object? Value)> facts)
        {
            json.WriteStartObject("facts"u8);
            foreach (var (name, value) in facts)
            {
                json.WritePropertyName(name);
                switch (value)
                {
                    case int number: json.WriteNumberValue(number); break;
                    case long number: json.WriteNumberValue(number); break;
                    case double number: json.WriteNumberValue(number); break;
                    case string text: json.WriteStringValue(text); break;
                    default: json.WriteNullValue(); break;
                }
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
