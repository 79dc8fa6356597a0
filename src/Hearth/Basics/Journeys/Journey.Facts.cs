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

    private int LastOf(StepKind kind)
    {
        for (var at = count - 1; at >= 0; at--)
        {
            if (steps[at].Kind == kind) return at;
        }
        return -1;
    }
}
