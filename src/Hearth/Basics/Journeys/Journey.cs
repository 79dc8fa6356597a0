namespace Hearth.Basics.Journeys;

/// <summary>
/// The steps of one request, noted while it goes on. Noting is cheap: numbers and references into a list that serves one request after the other; text is made of it only for
/// the few that are kept. Used by one thread at a time: the request's, or the writer's while the request waits for it.
/// </summary>
internal sealed partial class Journey(TimeProvider clock)
{
    /// <summary>Most statements that are told one by one.</summary>
    public const int MostStatements = 20;

    private const int MostSteps = 64;
    private JourneyStep[] steps = new JourneyStep[8];
    private int count;
    private int statements;
    private long answering;
    private long waited;

    /// <summary>Which request it serves: another number with each.</summary>
    public int Turn { get; private set; }

    /// <summary>When the request arrived.</summary>
    public long Started { get; private set; }

    /// <summary>Stages are noted, too: somebody sees them.</summary>
    public bool ShowsStages { get; set; }

    /// <summary>Statements that were too many to be told one by one.</summary>
    public int MoreStatements => Math.Max(0, statements - MostStatements);

    /// <summary>The steps so far.</summary>
    public ReadOnlySpan<JourneyStep> Steps => steps.AsSpan(0, count);

    /// <summary>The clock, in ticks.</summary>
    public long Now => clock.GetTimestamp();

    /// <summary>A name for this request's journey that is good until it ends.</summary>
    public JourneyTicket Ticket => new(this, Turn);

    /// <summary>Ticks as milliseconds, to a thousandth.</summary>
    public double Milliseconds(long ticks) => Math.Round(ticks * 1000.0 / clock.TimestampFrequency, 3);

    /// <summary>Begins with a request.</summary>
    public void Begin(long started) => Started = started;

    /// <summary>Forgets the request; nobody who still holds the ticket can note anything.</summary>
    public void Forget()
    {
        Turn++;
        Array.Clear(steps, 0, count);
        (count, statements, answering, waited, ShowsStages) = (0, 0, 0, 0, false);
    }

    /// <summary>The answer begins to be sent.</summary>
    public void Answering() => answering = Now;

    /// <summary>
    /// Ends with the answer, and puts the steps into the order in which they began. From here on tickets open nothing: the log reads the steps on another thread.
    /// </summary>
    /// <param name="ended">The end of the request.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="bytes">Bytes of the answer; -1 when it is not known.</param>
    /// <param name="known">It was known from before.</param>
    public void End(long ended, int status, long bytes, bool known)
    {
        ref var step = ref Add(StepKind.Answer, answering == 0 ? ended : answering, ended);
        (step.Count, step.Second, step.Flag) = (bytes, status, known);
        Turn++;
        // A step is noted when it ends. There are few, most of them in order, and those that began at one moment must stay so.
        for (var i = 1; i < count; i++)
        {
            var (moving, to) = (steps[i], i);
            for (; to > 0 && steps[to - 1].Began > moving.Began; to--) steps[to] = steps[to - 1];
            steps[to] = moving;
        }
    }

    /// <summary>A named stretch of work.</summary>
    public void Stage(string name, long began) => Add(StepKind.Stage, began, Now).Name = name;

    private ref JourneyStep Add(StepKind kind, long began, long ended)
    {
        var (at, list) = (count, steps);
        if (at >= list.Length)
        {
            if (at >= MostSteps) at = MostSteps - 1; // the last place goes to the latest
            else Array.Resize(ref list, list.Length * 2);
            steps = list;
        }
        count = at + 1;
        ref var step = ref list[at];
        step = new JourneyStep { Kind = kind, Began = began, Ended = ended, Count = -1, Second = -1, Commit = -1 };
        return ref step;
    }
}

/// <summary>A journey by the request that it was lent to: who holds it for longer than the request finds nothing.</summary>
internal readonly record struct JourneyTicket(Journey? Journey, int Turn)
{
    /// <summary>The journey while the request goes on, or null.</summary>
    public Journey? Open => Journey is { } journey && journey.Turn == Turn ? journey : null;
}
