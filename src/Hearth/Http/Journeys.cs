using Hearth.Basics.Journeys;
using Hearth.Resources.Settings;

namespace Hearth.Http;

/// <summary>Lends journeys to requests, and decides which of them are kept. Safe for any number of requests at once.</summary>
internal sealed class Journeys(TimeProvider clock)
{
    /// <summary>The header by which a superuser asks for the journey of a request, and that names the entry of the log in its answer.</summary>
    public const string Header = "X-Hearth-Journey";

    // On a busy server even a few of a hundred are more than anybody reads, and in an outage every request fails.
    private const int MostKeptASecond = 50;
    private const int Slots = 32;
    private readonly Journey?[] idle = new Journey?[Slots];
    private long second;
    private int kept;

    /// <summary>A journey for a request that arrived at a moment of the clock.</summary>
    public Journey Begin(long started)
    {
        var from = Environment.CurrentManagedThreadId;
        Journey? journey = null;
        for (var i = 0; i < Slots && journey is null; i++)
        {
            ref var slot = ref idle[(from + i) % Slots];
            if (Volatile.Read(ref slot) is not null) journey = Interlocked.Exchange(ref slot, null);
        }
        journey ??= new Journey(clock);
        journey.Begin(started);
        return journey;
    }

    /// <summary>The request is over and its journey is not kept.</summary>
    public void Return(Journey journey)
    {
        journey.Forget();
        var from = Environment.CurrentManagedThreadId;
        for (var i = 0; i < Slots; i++)
        {
            ref var slot = ref idle[(from + i) % Slots];
            if (Volatile.Read(ref slot) is null && Interlocked.CompareExchange(ref slot, journey, null) is null) return;
        }
    }

    /// <summary>Why the journey of a request is kept, or null when it is not.</summary>
    /// <param name="settings">The settings of this moment.</param>
    /// <param name="asked">A superuser asked for it.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="took">How long it took.</param>
    public string? WhyKept(JourneySettings settings, bool asked, int status, TimeSpan took)
    {
        if (asked) return "asked";
        var why = status >= 500 ? "failed"
            : took.TotalMilliseconds >= settings.SlowMs ? "slow"
            : settings.Sample > 0 && Random.Shared.NextDouble() < settings.Sample ? "sampled"
            : null;
        return why is not null && HasRoom() ? why : null;
    }

    private bool HasRoom()
    {
        var now = clock.GetTimestamp() / clock.TimestampFrequency;
        if (Interlocked.Exchange(ref second, now) != now) Volatile.Write(ref kept, 0);
        return Interlocked.Increment(ref kept) <= MostKeptASecond;
    }
}
