using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hearth.Basics.Journeys;

namespace Hearth.Http;

/// <summary>
/// The timed, named stretches of one request. Each is an <see cref="Activity"/> of the source <c>Hearth</c> when somebody listens, and an
/// entry of <c>Server-Timing</c> when the caller may see it. Costs next to nothing otherwise.
/// </summary>
public static class Stages
{
    /// <summary>Name of the source of the spans, for OpenTelemetry's <c>AddSource</c>.</summary>
    public const string SourceName = "Hearth";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a stage, noted in a journey that shows stages; dispose what is returned to end it.</summary>
    internal static Stage Begin(Journey? journey, string name) => journey is { ShowsStages: true } shown
        ? new Stage(shown, name, Source.StartActivity(name), shown.Now)
        : Source.HasListeners() ? new Stage(null, name, Source.StartActivity(name), 0) : default;

    /// <summary>The ended stages and the whole time so far as a <c>Server-Timing</c> value, durations in milliseconds.</summary>
    internal static string Header(Journey journey)
    {
        var text = new StringBuilder();
        foreach (ref readonly var step in journey.Steps)
        {
            if (step.Kind == StepKind.Stage) Add(step.Name, step.Ended - step.Began);
        }
        Add("total", journey.Now - journey.Started);
        return text.ToString();

        void Add(string? name, long took) =>
            text.Append(text.Length > 0 ? ", " : "").Append(name).Append(";dur=").Append(journey.Milliseconds(took).ToString("0.###", CultureInfo.InvariantCulture));
    }
}

/// <summary>One running stage of a request.</summary>
public readonly struct Stage : IDisposable
{
    private readonly Journey? journey;
    private readonly string name;
    private readonly Activity? activity;
    private readonly long began;

    internal Stage(Journey? journey, string name, Activity? activity, long began) => (this.journey, this.name, this.activity, this.began) = (journey, name, activity, began);

    /// <summary>Ends the stage.</summary>
    public void Dispose()
    {
        activity?.Dispose();
        journey?.Stage(name, began);
    }
}
