using System.Net;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Features;
using Hearth.Http;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

/// <summary>Gives back what it read from the body.</summary>
internal sealed class EchoFeature : Feature
{
    public override string Name => "echo";

    public override void Setup(FeatureSetup setup)
    {
        setup.Map(new RouteDefinition { Method = "POST", Path = "/api/echo", Handler = EchoAsync });
        setup.Map(new RouteDefinition { Method = "POST", Path = "/api/small", Handler = EchoAsync, BodyLimit = 100 });
        setup.Map(new RouteDefinition { Method = "POST", Path = "/api/closed", Handler = EchoAsync, BodyLimit = 100, Guard = Guard.Superuser });
        setup.Map(new RouteDefinition { Method = "GET", Path = "/api/segment/{one}/{two}", Handler = SegmentAsync });
        setup.Map(new RouteDefinition { Method = "GET", Path = "/api/crash", Handler = _ => throw new InvalidOperationException("inner secret") });
    }

    private static async ValueTask<Fault?> EchoAsync(Exchange exchange)
    {
        if ((await exchange.ReadBodyAsync()).Failed(out var fault, out var body)) return fault;
        var json = exchange.StartJson();
        json.WriteStartObject();
        foreach (var (name, value) in body.Values)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        foreach (var file in body.Files)
        {
            using var content = new StreamReader(file.Open());
            json.WriteString("file:" + file.Name, $"{file.FileName} {file.ContentType} {file.Length} {await content.ReadToEndAsync()}");
        }
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    private static ValueTask<Fault?> SegmentAsync(Exchange exchange)
    {
        var json = exchange.StartJson();
        json.WriteStartArray();
        json.WriteStringValue(exchange.PathValue("one"));
        json.WriteStringValue(exchange.PathValue("two"));
        json.WriteEndArray();
        return exchange.SendJsonAsync();
    }
}

[RunsOnce]
public sealed class BodyTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private TestApp app = null!;

    public async Task InitializeAsync() => app = await shared.BeginAsync(start: () => TestApp.StartAsync(build: hearth => hearth.AddFeature(new EchoFeature())));

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("""{"a":1,"b":[true,null,"x"],"ä":"\u00e9\ud83d\ude00"}""", """{"a":1,"b":[true,null,"x"],"ä":"é\uD83D\uDE00"}""")]
    [InlineData("""{"a":"\ud800","\udfff":"\udc00\ud800"}""", "{\"a\":\"\uFFFD\",\"\uFFFD\":\"\uFFFD\uFFFD\"}")]
    [InlineData("""{"a":1} trailing""", """{"a":1}""")]
    [InlineData("null", "{}")]
    [InlineData("""{"n":-0.0,"big":12345678901234567890,"e":1e308}""", """{"n":-0.0,"big":12345678901234567890,"e":1e308}""")]
    public async Task Json_is_read(string sent, string read) => (await PostAsync(sent)).Text.ShouldBe(read + "\n");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"x\"")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":[{\"b\":1,\"b\":2}]}")]
    [InlineData("{\"a\":1e999}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("/* c */ {}")]
    public async Task Json_that_is_none_is_a_400(string sent)
    {
        var answer = await PostAsync(sent, chunked: sent.Length == 0);
        if (sent.Length == 0) answer.Status.ShouldBe(HttpStatusCode.OK); // an empty body is no body
        else answer.Text.ShouldBe("{\"data\":{},\"message\":\"Something went wrong while processing your request.\",\"status\":400}\n");
    }

    [Fact]
    public async Task Depth_and_bytes_that_are_no_text_are_refused()
    {
        (await PostAsync(string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200))).Status.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(string.Concat(Enumerable.Repeat("{\"a\":", 300)) + "1" + new string('}', 300))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync("{\"a\":" + new string('[', 200_000))).Status.ShouldBe(HttpStatusCode.BadRequest);
        using var invalid = new ByteArrayContent([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        invalid.Headers.ContentType = new("application/json");
        (await app.SendAsync("POST", "/api/echo", invalid)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("image/png")]
    [InlineData("multipart/form-data-x; boundary=b")]
    [InlineData("multipart/form-data; b; =x")]
    [InlineData("application/x-www-form-urlencodedly")]
    public async Task Other_types_are_refused(string type)
    {
        using var content = new StringContent("{}");
        content.Headers.ContentType = null;
        content.Headers.TryAddWithoutValidation("Content-Type", type).ShouldBeTrue();
        var answer = await app.SendAsync("POST", "/api/echo", content);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Message.ShouldBe("Unsupported Content-Type.");
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("True", "\"True\"")]
    [InlineData("10", "10")]
    [InlineData("-3.5", "-3.5")]
    [InlineData("0.00001", "0.00001")]
    [InlineData("123456789012345680000", "123456789012345680000")]
    [InlineData("12345678901234567890", "\"12345678901234567890\"")]
    [InlineData("010", "\"010\"")]
    [InlineData("1.0", "\"1.0\"")]
    [InlineData("-0.0", "\"-0.0\"")]
    [InlineData("1e5", "\"1e5\"")]
    [InlineData(" 5", "\" 5\"")]
    [InlineData("1.000.000", "\"1.000.000\"")]
    [InlineData("-", "\"-\"")]
    [InlineData(".5", "\".5\"")]
    [InlineData("", "\"\"")]
    [InlineData("null", "\"null\"")]
    public async Task Values_of_forms_become_what_they_look_like(string text, string json)
    {
        using var form = new FormUrlEncodedContent([new("a", text)]);
        (await app.SendAsync("POST", "/api/echo", form)).Text.ShouldBe("{\"a\":" + json + "}\n");
    }

    [Fact]
    public async Task Repeated_keys_the_query_and_json_payloads_are_merged()
    {
        using var form = new FormUrlEncodedContent([new("a", "1"), new("b", "x"), new("a", "two"), new("@jsonPayload", """{"b":{"c":null},"d":"1"}"""), new("@jsonPayload", """{"d":"2"}""")]);
        (await app.SendAsync("POST", "/api/echo?a=3&q=true", form)).Text.ShouldBe("""{"a":[1,"two",3],"b":{"c":null},"q":true,"d":"2"}""" + "\n");
        using var broken = new FormUrlEncodedContent([new("@jsonPayload", "{")]);
        (await app.SendAsync("POST", "/api/echo", broken)).Status.ShouldBe(HttpStatusCode.BadRequest);
        using var list = new FormUrlEncodedContent([new("@jsonPayload", "[1]")]);
        (await app.SendAsync("POST", "/api/echo", list)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Multipart_brings_values_and_files()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("5"), "n" },
            { new StringContent("""{"x":[1]}"""), "@jsonPayload" },
            { new ByteArrayContent("hello"u8.ToArray()) { Headers = { ContentType = new("text/plain") } }, "doc", "../a.txt" },
            { new ByteArrayContent(new byte[200_000]), "big", "b.bin" },
        };
        var answer = await app.SendAsync("POST", "/api/echo", form);
        answer.Body.GetProperty("n").GetInt32().ShouldBe(5);
        answer.Body.GetProperty("x")[0].GetInt32().ShouldBe(1);
        answer.Body.GetProperty("file:doc").GetString().ShouldBe("../a.txt text/plain 5 hello");
        answer.Body.GetProperty("file:big").GetString()!.ShouldStartWith("b.bin  200000 ");
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Multipart_that_is_none_is_a_400(string type)
    {
        using var content = new ByteArrayContent("no boundary here"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await app.SendAsync("POST", "/api/echo", content)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit_is_a_413(bool chunked)
    {
        var answer = await PostAsync("{\"a\":\"" + new string('x', 200) + "\"}", chunked, "/api/small");
        answer.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.Text.ShouldBe("{\"data\":{},\"message\":\"Request entity too large.\",\"status\":413}\n");
        // The limit is asked before the guard (contract 1.12).
        (await PostAsync("{\"a\":\"" + new string('x', 200) + "\"}", false, "/api/closed")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync("{}", false, "/api/closed")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/api/segment/a%2Fb/c", """["a/b","c"]""")]
    [InlineData("/api/segment/a%252Fb/%25", """["a%2Fb","%"]""")]
    [InlineData("/api/segment/%C3%A4/x%20y", """["ä","x y"]""")]
    public async Task Segments_are_decoded_once(string path, string read) => (await app.GetAsync(path)).Text.ShouldBe(read + "\n");

    [Fact]
    public async Task A_crash_tells_an_id_and_nothing_else()
    {
        var answer = await app.GetAsync("/api/crash");
        answer.Status.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Message.ShouldBe("Something went wrong while processing your request.");
        answer.Text.ShouldNotContain("secret");
        var told = answer.Body.GetProperty("data").GetProperty("incident").GetProperty("message").GetString()!;
        var logged = (await app.GetAsync("/api/logs?filter=level=8&sort=-created&perPage=500", await app.SuperuserTokenAsync())).Body.GetProperty("items").EnumerateArray()
            .Select(entry => entry.GetProperty("data").TryGetProperty("details", out var details) ? details.GetString()! : "");
        logged.Any(details => details.Contains("inner secret", StringComparison.Ordinal) && told.Contains(details.Split(' ')[0], StringComparison.Ordinal)).ShouldBeTrue(told);
    }

    private Task<Answer> PostAsync(string json, bool chunked = false, string path = "/api/echo")
    {
        HttpContent content = chunked ? new StreamContent(new ChunkStream(Encoding.UTF8.GetBytes(json))) : new StringContent(json, Encoding.UTF8);
        content.Headers.ContentType = new("application/json");
        return app.SendAsync("POST", path, content);
    }

    /// <summary>A stream whose length nobody knows, so that it goes in chunks.</summary>
    private sealed class ChunkStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
