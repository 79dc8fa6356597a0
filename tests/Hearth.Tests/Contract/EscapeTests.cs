using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>Escapes in quoted texts of filters, as the reference reads them.</summary>
public sealed class EscapeTests(EscapeTests.Texts shared) : IClassFixture<EscapeTests.Texts>
{
    [Theory]
    [InlineData(@"t = 'a\\b'", "backslash")]
    [InlineData(@"t = ""a\\b""", "backslash")]
    [InlineData(@"t = 'a\\'", "last")]
    [InlineData(@"t ~ '\\'", "backslash,backspace,last,letters,percent,unicode")]
    [InlineData(@"t = 'a\nb'", "break")]
    [InlineData(@"t = ""a\tb""", "tab")]
    [InlineData(@"t = 'a\""b'", "double")]
    [InlineData(@"t = ""a\'b""", "single")]
    [InlineData(@"t = ""a\bc""", "backspace")]
    [InlineData(@"t = 'a\bc'", "backspace")]
    [InlineData(@"t = ""a\/c""", "")]
    [InlineData(@"t = 'a\u0041'", "unicode")]
    [InlineData(@"t = 'a\\nb'", "letters")]
    [InlineData(@"t ~ 'a\\%'", "percentOnly")]
    [InlineData(@"t = 'a\\%'", "percent")]
    // The reference leaves it as it stands in double quotes, too; clients that write texts as JSON need it.
    [InlineData(@"t = ""\u0061\u0022b""", "double")]
    public async Task Both_quotes_read_the_same_escapes(string filter, string expected)
    {
        var answer = await shared.App.GetAsync($"/api/collections/texts/records?filter={Uri.EscapeDataString(filter)}&sort=name");
        answer.Status.ShouldBe(System.Net.HttpStatusCode.OK, answer.Text);
        string.Join(',', answer.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString())).ShouldBe(expected);
    }

    [Fact]
    public async Task A_rule_may_end_in_a_backslash()
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse("""{"name":"ruled","listRule":"t != 'a\\\\' && t !~ '\\\\'","fields":[{"name":"t","type":"text"}]}"""), shared.Root);
        made.Status.ShouldBe(System.Net.HttpStatusCode.OK, made.Text);
    }

    public sealed class Texts : SharedApp
    {
        protected override async Task FillAsync(TestApp app)
        {
            (await app.SendAsync("POST", "/api/collections", JsonElement.Parse("""{"name":"texts","listRule":"","fields":[{"name":"name","type":"text"},{"name":"t","type":"text"}]}"""), Root)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
            foreach (var (name, t) in new[]
            {
                ("backslash", @"a\b"), ("backspace", @"a\bc"), ("last", @"a\"), ("break", "a\nb"), ("tab", "a\tb"), ("double", "a\"b"), ("single", "a'b"), ("unicode", @"a\u0041"), ("letters", @"a\nb"),
                ("percent", @"a\%"), ("percentOnly", "a%"),
            })
            {
                await app.CreateAsync("texts", new { name, t });
            }
        }
    }
}
