using System.Text;
using System.Text.Json;
using Hearth.Http.Input;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

/// <summary>No key comes twice in an object, whichever way that is found out.</summary>
[RunsOnce]
public sealed class JsonKeysTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"a":2},"c":"a"}""", true, true)]
    [InlineData("""{"a":1,"b":2,"a":3}""", false, false)]
    [InlineData("""{"b":{"a":1,"a":2}}""", false, false)]
    [InlineData("""{"a":1,"\u0061":2}""", false, false)]
    [InlineData("""{"\u0062":1,"a":2}""", false, true)]
    [InlineData("""[{"a":1},{"a":2}]""", false, true)] // the parser must tell
    [InlineData("""{"":1,"A":2,"a":3,"ä":4}""", true, true)]
    [InlineData(""" "text" """, true, true)]
    public void Only_what_is_plainly_distinct_is_spared_the_parsers_check(string json, bool plain, bool accepted)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        JsonKeys.AreDistinct(utf8).ShouldBe(plain);
        CheckedJson.TryParse(utf8, new JsonGauge(), out _, out _).ShouldBe(accepted);
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(500, false)]
    public void Many_keys_are_left_to_the_parser(int count, bool plain)
    {
        var keys = Enumerable.Range(0, count).ToDictionary(n => $"key{n}", n => n);
        var utf8 = JsonSerializer.SerializeToUtf8Bytes(keys);
        JsonKeys.AreDistinct(utf8).ShouldBe(plain);
        CheckedJson.TryParse(utf8, new JsonGauge(), out var value, out _).ShouldBeTrue();
        value.EnumerateObject().Count().ShouldBe(count);
        CheckedJson.TryParse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8)[..^1] + ",\"key0\":0}"), new JsonGauge(), out _, out _).ShouldBeFalse();
    }
}
