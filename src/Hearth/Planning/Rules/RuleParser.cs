using System.Collections.Immutable;

namespace Hearth.Planning.Rules;

/// <summary>
/// Parses rules and filters (grammar of contract 2.1; <c>&amp;&amp;</c> binds tighter than <c>||</c>). Stops at the first problem and
/// at every limit, so that hostile text costs little.
/// </summary>
internal sealed class RuleParser
{
    /// <summary>Most comparisons in one expression (contract 2.2).</summary>
    public const int MaxComparisons = 200;

    /// <summary>Deepest nesting of functions (contract 2.1).</summary>
    public const int MaxCallDepth = 3;

    /// <summary>
    /// Deepest nesting of parentheses. The contract names no limit; people nest a handful, and each level costs stack here, in the
    /// binder and in the database's own parser, whose limit on expression depth is 1000 by default in SQLite.
    /// </summary>
    public const int MaxGroupDepth = 100;

    private readonly Lexer lexer;
    private Token token;
    private int comparisons;

    private RuleParser(string text)
    {
        lexer = new Lexer(text);
        token = lexer.Next();
    }

    /// <summary>What is wrong; null while nothing is.</summary>
    private RuleProblem? Problem { get; set; }

    /// <summary>The expression, or null and what is wrong with it.</summary>
    public static ExpressionNode? Parse(string text, out RuleProblem? problem)
    {
        var parser = new RuleParser(text);
        var expression = parser.token.Kind == TokenKind.End ? parser.Fail<ExpressionNode>("There is no condition") : parser.Expression(0);
        if (expression is not null && parser.token.Kind != TokenKind.End) expression = parser.Unexpected<ExpressionNode>("&& or ||");
        problem = parser.Problem;
        return problem is null ? expression : null;
    }

    private ExpressionNode? Expression(int depth)
    {
        ImmutableArray<ExpressionNode>.Builder? alternatives = null;
        while (true)
        {
            if (Conjunction(depth) is not { } part) return null;
            if (token.Kind == TokenKind.Or)
            {
                Advance();
                (alternatives ??= ImmutableArray.CreateBuilder<ExpressionNode>()).Add(part);
                continue;
            }
            if (alternatives is null) return part;
            alternatives.Add(part);
            return new OrNode(alternatives.ToImmutable());
        }
    }

    private ExpressionNode? Conjunction(int depth)
    {
        ImmutableArray<ExpressionNode>.Builder? parts = null;
        while (true)
        {
            if (Term(depth) is not { } part) return null;
            if (token.Kind == TokenKind.And)
            {
                Advance();
                (parts ??= ImmutableArray.CreateBuilder<ExpressionNode>()).Add(part);
                continue;
            }
            if (parts is null) return part;
            parts.Add(part);
            return new AndNode(parts.ToImmutable());
        }
    }

    private ExpressionNode? Term(int depth)
    {
        if (token.Kind != TokenKind.Open) return Comparison();
        if (depth >= MaxGroupDepth) return Fail<ExpressionNode>($"Parentheses are nested more than {MaxGroupDepth} deep");
        Advance();
        if (Expression(depth + 1) is not { } inner) return null;
        if (token.Kind != TokenKind.Close) return Unexpected<ExpressionNode>(")");
        Advance();
        return inner;
    }

    private ComparisonNode? Comparison()
    {
        var start = token.Start;
        if (++comparisons > MaxComparisons) return Fail<ComparisonNode>($"There are more than {MaxComparisons} comparisons");
        if (Operand(0) is not { } left) return null;
        if (token.Kind != TokenKind.Operator) return Unexpected<ComparisonNode>("an operator such as =");
        var any = token.Text[0] == '?';
        var comparison = OperatorOf(any ? token.Text[1..] : token.Text);
        Advance();
        return Operand(0) is { } right ? new ComparisonNode(left, comparison, any, right, start) : null;
    }

    private OperandNode? Operand(int depth)
    {
        var (kind, text, start, end) = token;
        switch (kind)
        {
            case TokenKind.Number:
                Advance();
                return new NumberNode(text, start);
            case TokenKind.Text:
                Advance();
                return new TextNode(text, start);
            case TokenKind.Identifier:
                Advance();
                // Only an adjoining parenthesis makes a call: "a (b)" is two things.
                return token.Kind == TokenKind.Open && token.Start == end ? Call(text, start, depth + 1) : new NameNode(text, start);
            default:
                return Unexpected<OperandNode>("a name, a number or a text");
        }
    }

    private CallNode? Call(string name, int start, int depth)
    {
        if (depth > MaxCallDepth) return Fail<CallNode>($"Functions are nested more than {MaxCallDepth} deep");
        Advance();
        var arguments = ImmutableArray.CreateBuilder<OperandNode>();
        while (token.Kind != TokenKind.Close)
        {
            if (arguments.Count > 0)
            {
                if (token.Kind != TokenKind.Comma) return Unexpected<CallNode>(", or )");
                Advance();
            }
            if (Operand(depth) is not { } argument) return null;
            arguments.Add(argument);
        }
        Advance();
        return new CallNode(name, arguments.ToImmutable(), start);
    }

    private static CompareOperator OperatorOf(string text) => text switch
    {
        "=" => CompareOperator.Equal,
        "!=" => CompareOperator.NotEqual,
        ">" => CompareOperator.Greater,
        ">=" => CompareOperator.GreaterOrEqual,
        "<" => CompareOperator.Less,
        "<=" => CompareOperator.LessOrEqual,
        "~" => CompareOperator.Like,
        _ => CompareOperator.NotLike,
    };

    private void Advance() => token = lexer.Next();

    private T? Fail<T>(string reason) where T : class
    {
        Problem ??= new RuleProblem(reason, token.Start);
        return null;
    }

    private T? Unexpected<T>(string wanted) where T : class => token.Kind switch
    {
        TokenKind.Broken => Fail<T>(token.Text),
        TokenKind.End => Fail<T>($"Expected {wanted}, but the text ends here"),
        _ => Fail<T>($"Expected {wanted} instead of \"{Shortened(token.Text)}\""),
    };

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
