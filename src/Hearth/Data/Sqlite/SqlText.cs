namespace Hearth.Data.Sqlite;

/// <summary>Small questions about SQL text, where SQLite itself cannot be asked.</summary>
internal static class SqlText
{
    /// <summary>True when the text contains the word as a whole name, without regard to case.</summary>
    public static bool Mentions(string sql, string name)
    {
        for (var at = sql.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = sql.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if ((at == 0 || !IsWord(sql[at - 1])) && (end == sql.Length || !IsWord(sql[end]))) return true;
        }
        return false;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || c > 127;
}
