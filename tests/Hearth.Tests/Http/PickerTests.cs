using System.Text;
using Hearth.Basics;
using Hearth.Http.Output;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

[RunsOnce]
public sealed class PickerTests
{
    private const string Record = """{"id":"a","title":"T","tags":["x","y"],"list":[{"p":1,"q":2},{"q":3}],"expand":{"author":{"id":"b","name":"Ann"}},"n\u00fcm":1.50,"body":"<p>Hello <b>wor</b>ld</p><script>x</script>"}""";

    [Theory]
    [InlineData("id", """{"id":"a"}""")]
    [InlineData(" title , id ", """{"id":"a","title":"T"}""")]
    [InlineData("tags", """{"tags":["x","y"]}""")]
    [InlineData("expand", """{"expand":{"author":{"id":"b","name":"Ann"}}}""")]
    [InlineData("expand.author.name", """{"expand":{"author":{"name":"Ann"}}}""")]
    [InlineData("expand.author,expand.author.name", """{"expand":{"author":{"id":"b","name":"Ann"}}}""")]
    [InlineData("list.p", """{"list":[{"p":1},{}]}""")]
    [InlineData("tags.x", """{"tags":["x","y"]}""")]
    [InlineData("title.x", """{"title":"T"}""")]
    [InlineData("nüm", """{"nüm":1.50}""")]
    [InlineData("nope", "{}")]
    [InlineData("body:excerpt(7)", """{"body":"Hello w"}""")]
    [InlineData("body:excerpt(6,true)", """{"body":"Hello..."}""")]
    [InlineData("id:excerpt(1),list:excerpt(1)", """{"id":"a","list":[{"p":1,"q":2},{"q":3}]}""")]
    [InlineData("*,expand.author.name,list.q,body:excerpt(5)", """{"id":"a","title":"T","tags":["x","y"],"list":[{"q":2},{"q":3}],"expand":{"author":{"name":"Ann"}},"nüm":1.50,"body":"Hello"}""")]
    public void Keys_are_picked(string fields, string picked) => Pick(fields, Record, false).ShouldBe(picked);

    [Fact]
    public void Pages_keep_their_counters_and_lists_pick_each_element()
    {
        Pick("id", $$"""{"page":1,"items":[{{Record}},{"id":"z"}],"totalItems":2}""", true).ShouldBe("""{"page":1,"items":[{"id":"a"},{"id":"z"}],"totalItems":2}""");
        Pick("id", $"[{Record}]", false).ShouldBe("""[{"id":"a"}]""");
    }

    [Theory]
    [InlineData("id:nope")]
    [InlineData("id:excerpt()")]
    [InlineData("id:excerpt(0)")]
    [InlineData("id:excerpt(-1)")]
    [InlineData("id:excerpt(x)")]
    [InlineData("id:excerpt(1,2,3)")]
    [InlineData("id:excerpt(1,maybe)")]
    [InlineData(":excerpt(1)")]
    public void Wrong_modifiers_are_refused(string fields) => FieldPicker.Parse(fields).Failed(out _).ShouldBeTrue();

    [Theory]
    [InlineData("plain  text\n here", "plain text here")]
    [InlineData("<p>one</p><p>two</p>", "one two")]
    [InlineData("<b>one</b><i>two</i>", "onetwo")]
    [InlineData("a<style>x</style><img src=x onerror=1><svg><text>no</text></svg>b", "ab")]
    [InlineData("a &amp; b &lt;c&gt;", "a & b <c>")]
    [InlineData("<ul><li>1</li><li>2</li></ul> end", "1 2 end")]
    [InlineData("😀😀😀", "😀😀😀")]
    [InlineData("<html><head><title>T</title><meta charset=x><body>a<br>b", "a b")]
    [InlineData("<title>T</title>a", "a")]
    [InlineData("<script>if (a < b) x('</p>');</script>a<svg/>b", "ab")]
    [InlineData("a<svg><svg>x</svg>y</svg>b<form>x<form>y</form>c", "abc")]
    [InlineData("<select><option>x<option>y</select>a<input>b", "ab")]
    [InlineData("a<!-- <b>x</b> -->b<textarea><p>x</textarea>c", "abc")]
    [InlineData("1 < 2 &nbsp; &copy;", "1 < 2 ©")]
    public void Excerpts_are_what_a_person_would_read(string html, string text) => new Excerpt(100, false).Of(html).ShouldBe(text);

    [Fact]
    public void Excerpts_count_code_points_and_bear_deep_nesting()
    {
        new Excerpt(2, true).Of("😀😀😀").ShouldBe("😀😀...");
        new Excerpt(4, true).Of("abc def").ShouldBe("abc...");
        new Excerpt(9, false).Of(string.Concat(Enumerable.Repeat("<div>", 5000)) + "deep").ShouldBe("deep");
        // A tree of this takes minutes.
        var began = Environment.TickCount64;
        new Excerpt(9, false).Of(string.Concat(Enumerable.Repeat("<div>", 200_000)) + "deep").ShouldBe("deep");
        (Environment.TickCount64 - began).ShouldBeLessThan(20_000);
    }

    private static string Pick(string fields, string json, bool paged)
    {
        var buffer = new PooledBuffer();
        FieldPicker.Parse(fields).Value!.Copy(Encoding.UTF8.GetBytes(json), buffer, paged);
        return Encoding.UTF8.GetString(buffer.Written.Span);
    }
}
