using System.Collections.Immutable;
using Hearth.Schema;

namespace Hearth.Tests.Differential;

/// <summary>Makes questions over a world: callers, rules, filters and sorts over the whole filter language.</summary>
internal sealed class QuestionMaker(Random random, World world)
{
    private readonly WorldMaker values = new(random);
    private readonly OperandMaker operands = new(random, world);

    public Question Make()
    {
        var of = Pick(world.Collections);
        var body = random.Next(3) == 0
            ? of.Fields.Where(f => f.Name != "id" && random.Next(2) == 0).ToImmutableSortedDictionary(f => f.Name, f => values.MakeValue(f), StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;
        if (random.Next(8) == 0)
        {
            return new Question { Of = of.Name, Caller = MakeCaller(false), Rule = MakeCondition(of, random.Next(3), rule: true), Body = body, IsVirtual = true };
        }
        var caller = MakeCaller(random.Next(2) == 0);
        string[] sort = [.. Enumerable.Range(0, Math.Max(0, random.Next(5) - 1)).Select(_ => MakeSortKey(of))];
        // A page of a random order is a random page.
        var paged = random.Next(6) == 0 && !sort.Any(key => key.EndsWith("@random", StringComparison.Ordinal));
        return new Question
        {
            Of = of.Name,
            Caller = caller,
            Rule = caller != "*" && random.Next(2) == 0 ? MakeCondition(of, random.Next(2), rule: true) : null,
            Filter = random.Next(8) == 0 ? null : MakeCondition(of, random.Next(4), rule: caller == "*"),
            Sort = [.. sort],
            Page = paged ? random.Next(1, 4) : 1,
            PerPage = paged ? random.Next(1, 4) : 100,
            Body = body,
        };
    }

    private string? MakeCaller(bool superuser)
    {
        if (superuser) return "*";
        var accounts = world.Rows.Where(r => world.Find(r.Collection).Type == CollectionType.Auth).ToList();
        return accounts.Count == 0 || random.Next(3) == 0 ? null : Pick(accounts).Id;
    }

    private Condition MakeCondition(Collection of, int depth, bool rule)
    {
        if (depth == 0 || random.Next(3) == 0) return MakeComparison(of, rule);
        return new Group(random.Next(3) == 0, [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => MakeCondition(of, depth - 1, rule))]);
    }

    private Comparison MakeComparison(Collection of, bool rule)
    {
        var operand = operands.Make(of, rule);
        var left = operand.Text;
        var right = random.Next(8) switch
        {
            0 => operands.Make(of, rule).Text,
            1 => operands.AnyLiteral(),
            _ => operands.LiteralFor(operand),
        };
        if (random.Next(8) == 0) (left, right) = (right, left);
        var comparison = Pick((string[])["=", "=", "!=", "!=", ">", ">=", "<", "<=", "~", "!~"]);
        return new Comparison(left, (random.Next(3) == 0 ? "?" : "") + comparison, right);
    }

    private string MakeSortKey(Collection of)
    {
        var key = random.Next(12) switch
        {
            0 => "@rowid",
            1 => "@random",
            _ => operands.Path(of, forSort: true).Text,
        };
        return (random.Next(3) switch { 0 => "-", 1 => "+", _ => "" }) + key;
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
