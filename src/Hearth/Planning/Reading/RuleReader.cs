using Hearth.Basics;
using Hearth.Planning.Binding;
using Hearth.Planning.Rules;
using Hearth.Schema;

namespace Hearth.Planning.Reading;

/// <summary>
/// Reads rules for who writes them: with the parser and binder that requests use, so that what is valid here is valid there. The work is bounded
/// by the limits of both (contract 2.2).
/// </summary>
public static class RuleReader
{
    /// <summary>What a rule of a collection says; null and the mistake when something is wrong with it. An empty rule is none, and has no tree.</summary>
    public static RuleTree? Read(SchemaSnapshot schema, Collection collection, string rule, out RuleMistake? mistake)
    {
        mistake = null;
        if (rule.Length == 0) return null;
        var scope = new Scope(schema, RequestFacts.None, new Joins(new BaseSource(collection)), restricted: false);
        if (RuleBinder.Bind(rule, scope, out var problem) is null)
        {
            mistake = MistakeOf(rule, problem!); // a rule that cannot be bound has a problem
            return null;
        }
        return Tree(RuleParser.Parse(rule, out _)!, new TermReader(schema, scope)); // it was parsed before
    }

    private static RuleTree Tree(ExpressionNode node, TermReader terms) => node switch
    {
        AndNode and => Group(true, and.Parts, terms),
        OrNode or => Group(false, or.Parts, terms),
        ComparisonNode comparison => new RuleComparison(terms.Read(comparison.Left), comparison.Operator, comparison.Any, terms.Read(comparison.Right)),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private static RuleGroup Group(bool all, IEnumerable<ExpressionNode> parts, TermReader terms) =>
        new(all, [.. parts.Select(part => Tree(part, terms)).SelectMany(part => part is RuleGroup inner && inner.All == all ? inner.Parts : [part])]);

    /// <summary>The problem with the whole piece that stands at its place, so that an editor can mark it.</summary>
    private static RuleMistake MistakeOf(string rule, RuleProblem problem)
    {
        var message = Sentence.Of(problem.Reason.Length <= RuleProblem.MaxReason ? problem.Reason : problem.Reason[..RuleProblem.MaxReason] + "...");
        var lexer = new Lexer(rule);
        var token = lexer.Next();
        while (token.Kind is not (TokenKind.End or TokenKind.Broken) && token.Start < problem.Position) token = lexer.Next();
        return new RuleMistake(message, Math.Min(problem.Position, token.Start), token.End);
    }
}
