namespace Hearth.Data.Sqlite;

/// <summary>The rows that a group of sessions has changed, and the clock that is moved around their commit. Used by the writer's thread.</summary>
internal sealed class ChangedRows(RowClock clock)
{
    private readonly List<int> stripes = [];
    private bool any;

    /// <summary>A row was changed or removed.</summary>
    public void Add(string id)
    {
        if (stripes.Count == RowClock.Stripes) any = true; // so many that it makes no difference
        if (!any) stripes.Add(RowClock.StripeOf(id));
    }

    /// <summary>Something was done of which it is not known which rows it changed.</summary>
    public void AddAll() => any = true;

    /// <summary>Before the commit.</summary>
    public void Begin()
    {
        if (any) clock.BeginAll();
        else foreach (var stripe in stripes) clock.Begin(stripe);
    }

    /// <summary>After the commit, whatever came of it; nothing is changed any more.</summary>
    public void End()
    {
        if (any) clock.EndAll();
        else foreach (var stripe in stripes) clock.End(stripe);
        Forget();
    }

    /// <summary>The changes were undone.</summary>
    public void Forget()
    {
        stripes.Clear();
        any = false;
    }
}
