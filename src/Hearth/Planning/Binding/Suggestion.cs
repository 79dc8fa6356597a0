namespace Hearth.Planning.Binding;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class Suggestion
{
    private const int MostLetters = 64;

    /// <summary>The end of a sentence that names the nearest of the known names, or nothing when none is near.</summary>
    public static string For(string name, IEnumerable<string> known)
    {
        if (name.Length > MostLetters) return "";
        // One slip in short names, two in longer ones: anything more would be guessing.
        var most = name.Length < 5 ? 1 : 2;
        var nearest = known
            .Where(other => other.Length <= MostLetters && Math.Abs(other.Length - name.Length) <= most)
            .Select(other => (Name: other, Slips: Slips(name, other)))
            .Where(other => other.Slips <= most)
            .OrderBy(other => other.Slips)
            .FirstOrDefault();
        return nearest.Name is null ? "" : $"; did you mean \"{nearest.Name}\"?";
    }

    /// <summary>Letters to add, drop, change or swap with their neighbour to get from one name to the other, case left aside (Damerau 1964, restricted).</summary>
    private static int Slips(string from, string to)
    {
        var (before, last, next) = (new int[to.Length + 1], new int[to.Length + 1], new int[to.Length + 1]);
        for (var j = 0; j <= to.Length; j++) last[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var cost = Same(from[i - 1], to[j - 1]) ? 0 : 1;
                next[j] = Math.Min(Math.Min(next[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1])) next[j] = Math.Min(next[j], before[j - 2] + 1);
            }
            (before, last, next) = (last, next, before);
        }
        return last[to.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
