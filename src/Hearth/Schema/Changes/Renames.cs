using System.Globalization;

namespace Hearth.Schema.Changes;

/// <summary>Orders renames so that no name is taken while another still has it; rings go through a name that nobody uses.</summary>
internal static class Renames
{
    /// <summary>The renames to do one after the other. Names are the same when they differ only in case.</summary>
    /// <param name="wanted">From and to.</param>
    /// <param name="staying">Names that are in use and stay so.</param>
    public static IReadOnlyList<(string From, string To)> Order(IEnumerable<(string From, string To)> wanted, IEnumerable<string> staying)
    {
        var waiting = wanted.ToList();
        var used = staying.Concat(waiting.Select(rename => rename.From)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var ordered = new List<(string From, string To)>();
        var number = 0;
        while (waiting.Count > 0)
        {
            var at = waiting.FindIndex(rename => !used.Contains(rename.To));
            if (at >= 0)
            {
                ordered.Add(waiting[at]);
                used.Remove(waiting[at].From);
                used.Add(waiting[at].To);
                waiting.RemoveAt(at);
                continue;
            }
            string aside;
            do aside = "_renaming_" + (++number).ToString(CultureInfo.InvariantCulture);
            while (used.Contains(aside));
            ordered.Add((waiting[0].From, aside));
            used.Remove(waiting[0].From);
            used.Add(aside);
            waiting[0] = (aside, waiting[0].To);
        }
        return ordered;
    }
}
