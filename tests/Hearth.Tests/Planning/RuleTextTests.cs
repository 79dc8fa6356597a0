using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Hearth.Planning;
using Hearth.Planning.Binding;
using Hearth.Planning.Rules;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Planning;

/// <summary>Lexer and parser for any text at all.</summary>
[RunsOnce]
public sealed class RuleTextTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3000);

    /// <summary>Pieces of rules in any order: far likelier to get deep into the parser than random characters.</summary>
    private static readonly Gen<string> Pieces = Gen.Elements(
        "title", "author.name", "@request.auth.id", "@now", "a:lower", "(", ")", "&&", "||", "=", "!=", "?=", "~", "!~", ">", ">=", "<=",
        "?!~", "\"x\"", "'y'", "\"", "'", "\\", "1", "-2.5", "-", ".", ",", "f(", "strftime(", "geoDistance(", "//", "/", "\n", " ", "&", "|",
        "#", "@", "_", ":", "é", "\0", "\ud800", "true", "null").ListOf().Select(parts => string.Concat(parts));

    private static readonly Gen<string> AnyText = Gen.OneOf(Pieces, ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""));

    [Fact]
    public void Lexing_ends_and_covers_the_text_in_order() => Prop.ForAll(AnyText.ToArbitrary(), text =>
    {
        var lexer = new Lexer(text);
        var at = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var token = lexer.Next();
            (token.Start >= at && token.End >= token.Start && token.End <= text.Length).ShouldBeTrue();
            at = token.End;
            if (token.Kind is TokenKind.End or TokenKind.Broken) return;
        }
        throw new InvalidOperationException("More tokens than characters");
    }).Check(Many);

    [Fact]
    public void Parsing_gives_an_expression_or_a_problem_inside_the_text() => Prop.ForAll(AnyText.ToArbitrary(), text =>
    {
        var expression = RuleParser.Parse(text, out var problem);
        (expression is null).ShouldBe(problem is not null);
        if (problem is not null) problem.Position.ShouldBeInRange(0, text.Length);
    }).Check(Many);

    [Fact]
    public void What_is_printed_parses_to_the_same() => Prop.ForAll(Expressions(3).ToArbitrary(), node =>
    {
        var text = Print(node);
        var parsed = RuleParser.Parse(text, out var problem);
        problem.ShouldBeNull(text);
        Print(parsed!).ShouldBe(text);
    }).Check(Many);

    [Fact]
    public void A_JSON_string_is_a_text() => Prop.ForAll(ArbMap.Default.GeneratorFor<string>().Where(s => s is not null).ToArbitrary(), text =>
    {
        // JSON's short escapes of these two stay as they stand.
        text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\b", "").Replace("\f", "");
        Text($"{JsonSerializer.Serialize(text)} = 1").ShouldBe(text);
        // Older SDKs: single quotes, in which only the quote is escaped. A backslash cannot be told apart.
        if (!text.Contains('\\')) Text($"'{text.Replace("'", "\\'")}' = 1").ShouldBe(text);
    }).Check(Many);

    [Fact]
    public void A_pattern_made_of_a_plain_text_finds_that_text() => Prop.ForAll(ArbMap.Default.GeneratorFor<string>().Where(s => s is not null).ToArbitrary(), text =>
    {
        text = text.Replace("%", "").Replace("\\", "");
        var pattern = LikePattern.Of(text);
        pattern.ShouldStartWith("%");
        pattern.ShouldEndWith("%");
        pattern[1..^1].Replace("\\_", "_").ShouldBe(text);
    }).Check(Many);

    [Theory]
    [InlineData("abc", "%abc%")]
    [InlineData("", "%%")]
    [InlineData("a%", "a%")]
    [InlineData("a_%", "a_%")]
    [InlineData("a_b", "%a\\_b%")]
    [InlineData("a\\_b", "%a\\_b%")]
    [InlineData("50\\%", "%50\\%%")]
    [InlineData("a\\b", "%a\\\\b%")]
    [InlineData("a\\\\b", "%a\\\\b%")]
    [InlineData("a\\\\%", "a\\\\%")]
    [InlineData("end\\", "%end\\\\%")]
    public void Patterns(string text, string pattern) => LikePattern.Of(text).ShouldBe(pattern);

    [Theory]
    [InlineData("title='a'&&views>1", "(title = \"a\" && views > 1)")]
    [InlineData("a=1||b=2&&c=3||d=4", "(a = 1 || (b = 2 && c = 3) || d = 4)")]
    [InlineData("((a=1))", "a = 1")]
    [InlineData("a?!~-1.50//x", "a ?!~ -1.50")]
    [InlineData("f( // first\n1 , \"x\",g(a) )=f()", "f(1, \"x\", g(a)) = f()")]
    public void Forms(string text, string printed) => Print(RuleParser.Parse(text, out _)!).ShouldBe(printed);

    [Theory]
    [InlineData("a b")]
    [InlineData("a = 1 b = 2")]
    [InlineData("a = 1 && ")]
    [InlineData("a = f (1)")]
    [InlineData("a = f(1 2)")]
    [InlineData("a = f(1,)")]
    [InlineData("a =? 1")]
    [InlineData("a <> 1")]
    [InlineData("a ! 1")]
    [InlineData("!a = 1")]
    [InlineData("a = +1")]
    [InlineData("a = .5")]
    [InlineData("a = 1.2.3")]
    [InlineData("a = 1a")]
    [InlineData("a. = 1")]
    [InlineData("a: = 1")]
    [InlineData("@ = 1")]
    [InlineData("_ = 1")]
    [InlineData("é = 1")]
    [InlineData("()")]
    [InlineData("(a) = 1")]
    [InlineData("a = (1)")]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void Refused(string text)
    {
        RuleParser.Parse(text, out var problem).ShouldBeNull();
        problem.ShouldNotBeNull();
    }

    private static string Text(string rule) =>
        ((TextNode)((ComparisonNode)(RuleParser.Parse(rule, out var problem) ?? throw new InvalidOperationException($"{rule}: {problem}"))).Left).Value;

    private static Gen<ExpressionNode> Expressions(int depth)
    {
        var comparison =
            from left in Operands(2)
            from comparisonOperator in Gen.Elements(Enum.GetValues<CompareOperator>())
            from any in Gen.Elements(true, false)
            from right in Operands(2)
            select (ExpressionNode)new ComparisonNode(left, comparisonOperator, any, right, 0);
        if (depth == 0) return comparison;
        var parts = Expressions(depth - 1).Two().Select(p => (ExpressionNode[])[p.Item1, p.Item2]);
        return Gen.OneOf(comparison, parts.Select(p => (ExpressionNode)new AndNode([.. p])), parts.Select(p => (ExpressionNode)new OrNode([.. p])));
    }

    private static Gen<OperandNode> Operands(int depth)
    {
        var names = Gen.Elements("a", "b.c", "@request.auth.id", "tags:each", "_x", "#y", "A1.b_2:lower").Select(n => (OperandNode)new NameNode(n, 0));
        var numbers = Gen.Elements("0", "-1", "12.50", "99999999999999999999").Select(n => (OperandNode)new NumberNode(n, 0));
        var texts = ArbMap.Default.GeneratorFor<string>().Select(t => (OperandNode)new TextNode(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t ?? "")), 0));
        if (depth == 0) return Gen.OneOf(names, numbers, texts);
        var calls =
            from name in Gen.Elements("f", "strftime")
            from arguments in Operands(depth - 1).ListOf(3)
            select (OperandNode)new CallNode(name, [.. arguments], 0);
        return Gen.OneOf(names, numbers, texts, calls);
    }

    private static string Print(ExpressionNode node) => node switch
    {
        AndNode and => $"({string.Join(" && ", and.Parts.Select(Print))})",
        OrNode or => $"({string.Join(" || ", or.Parts.Select(Print))})",
        ComparisonNode c => $"{Print(c.Left)} {(c.Any ? "?" : "")}{Symbol(c.Operator)} {Print(c.Right)}",
        _ => throw new NotSupportedException(),
    };

    private static string Print(OperandNode node) => node switch
    {
        NameNode name => name.Name,
        NumberNode number => number.Digits,
        TextNode text => $"\"{Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Value)).Replace("\\", "\\\\").Replace("\"", "\\\"")}\"",
        CallNode call => string.Create(CultureInfo.InvariantCulture, $"{call.Name}({string.Join(", ", call.Arguments.Select(Print))})"),
        _ => throw new NotSupportedException(),
    };

    private static string Symbol(CompareOperator comparison) => comparison switch
    {
        CompareOperator.Equal => "=",
        CompareOperator.NotEqual => "!=",
        CompareOperator.Greater => ">",
        CompareOperator.GreaterOrEqual => ">=",
        CompareOperator.Less => "<",
        CompareOperator.LessOrEqual => "<=",
        CompareOperator.Like => "~",
        _ => "!~",
    };
}
