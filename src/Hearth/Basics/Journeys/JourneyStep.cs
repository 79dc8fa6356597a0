namespace Hearth.Basics.Journeys;

/// <summary>What happened in a step of a request.</summary>
internal enum StepKind : byte
{
    /// <summary>A named stretch of the server's own work, for <c>Server-Timing</c>.</summary>
    Stage,

    /// <summary>Finding out who asks.</summary>
    Caller,

    /// <summary>Counting against a rate limit.</summary>
    Limits,

    /// <summary>Reading what was sent.</summary>
    Body,

    /// <summary>What the rule of a collection says.</summary>
    Rule,

    /// <summary>The app's own code.</summary>
    Hooks,

    /// <summary>Comparing a password with its hash, which is meant to take long.</summary>
    Password,

    /// <summary>A question to the database.</summary>
    Read,

    /// <summary>A change in the database.</summary>
    Write,

    /// <summary>Bytes of files.</summary>
    Files,

    /// <summary>Mails that were put into the queue.</summary>
    Mail,

    /// <summary>News for who listens.</summary>
    Live,

    /// <summary>Sending the answer.</summary>
    Answer,
}

/// <summary>
/// One step as it is noted: times in ticks of the clock, texts by reference. What the fields hold depends on the kind; the log gives them their names.
/// </summary>
internal struct JourneyStep
{
    /// <summary>What happened.</summary>
    public StepKind Kind;

    /// <summary>When it began and ended.</summary>
    public long Began, Ended;

    /// <summary>Stage, rule, hook, file: its name. Caller: its name. Rule: the collection.</summary>
    public string? Name;

    /// <summary>Statement: its SQL. Rule: the text of it. Files, body: what kind. Caller: the collection.</summary>
    public string? Text;

    /// <summary>Rule: the client's filter. Caller: the id.</summary>
    public string? Other;

    /// <summary>Rule: the action. Caller: what kind.</summary>
    public string? Action;

    /// <summary>How it ended: one of the words of the kind.</summary>
    public string? Outcome;

    /// <summary>Rows, bytes, how many; -1 when it is not known.</summary>
    public long Count;

    /// <summary>Statement: rows changed. Limits: the most. -1 when it is not known.</summary>
    public long Second;

    /// <summary>Statement: how long it waited for its turn, in ticks.</summary>
    public long Waited;

    /// <summary>Statement: how long the commit behind it took, in ticks; -1 when there was none.</summary>
    public long Commit;

    /// <summary>Statement: it failed. Answer: it was known from before.</summary>
    public bool Flag;
}
