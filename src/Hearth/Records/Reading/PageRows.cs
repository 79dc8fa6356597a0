using System.Text;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Reading;

/// <summary>What was found of a page, and what of it was written.</summary>
internal struct PageRows
{
    private List<string>? left;

    /// <summary>Rows of the page.</summary>
    public int Found { get; set; }

    /// <summary>Rows that were written.</summary>
    public int Written { get; set; }

    /// <summary>The page is so large that the rows that follow are left for later.</summary>
    public bool IsCut { get; set; }

    /// <summary>Leaves the present row for later.</summary>
    public void Leave(ReadPlan plan, RowCursor rows)
    {
        if (IdOf(plan) is var id && id >= 0) (left ??= []).Add(Encoding.UTF8.GetString(rows.Utf8Of(id)));
    }

    /// <summary>Leaves further rows for later.</summary>
    public void LeaveAlso(IReadOnlyList<string> ids) => (left ??= []).AddRange(ids);

    /// <summary>
    /// The plan of the rows that were left; null when none were. They are those that were found, as they are by then: none comes twice, and who is gone or does not fit
    /// any more is left out. Rows of views have no lasting ids, and are counted instead.
    /// </summary>
    /// <param name="whole">The plan of the page.</param>
    /// <param name="last">The plan of the piece that was read last.</param>
    public readonly ReadPlan? Rest(ReadPlan whole, ReadPlan last)
    {
        if (left is not null) return Of(whole, left);
        return IdOf(last) < 0 && Found > Written ? last with { Counted = false, Offset = last.Offset + Written, Limit = Found - Written } : null;
    }

    /// <summary>The rows with these ids, if they are still among those of a plan.</summary>
    public static ReadPlan Of(ReadPlan plan, IReadOnlyList<string> ids) =>
        plan with { Counted = false, Offset = 0, Limit = ids.Count, Where = Filter.Both(plan.Where, new IdIn(plan.From, ids)) };

    /// <summary>The plan of the ids alone; null where rows have none that last.</summary>
    public static ReadPlan? Ids(ReadPlan plan) => IdOf(plan) is var id && id >= 0 ? plan with { Columns = [plan.Columns[id]] } : null;

    private static int IdOf(ReadPlan plan)
    {
        if (plan.From.Collection is not { Type: not CollectionType.View }) return -1;
        for (var i = 0; i < plan.Columns.Length; i++)
        {
            if (plan.Columns[i] is { Field.Name: "id", VisibleWhen: null }) return i;
        }
        return -1;
    }
}
