using Hearth.Planning;

namespace Hearth.Data.Compile;

/// <summary>Which conditions speak of the same row of a source with several rows.</summary>
internal static class SharedRows
{
    /// <summary>The parts of a condition, with the parts of conditions inside it, and whether a client chose them.</summary>
    public static IEnumerable<(Filter Part, bool IsChosen)> Flatten(Filter filter, bool isChosen = false) => filter switch
    {
        AllOf all => all.Parts.SelectMany(p => Flatten(p, isChosen)),
        FromClient client => Flatten(client.Part, isChosen: true),
        _ => [(filter, isChosen)],
    };

    /// <summary>Puts parts that share a source with several rows together; the others stand alone with nothing shared.</summary>
    public static IEnumerable<(List<Filter> Parts, List<Source> Shared)> Groups(List<Filter> parts, Aliases scope)
    {
        var sources = parts.Select(p => SourceUse.Of(p).Where(s => s.Multi && !scope.Has(s)).ToList()).ToList();
        var owner = Enumerable.Range(0, parts.Count).ToArray();
        for (var i = 0; i < parts.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (owner[i] != owner[j] && sources[i].Intersect(sources[j]).Any())
                {
                    var (from, to) = (owner[i], owner[j]);
                    for (var k = 0; k <= i; k++) owner[k] = owner[k] == from ? to : owner[k];
                }
            }
        }
        foreach (var members in Enumerable.Range(0, parts.Count).GroupBy(i => owner[i]))
        {
            var all = members.SelectMany(i => sources[i]).ToList();
            var shared = all.Distinct().Where(s => all.Count(o => ReferenceEquals(o, s)) > 1).ToList();
            yield return (members.Select(i => parts[i]).ToList(), shared);
        }
    }
}
