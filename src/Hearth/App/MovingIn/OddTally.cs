using Hearth.Records.Moving;

namespace Hearth.App.MovingIn;

/// <summary>Gathers values that were mended: thousands of one column are one note.</summary>
internal sealed class OddTally
{
    private readonly Dictionary<(string Collection, string Field), (OddValue First, long Count)> found = [];

    /// <summary>Adds one.</summary>
    public void Add(OddValue value)
    {
        var key = (value.Collection, value.Field);
        found[key] = found.TryGetValue(key, out var known) ? (known.First, known.Count + 1) : (value, 1);
    }

    /// <summary>A sentence for each column.</summary>
    public IEnumerable<string> Notes() => found.Values.Select(odd => odd.Count == 1
        ? $"{odd.First.Collection}.{odd.First.Field}: record {odd.First.Record} {odd.First.Reason}; it becomes {odd.First.Becomes}."
        : $"{odd.First.Collection}.{odd.First.Field}: {odd.Count:N0} values are not what the field holds. Record {odd.First.Record} {odd.First.Reason}; it becomes {odd.First.Becomes}.");
}
