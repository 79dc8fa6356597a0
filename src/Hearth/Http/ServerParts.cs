using System.Collections.Concurrent;
using Hearth.Data;
using Hearth.Http.Output;
using Hearth.Http.Turns;
using Hearth.Resources.Settings;
using Hearth.Schema;

namespace Hearth.Http;

/// <summary>What all exchanges of one app share.</summary>
public sealed class ServerParts
{
    private const int MostKept = 64;
    private readonly ConcurrentBag<JsonAnswer> answers = [];

    /// <summary>The database.</summary>
    public required Engine Engine { get; init; }

    /// <summary>The clock. Nothing reads time elsewhere.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The settings.</summary>
    public required SettingsStore Settings { get; init; }

    /// <summary>The schema of this moment.</summary>
    public required Func<SchemaSnapshot> Schema { get; init; }

    /// <summary>The schema after the change that is under way, if there is one.</summary>
    public required Func<CancellationToken, ValueTask<SchemaSnapshot>> SettledSchema { get; init; }

    /// <summary>Rate limits.</summary>
    public required RateLimiter Rates { get; init; }

    /// <summary>Who must see what was written a moment ago.</summary>
    internal RecentWriters Writers { get; } = new(TimeProvider.System);

    /// <summary>Where requests are logged.</summary>
    public required RequestLog Log { get; init; }

    /// <summary>What this node did in the last minute.</summary>
    public required Traffic Traffic { get; init; }

    /// <summary>Whose turn it is to search.</summary>
    internal SearchTurns Searches { get; init; } = new(4, TimeSpan.FromSeconds(5), TimeProvider.System);

    /// <summary>Answers that clients have not taken yet.</summary>
    internal UnsentAnswers Unsent { get; init; } = new();

    /// <summary>The steps of requests.</summary>
    internal Journeys Journeys { get; init; } = new(TimeProvider.System);

    /// <summary>The app runs on a developer's machine: timings are shown to everybody.</summary>
    public bool Development { get; init; }

    internal JsonAnswer RentAnswer() => answers.TryTake(out var answer) ? answer : new JsonAnswer();

    internal void Return(JsonAnswer answer)
    {
        answer.Dispose();
        if (answers.Count < MostKept) answers.Add(answer);
    }
}
