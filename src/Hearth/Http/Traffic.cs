using Hearth.Basics.Journeys;

namespace Hearth.Http;

/// <summary>What this node did in the last minute, part by part, for the picture of the whole. In memory only.</summary>
public sealed class Traffic
{
    /// <summary>Counts from now on.</summary>
    public Traffic(TimeProvider clock)
    {
        Started = clock.GetUtcNow();
        (Requests, Refused, Callers, Rules, RefusedByRule) = (new(clock), new(clock), new(clock), new(clock), new(clock));
        (Reads, Writes, Commits, Files, Mails, Live) = (new(clock), new(clock), new(clock), new(clock), new(clock), new(clock));
    }

    /// <summary>When this node was started.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>All requests; those that end with a 5xx failed.</summary>
    internal TrafficWindow Requests { get; }

    /// <summary>Requests that ended with a 4xx.</summary>
    internal TrafficWindow Refused { get; }

    /// <summary>Looking up who shows a token, and comparing passwords.</summary>
    internal TrafficWindow Callers { get; }

    /// <summary>Rules that were asked.</summary>
    internal TrafficWindow Rules { get; }

    /// <summary>Rules that said no.</summary>
    internal TrafficWindow RefusedByRule { get; }

    /// <summary>Questions to the database.</summary>
    internal TrafficWindow Reads { get; }

    /// <summary>Changes in the database.</summary>
    internal TrafficWindow Writes { get; }

    /// <summary>Commits.</summary>
    internal TrafficWindow Commits { get; }

    /// <summary>Files read, written and removed.</summary>
    internal TrafficWindow Files { get; }

    /// <summary>Mails put into the queue.</summary>
    internal TrafficWindow Mails { get; }

    /// <summary>Changes told to who listens.</summary>
    internal TrafficWindow Live { get; }

    /// <summary>A request ended.</summary>
    internal void Add(long started, long ended, int status, Journey? journey)
    {
        Requests.Add(ended, ended - started, status >= 500);
        if (status is >= 400 and < 500) Refused.Add(ended, ended - started);
        if (journey is null) return;
        foreach (ref readonly var step in journey.Steps)
        {
            var took = step.Ended - step.Began;
            switch (step.Kind)
            {
                case StepKind.Caller when took == 0: break; // nobody in particular
                case StepKind.Caller or StepKind.Password:
                    Callers.Add(ended, took);
                    break;
                case StepKind.Rule:
                    Rules.Add(ended, took);
                    if (step.Outcome == "refused") RefusedByRule.Add(ended, took);
                    break;
                case StepKind.Read:
                    Reads.Add(ended, took + step.Waited, step.Flag);
                    break;
                case StepKind.Write:
                    Writes.Add(ended, took + step.Waited, step.Flag);
                    if (step.Commit >= 0) Commits.Add(ended, step.Commit);
                    break;
                case StepKind.Files:
                    Files.Add(ended, took);
                    break;
                case StepKind.Mail:
                    Mails.Add(ended, took);
                    break;
                case StepKind.Live:
                    Live.Add(ended, took);
                    break;
            }
        }
    }
}
