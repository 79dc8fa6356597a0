using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Records.Reading;

/// <summary>
/// Follows the relations of records (contract 1.13): one query for each segment and level, whatever the number of records, and every
/// collection under its own view rule. What cannot be followed is left out in silence.
/// </summary>
internal sealed class Expansion(RecordShapes shapes, ReadRequest request, ReadSession session, ExpandBudget budget, PooledBuffer page)
{
    private const int MostReferring = 1000;

    private readonly Planner planner = new(request.Schema, request.Facts with { Context = "expand" });
    private readonly FragmentReader reader = new(shapes, request with { Wants = null, Each = null }, budget, page);

    /// <summary>Follows the segments from records that were read with the links of the same steps.</summary>
    public async ValueTask FollowAsync(IReadOnlyList<Fragment> from, IReadOnlyList<ExpandStep> steps, CancellationToken stop)
    {
        if (from.Count == 0 || steps.Count == 0 || budget.IsExceeded) return;
        foreach (var fragment in from) fragment.Expanded = new List<Expanded>(steps.Count);
        var link = 0;
        foreach (var step in steps)
        {
            var links = step.IsBack ? -1 : link++;
            if (RecordRules.Gate(request.Facts.Caller, step.Target, RecordActions.View) is not null) continue;
            var next = step.Node.Children.Count == 0 ? [] : ExpandStep.Find(request.Schema, step.Target, step.Node);
            var found = step.IsBack ? await ReferringAsync(from, step, next, stop) : await ReferredAsync(from, links, step, next, stop);
            if (step.Node.Children.Count > 0) await FollowAsync(found, next, stop);
            Attach(from, links, step, found);
        }
    }

    /// <summary>The fields whose ids must be read to follow the steps.</summary>
    public static List<Field> LinksOf(IReadOnlyList<ExpandStep> steps)
    {
        var links = new List<Field>(steps.Count);
        foreach (var step in steps)
        {
            if (!step.IsBack) links.Add(step.Field);
        }
        return links;
    }

    private async ValueTask<List<Fragment>> ReferredAsync(IReadOnlyList<Fragment> from, int link, ExpandStep step, List<ExpandStep> next, CancellationToken stop)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fragment in from)
        {
            var linked = fragment.Links[link];
            for (var i = 0; i < linked.Count; i++) ids.Add(linked[i]);
        }
        if (ids.Count == 0) return [];
        var plan = planner.ByIds(step.Target, [.. ids], step.Target.ViewRule);
        return plan.Failed(out _) ? [] : await reader.ReadAsync(session, plan.Value, LinksOf(next), stop);
    }

    private async ValueTask<List<Fragment>> ReferringAsync(IReadOnlyList<Fragment> from, ExpandStep step, List<ExpandStep> next, CancellationToken stop)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fragment in from) ids.Add(fragment.Id);
        var limit = checked(ids.Count * MostReferring);
        var found = await ReferringAsync([.. ids], limit, step, next, stop);
        if (ids.Count == 1 || found.Count < limit || budget.IsExceeded) return found;
        // Some record has so many that others may have been cut off: ask for each alone.
        var each = new Dictionary<string, Fragment>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            foreach (var fragment in await ReferringAsync([id], MostReferring, step, next, stop)) each.TryAdd(fragment.Id, fragment);
        }
        return [.. each.Values];
    }

    // The links of what is found: those of the next steps, then the field by which it refers.
    private async ValueTask<List<Fragment>> ReferringAsync(string[] ids, int limit, ExpandStep step, List<ExpandStep> next, CancellationToken stop)
    {
        var plan = planner.Referring(step.Target, step.Field, ids, step.Target.ViewRule, limit);
        return plan.Failed(out _) ? [] : await reader.ReadAsync(session, plan.Value, [.. LinksOf(next), step.Field], stop);
    }

    private static void Attach(IReadOnlyList<Fragment> from, int link, ExpandStep step, List<Fragment> found)
    {
        if (found.Count == 0) return;
        var key = JsonEncodedText.Encode(step.Node.Name);
        if (step.IsBack) AttachReferring(from, key, step, ByReferred(found));
        else AttachReferred(from, link, key, step, ById(found));
    }

    private static void AttachReferring(IReadOnlyList<Fragment> from, JsonEncodedText key, ExpandStep step, Dictionary<string, List<Fragment>> byReferred)
    {
        foreach (var fragment in from)
        {
            if (byReferred.TryGetValue(fragment.Id, out var records)) fragment.Expanded!.Add(new Expanded(key, records, step.IsSingle));
        }
    }

    private static void AttachReferred(IReadOnlyList<Fragment> from, int link, JsonEncodedText key, ExpandStep step, Dictionary<string, Fragment> byId)
    {
        foreach (var fragment in from)
        {
            var linked = fragment.Links[link];
            if (linked.Count == 1)
            {
                if (byId.TryGetValue(linked[0], out var only)) fragment.Expanded!.Add(new Expanded(key, [only], step.IsSingle));
                continue;
            }
            var records = new List<Fragment>(linked.Count);
            for (var i = 0; i < linked.Count; i++)
            {
                if (byId.TryGetValue(linked[i], out var reached)) records.Add(reached);
            }
            if (records.Count > 0) fragment.Expanded!.Add(new Expanded(key, records, step.IsSingle));
        }
    }

    private static Dictionary<string, Fragment> ById(List<Fragment> found)
    {
        var byId = new Dictionary<string, Fragment>(found.Count, StringComparer.Ordinal);
        foreach (var fragment in found) byId.TryAdd(fragment.Id, fragment);
        return byId;
    }

    private static Dictionary<string, List<Fragment>> ByReferred(List<Fragment> found)
    {
        var byReferred = new Dictionary<string, List<Fragment>>(StringComparer.Ordinal);
        foreach (var fragment in found)
        {
            foreach (var id in fragment.Links[^1])
            {
                if (!byReferred.TryGetValue(id, out var list)) byReferred[id] = list = [];
                if (list.Count < MostReferring) list.Add(fragment);
            }
        }
        return byReferred;
    }
}
