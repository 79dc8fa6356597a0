namespace Hearth.Basics.Journeys;

/// <summary>What can be noted.</summary>
internal sealed partial class Journey
{
    /// <summary>It was found out who asks.</summary>
    public void Caller(long began, long ended) => Add(StepKind.Caller, began, ended);

    /// <summary>Says more of the caller, when the journey is kept.</summary>
    public void NameCaller(string kind, string? collection, string? id, string? name)
    {
        foreach (ref var step in steps.AsSpan(0, count))
        {
            if (step.Kind == StepKind.Caller) (step.Action, step.Text, step.Other, step.Name) = (kind, collection, id, name);
        }
    }

    /// <summary>What the rule says to the caller.</summary>
    public void Rule(string collection, string action, string? rule, string outcome, string filter)
    {
        var now = Now;
        ref var step = ref Add(StepKind.Rule, now, now);
        (step.Name, step.Action, step.Text, step.Outcome, step.Other) = (collection, action, rule, outcome, filter);
    }

    /// <summary>The rule noted last was worked into a plan; that took until now.</summary>
    public void RulePlanned()
    {
        if (LastOf(StepKind.Rule) is >= 0 and var at) steps[at].Ended = Now;
    }

    /// <summary>The rule noted last refuses.</summary>
    public void RuleRefused()
    {
        if (LastOf(StepKind.Rule) is >= 0 and var at) steps[at].Outcome = "refused";
    }

    /// <summary>A rate limit counted the request.</summary>
    public void Limits(string label, long most, long used)
    {
        var now = Now;
        ref var step = ref Add(StepKind.Limits, now, now);
        (step.Name, step.Second, step.Count) = (label, most, used);
    }

    /// <summary>The body was read.</summary>
    public void Body(long began, string kind, long bytes)
    {
        ref var step = ref Add(StepKind.Body, began, Now);
        (step.Action, step.Count) = (kind, bytes);
    }

    /// <summary>Code of the app heard of an event; one step for all that heard of it in a row.</summary>
    public void Hooks(long began, string name)
    {
        if (count > 0 && steps[count - 1] is { Kind: StepKind.Hooks } && steps[count - 1].Name == name) steps[count - 1].Ended = Now;
        else Add(StepKind.Hooks, began, Now).Name = name;
    }

    /// <summary>A password was compared with its hash.</summary>
    public void Password(long began) => Add(StepKind.Password, began, Now);

    /// <summary>Bytes of a file were read, written or made smaller.</summary>
    public void File(long began, string action, string? name, long bytes)
    {
        ref var step = ref Add(StepKind.Files, began, Now);
        (step.Action, step.Name, step.Count) = (action, name, bytes);
    }

    /// <summary>A mail was put into the queue.</summary>
    public void Mail() => Another(StepKind.Mail);

    /// <summary>A change is told to who listens, once it is committed.</summary>
    public void Live() => Another(StepKind.Live);

    /// <summary>The next statement had to wait, in ticks.</summary>
    public void Wait(long ticks) => waited += ticks;

    /// <summary>A statement that ends now.</summary>
    /// <param name="kind">Read or write.</param>
    /// <param name="sql">Its text, values left out; null for text of a user.</param>
    /// <param name="began">When it began.</param>
    /// <param name="rows">Rows read; -1 when it is no question.</param>
    /// <param name="changed">Rows changed; -1 when it is no change.</param>
    /// <param name="failed">It failed.</param>
    public void Statement(StepKind kind, string? sql, long began, long rows, long changed = -1, bool failed = false)
    {
        if (++statements > MostStatements) return;
        ref var step = ref Add(kind, began, Now);
        (step.Text, step.Count, step.Second, step.Waited, step.Flag) = (sql, rows, changed, waited, failed);
        waited = 0;
    }

    /// <summary>What was written last was committed.</summary>
    /// <param name="took">From the end of the work to the end of the commit, in ticks.</param>
    public void Committed(long took)
    {
        if (LastOf(StepKind.Write) is >= 0 and var at) steps[at].Commit = took;
    }

    private void Another(StepKind kind)
    {
        var at = LastOf(kind);
        if (at >= 0)
        {
            steps[at].Count++;
            return;
        }
        var now = Now;
        Add(kind, now, now).Count = 1;
    }

    private int LastOf(StepKind kind)
    {
        for (var at = count - 1; at >= 0; at--)
        {
            if (steps[at].Kind == kind) return at;
        }
        return -1;
    }
}
