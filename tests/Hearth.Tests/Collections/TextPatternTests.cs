using System.Text.RegularExpressions;
using Hearth.Schema.Values;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

[RunsOnce]
public sealed class TextPatternTests
{
    [Theory]
    [InlineData("[a-z0-9]{15}", "^[a-z0-9]{15}$")]
    [InlineData("[a-zA-Z0-9]{50}", "^[a-zA-Z0-9]{50}$")]
    [InlineData("ORD-\\d{4}-(?:a|bc){2,3}x?", "^ORD-[0-9]{4}-(a|bc){2,3}x?$")]
    [InlineData("[^a-z]\\w+\\.", "^[^a-z][0-9A-Za-z_]+\\.$")]
    [InlineData("^[a\\-\\]]{3}$", "^[a\\-\\]]{3}$")]
    [InlineData("", "^$")]
    public void Generated_text_matches_its_pattern(string pattern, string check)
    {
        for (var i = 0; i < 50; i++) Regex.IsMatch(TextGenerator.Generate(pattern).ShouldNotBeNull(), check).ShouldBeTrue();
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[a")]
    [InlineData("[z-a]")]
    [InlineData("a{3,2}")]
    [InlineData("a{99999}")]
    [InlineData("((a{1000}){1000}){1000}")]
    [InlineData("\\b")]
    [InlineData("(?=a)")]
    [InlineData("*")]
    public void Patterns_beyond_it_are_refused(string pattern) => TextGenerator.Generate(pattern).ShouldBeNull();

    [Theory]
    [InlineData("^[a-z]+$", "abc", true)]
    [InlineData("^[a-z]+$", "abc\n", false)]
    [InlineData("^\\d+$", "١٢", false)]
    [InlineData("^[[:alpha:]_]+$", "ab_", true)]
    [InlineData("^\\pL+$", "äß", true)]
    [InlineData("(?i)ABC", "xabcx", true)]
    [InlineData("[]a]", "]", true)]
    public void Patterns_mean_what_they_mean_in_re2(string pattern, string text, bool matches) => new TextPattern(pattern).Matches(text).ShouldBe(matches);

    [Theory]
    [InlineData("(")]
    [InlineData("(?=a)")]
    [InlineData("(a)\\1")]
    public void Patterns_that_re2_does_not_know_are_a_problem(string pattern)
    {
        new TextPattern(pattern).Problem().ShouldNotBeNull();
        new TextPattern(pattern).Matches("a").ShouldBeFalse();
    }
}
