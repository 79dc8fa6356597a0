using System.Text;
using Hearth.Schema;
using Hearth.Schema.Sql;

namespace Hearth.Data.Postgres.Tables;

/// <summary>
/// <c>field != ''</c> in the condition of an index, where the field holds no texts. The other engine compares anything with a text; what is no text differs
/// from the empty one whenever it is there. PostgreSQL would refuse the statement.
/// </summary>
internal static class EmptyTexts
{
    /// <summary>The condition with such comparisons as questions for NULL.</summary>
    public static string In(string condition, Collection collection)
    {
        if (SqlTokens.Of(condition) is not { } tokens) return condition;
        var text = new StringBuilder(condition);
        var at = tokens.Count - 1;
        while (at >= 2)
        {
            var end = at;
            at--;
            if (tokens[end] is not { Kind: SqlTokenKind.Text, Value: "" }) continue;
            if (Operator(tokens, end - 1, out var start) is not { } equal || start < 1 || !IsOther(tokens[start - 1], collection)) continue;
            // A name behind a dot is that of the table's field all the same; what stands in an expression is a value of its own.
            if (start >= 2 && tokens[start - 2].Kind == SqlTokenKind.Symbol && !tokens[start - 2].Is('(') && !tokens[start - 2].Is('.')) continue;
            var name = condition[tokens[start - 1].Start..tokens[start - 1].End];
            text.Remove(tokens[start].Start, tokens[end].End - tokens[start].Start).Insert(tokens[start].Start, equal ? $"IS NULL AND {name} IS NOT NULL" : "IS NOT NULL");
            at = start - 1;
        }
        return text.ToString();
    }

    // True for an equality, false for its opposite; null for anything else.
    private static bool? Operator(IReadOnlyList<SqlToken> tokens, int last, out int start)
    {
        start = last;
        if (last < 1) return null;
        var (one, two) = (tokens[last - 1], tokens[last]);
        if ((one.Is('!') && two.Is('=')) || (one.Is('<') && two.Is('>')))
        {
            start = last - 1;
            return false;
        }
        if (one.Is('=') && two.Is('='))
        {
            start = last - 1;
            return true;
        }
        return two.Is('=') && !one.Is('<') && !one.Is('>') ? true : null;
    }

    private static bool IsOther(SqlToken token, Collection collection) =>
        token.IsName && collection.Fields.FirstOrDefault(field => field.Name.Equals(token.Value, StringComparison.OrdinalIgnoreCase)) is { } field
        && (field.Multiple || field.Type is FieldType.Number or FieldType.Bool or FieldType.Json or FieldType.GeoPoint);
}
