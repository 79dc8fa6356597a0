using Hearth.Schema.Sql;

namespace Hearth.Schema.Views;

/// <summary>What a view takes out of accounts that accounts themselves do not show to everybody.</summary>
internal static class AccountReads
{
    private static readonly string[] Secrets = ["password", "tokenKey"];

    /// <summary>
    /// The names that a view's query speaks of, when it reads accounts: <c>email</c> where it does not look at <c>emailVisibility</c>, and secrets that do not
    /// come out as the hidden columns that they are. Rather one too many than one too few.
    /// </summary>
    /// <param name="query">The SELECT.</param>
    /// <param name="find">A collection by the name of its table or view, whatever the case; null when there is none.</param>
    public static IReadOnlyList<string> Of(string query, Func<string, Collection?> find)
    {
        if (!ReadsAccounts(query, find, []) || SqlTokens.Of(query) is not { } tokens || SelectStatement.Parse(query).Failed(out _, out var statement)) return [];
        var found = new List<string>();
        if (Count("email") > 0 && Count("emailVisibility") == 0) found.Add("email");
        found.AddRange(Secrets.Where(secret => Count(secret) > statement.Columns.Count(column => SelectStatement.IsPath(column.Expression) && Names(column.Expression[^1], secret))));
        return found;

        int Count(string name) => tokens.Count(token => Names(token, name));
    }

    // Also by way of another view.
    private static bool ReadsAccounts(string query, Func<string, Collection?> find, HashSet<Collection> seen)
    {
        foreach (var table in ViewShape.TablesOf(query))
        {
            if (find(table) is not { } collection || !seen.Add(collection)) continue;
            if (collection.Type == CollectionType.Auth || (collection.ViewQuery is { } inner && ReadsAccounts(inner, find, seen))) return true;
        }
        return false;
    }

    private static bool Names(SqlToken token, string name) => token.IsName && token.Value.Equals(name, StringComparison.OrdinalIgnoreCase);
}
