namespace Hearth.Schema.Values.Patterns;

/// <summary>A set of Unicode characters as ranges, each with its first and last code point.</summary>
internal sealed class CodePoints
{
    /// <summary>The last code point there is.</summary>
    public const int Last = 0x10FFFF;

    private readonly int[] bounds;

    private CodePoints(int[] bounds) => this.bounds = bounds;

    /// <summary>All characters.</summary>
    public static CodePoints All { get; } = new([0, Last]);

    /// <summary>True when nothing is in it.</summary>
    public bool IsEmpty => bounds.Length == 0;

    /// <summary>How many characters it has.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            for (var i = 0; i < bounds.Length; i += 2) count += bounds[i + 1] - bounds[i] + 1;
            return count;
        }
    }

    /// <summary>The ranges in order.</summary>
    public IEnumerable<(int First, int Last)> Ranges
    {
        get
        {
            for (var i = 0; i < bounds.Length; i += 2) yield return (bounds[i], bounds[i + 1]);
        }
    }

    /// <summary>One character.</summary>
    public static CodePoints Of(int codePoint) => new([codePoint, codePoint]);

    /// <summary>Ranges in any order; they may touch.</summary>
    public static CodePoints Of(IEnumerable<(int First, int Last)> ranges)
    {
        var bounds = new List<int>();
        foreach (var (first, last) in ranges.OrderBy(range => range.First))
        {
            if (bounds.Count > 0 && first <= bounds[^1] + 1) bounds[^1] = Math.Max(bounds[^1], last);
            else bounds.AddRange([first, last]);
        }
        return new CodePoints([.. bounds]);
    }

    /// <summary>Both sets together.</summary>
    public CodePoints With(CodePoints other) => Of(Ranges.Concat(other.Ranges));

    /// <summary>What is in both.</summary>
    public CodePoints Within(CodePoints other) => Inverse().With(other.Inverse()).Inverse();

    /// <summary>All other characters.</summary>
    public CodePoints Inverse()
    {
        var others = new List<int>();
        var next = 0;
        foreach (var (first, last) in Ranges)
        {
            if (first > next) others.AddRange([next, first - 1]);
            next = last + 1;
        }
        if (next <= Last) others.AddRange([next, Last]);
        return new CodePoints([.. others]);
    }

    /// <summary>True when the character is in it.</summary>
    public bool Contains(int codePoint)
    {
        var (low, high) = (0, (bounds.Length / 2) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (codePoint < bounds[middle * 2]) high = middle - 1;
            else if (codePoint > bounds[(middle * 2) + 1]) low = middle + 1;
            else return true;
        }
        return false;
    }

    /// <summary>The character at a place, counted from the first one.</summary>
    public int At(int index)
    {
        foreach (var (first, last) in Ranges)
        {
            if (index <= last - first) return first + index;
            index -= last - first + 1;
        }
        throw new ArgumentOutOfRangeException(nameof(index));
    }
}
