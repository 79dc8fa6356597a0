using System.Collections.Immutable;
using Hearth.Planning.Rules;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>Binds a parsed expression to sources and fields: what comes out can be rendered by an engine without further questions.</summary>
internal sealed class RuleBinder
{
    private readonly Scope scope;
    private readonly OperandBinder operands;

    private RuleBinder(Scope scope) => (this.scope, operands) = (scope, new OperandBinder(scope));

    /// <summary>Parses and binds the text of a rule or filter; null and the problem when something is wrong with it.</summary>
    public static Filter? Bind(string text, Scope scope, out RuleProblem? problem)
    {
        if (RuleParser.Parse(text, out problem) is not { } expression) return null;
        var filter = new RuleBinder(scope).Expression(expression);
        problem = scope.Problem;
        return problem is null ? filter : null;
    }

    private Filter? Expression(ExpressionNode node) => node switch
    {
        AndNode and => Parts(and.Parts) is { } parts ? new AllOf([.. parts.SelectMany(p => p is AllOf all ? all.Parts : [p])]) : null,
        OrNode or => Parts(or.Parts) is { } parts ? new AnyOf([.. parts.SelectMany(p => p is AnyOf any ? any.Parts : [p])]) : null,
        _ => Comparison((ComparisonNode)node),
    };

    private List<Filter>? Parts(ImmutableArray<ExpressionNode> nodes)
    {
        var parts = new List<Filter>(nodes.Length);
        foreach (var node in nodes)
        {
            if (Expression(node) is not { } part) return null;
            parts.Add(part);
        }
        return parts;
    }

    private Filter? Comparison(ComparisonNode node)
    {
        scope.RowConditions.Clear();
        operands.EmailOwners.Clear();
        if (operands.Bind(node.Left) is not { } left || operands.Bind(node.Right) is not { } right) return null;
        if (scope.Joins.IsOverfull) return scope.Fail<Filter>("Too many different relations are followed", node.Start);
        if ((Truthful(left, node.Operator, right) ?? Truthful(right, node.Operator, left)) is { } condition) return condition;

        var any = node.Any || OnlyDistanceIsMulti(left, right);
        if ((NoItem(left, node.Operator, right, any) ?? NoItem(right, node.Operator, left, any)) is { } settled) return settled;
        (left, right) = Fitted(left, node.Operator, right, any);
        Filter comparison = new Compare(left, node.Operator, right, any);
        if (operands.EmailOwners.Count == 0 && scope.RowConditions.Count == 0) return comparison;

        // What a client may not see must not decide: neither in the joined row nor among the values of an "all" comparison.
        var visibleEmails = operands.EmailOwners.Select(Visibility.EmailIsPublic).ToList();
        if (!any && (left.Source is { Multi: true } || right.Source is { Multi: true }))
        {
            comparison = (Compare)comparison with { Among = new AllOf([.. scope.RowConditions, .. visibleEmails]) };
        }
        return visibleEmails.Count == 0 ? comparison : new AllOf([.. visibleEmails, comparison]);
    }

    /// <summary>A condition compared with <c>true</c> or <c>false</c> is that condition, or its opposite.</summary>
    private static Filter? Truthful(Operand side, CompareOperator comparison, Operand other)
    {
        if (side is not Truth truth || other is not Literal { Value: { Kind: FieldValueKind.Bool } value }) return null;
        return comparison switch
        {
            CompareOperator.Equal => value.AsBool ? truth.Condition : new Not(truth.Condition),
            CompareOperator.NotEqual => value.AsBool ? new Not(truth.Condition) : truth.Condition,
            _ => null,
        };
    }

    /// <summary>A submitted list without items is neither empty nor some value: beside nothing it is never equal, and differs unless all its items would have to.</summary>
    private static Always? NoItem(Operand side, CompareOperator comparison, Operand other, bool any)
    {
        if (side is not Item { Of: EachLiteralSource { Submitted: not null, Items.Count: 0 } items } || other is not Literal { Value: var value }) return null;
        if (value.Kind != FieldValueKind.Null && value != FieldValue.EmptyText) return null;
        return comparison switch
        {
            CompareOperator.Equal => new Always(false),
            CompareOperator.NotEqual => new Always(any || !items.Multi),
            _ => null,
        };
    }

    private static (Operand Left, Operand Right) Fitted(Operand left, CompareOperator comparison, Operand right, bool any)
    {
        if (comparison is CompareOperator.Like or CompareOperator.NotLike)
        {
            // Both sides are texts here. A number on the right is looked for as people write it; on the left it is the 1.0 that it is beside texts.
            return (left is Literal { Value.Kind: not FieldValueKind.Null } text ? new Literal(FieldValue.Text(Affinity.SearchedText(text))) : left,
                right is Literal { Value.Kind: not FieldValueKind.Null } pattern ? new Literal(LikePattern.ValueOf(Affinity.PatternText(pattern))) : right);
        }
        (left, right) = (Affinity.Plain(left, right, any), Affinity.Plain(right, left, any));
        return (left is Literal l ? Affinity.Beside(right, l) : left, right is Literal r ? Affinity.Beside(left, r) : right);
    }

    /// <summary>Distances are compared one joined place at a time, with or without <c>?</c> (contract 2.6).</summary>
    private static bool OnlyDistanceIsMulti(Operand left, Operand right) =>
        (left is GeoDistance && right.Source is not { Multi: true }) || (right is GeoDistance && left.Source is not { Multi: true });
}
