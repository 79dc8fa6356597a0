using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Hearth.Http;

/// <summary>
/// The timed, named steps of one request. Each is an <see cref="Activity"/> of the source <c>Hearth</c> when somebody listens, and an
/// entry of <c>Server-Timing</c> when the caller may see it. Costs next to nothing otherwise.
/// </summary>
public sealed class StageClock
{
    /// <summary>Name of the source of the spans, for OpenTelemetry's <c>AddSource</c>.</summary>
    public const string SourceName = "Hearth";

    private static readonly ActivitySource Source = new(SourceName);
    private readonly List<(string Name, TimeSpan Took)> steps = [];
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Begins a step, kept by <paramref name="clock"/> unless that is null; dispose what is returned to end it.</summary>
    public static Step Begin(StageClock? clock, string name) =>
        clock is null && !Source.HasListeners() ? default : new Step(clock, name, Source.StartActivity(name));

    /// <summary>The ended steps and the whole time so far as a <c>Server-Timing</c> value, durations in milliseconds.</summary>
    public string Header()
    {
        var text = new StringBuilder();
        foreach (var (name, took) in steps) Add(name, took);
        Add("total", Stopwatch.GetElapsedTime(started));
        return text.ToString();

        void Add(string name, TimeSpan took) =>
            text.Append(text.Length > 0 ? ", " : "").Append(name).Append(";dur=").Append(took.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture));
    }

    /// <summary>One running step.</summary>
    public readonly struct Step : IDisposable
    {
        private readonly StageClock? clock;
        private readonly string name;
        private readonly Activity? activity;
        private readonly long started;

        internal Step(StageClock? clock, string name, Activity? activity) =>
            (this.clock, this.name, this.activity, started) = (clock, name, activity, Stopwatch.GetTimestamp());

        /// <summary>Ends the step.</summary>
        public void Dispose()
        {
            activity?.Dispose();
            clock?.steps.Add((name, Stopwatch.GetElapsedTime(started)));
        }
    }
}
