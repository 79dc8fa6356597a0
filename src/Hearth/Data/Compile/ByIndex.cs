using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>
/// Conditions that one index of the app answers: equalities of its first columns, and a range of the next when that holds a number, a date or the
/// id. Of hidden rows a client finds out no more by them than how many there are between the ends that it names. Ranges of texts are left out: they
/// would tell hidden texts letter by letter.
/// </summary>
internal static class ByIndex
{
    /// <summary>The conditions among these that the best index answers: of the row itself, or else of a record that it refers to.</summary>
    public static List<Filter> Of(List<Filter> parts, Aliases scope)
    {
        var terms = parts.Select(TermOf).OfType<Term>().Where(term => !term.Of.Multi || scope.Has(term.Of)).ToList();
        var own = terms.Where(term => term.Of is BaseSource || term.Of.Multi).ToList();
        var found = Best(own);
        if (found.Count == 0) found = Best([.. terms.Where(term => !own.Contains(term) && !term.IsRange)]);
        if (found.Find(term => term.Field.Name == "email") is { Of.Collection.Type: CollectionType.Auth } email)
        {
            // Whether the address is shown is in the row as well, and is asked with it.
            return [.. found.Select(term => term.Part), .. parts.Where(part => ShowsEmail(part, email.Of))];
        }
        return [.. found.Select(term => term.Part)];
    }

    private static List<Term> Best(List<Term> terms)
    {
        List<Term> best = [];
        var most = 0;
        foreach (var ofOne in terms.GroupBy(term => term.Of))
        {
            foreach (var index in IndexesOf(ofOne.Key.Collection))
            {
                var (found, score) = Answered([.. ofOne], index);
                if (score > most) (best, most) = (found, score);
            }
        }
        return best;
    }

    // One row is better than many; more columns are better than fewer; and what is told apart by a text better than what has a few values.
    private static (List<Term> Terms, int Score) Answered(List<Term> terms, KnownIndex index)
    {
        var found = new List<Term>();
        var (score, equal) = (0, 0);
        foreach (var column in index.Columns)
        {
            var here = terms.Where(term => string.Equals(term.Field.Name, column, StringComparison.OrdinalIgnoreCase)).ToList();
            if (here.Find(term => !term.IsRange) is { } equality)
            {
                found.Add(equality);
                equal++;
                score += equality.Field.Type is FieldType.Bool or FieldType.Select or FieldType.Number ? 10 : 15;
                continue;
            }
            found.AddRange(here);
            if (here.Count > 0) score++;
            break;
        }
        return (found, index.IsUnique && equal == index.Columns.Length ? score + 1000 : score);
    }

    private static IEnumerable<KnownIndex> IndexesOf(Collection? collection)
    {
        if (collection is null) yield break;
        yield return new KnownIndex(["id"], true);
        foreach (var field in collection.Fields)
        {
            if (field is RelationField { Multiple: false }) yield return new KnownIndex([field.Name], false); // decision 5
        }
        foreach (var index in collection.Indexes)
        {
            var columns = index.Columns.TakeWhile(column => !column.IsExpression).Select(column => column.Name).ToArray();
            var isWhole = index.Where is null || (columns.Length > 0 && IndexFit.LeavesOutEmpty(index, columns[0]));
            if (isWhole) yield return new KnownIndex(columns, index.Unique && columns.Length == index.Columns.Length);
        }
    }

    private static Term? TermOf(Filter part) => part switch
    {
        Compare compare => TermOf(compare),
        // One of several values of one column.
        AnyOf { Parts: [var first, ..] ways } when TermOf(first) is { IsRange: false } term
            && ways.All(way => TermOf(way) is { IsRange: false } other && other.Of == term.Of && other.Field == term.Field) => term with { Part = part },
        _ => null,
    };

    private static Term? TermOf(Compare compare)
    {
        var (left, right) = (compare.Left, compare.Right);
        if (!compare.Any && (left.Source is { Multi: true } || right.Source is { Multi: true })) return null;
        if (compare.Operator == CompareOperator.Equal && (IndexFit.WithoutCase(left, right) ?? IndexFit.WithoutCase(right, left)) is var (folded, _))
        {
            return new Term(compare, folded.Of, folded.Field, false);
        }
        var (column, literal) = (left as Column ?? right as Column, left as Literal ?? right as Literal);
        if (column is not { KeepsNull: false, Field.Multiple: false } || literal is null || IsEmpty(literal.Value)) return null;
        return compare.Operator switch
        {
            CompareOperator.Equal => new Term(compare, column.Of, column.Field, false),
            CompareOperator.Greater or CompareOperator.GreaterOrEqual or CompareOperator.Less or CompareOperator.LessOrEqual
                when column.Field is NumberField or DateField or AutodateField or TextField { PrimaryKey: true } => new Term(compare, column.Of, column.Field, true),
            _ => null,
        };
    }

    private static bool IsEmpty(FieldValue value) => value.Kind == FieldValueKind.Null || value == FieldValue.EmptyText;

    private static bool ShowsEmail(Filter part, Source source) => part is Compare { Left: Column { Field.Name: "emailVisibility" } shown } && shown.Of == source;

    private sealed record Term(Filter Part, Source Of, Field Field, bool IsRange);

    private sealed record KnownIndex(string[] Columns, bool IsUnique);
}
