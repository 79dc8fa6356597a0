using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>How bodies are read and answers are narrowed, as the reference does it.</summary>
public sealed class BodyFormTests(BodyFormTests.Things shared) : IClassFixture<BodyFormTests.Things>
{
    [Theory]
    [InlineData("""{"text":"cut \ud83d"}""", "cut \uFFFD")]
    [InlineData("""{"text":"\ude00 and \ud83d\ude00"}""", "\uFFFD and \U0001F600")]
    [InlineData("""{"text":"\\ud83d"}""", "\\ud83d")]
    [InlineData("""{"text":"\ud83d\ud83d\ude00"}""", "\uFFFD\U0001F600")]
    [InlineData("""{"text":"x","other":"\ud83d"}""", "x")]
    [InlineData("""{"text":"x"} and more""", "x")]
    [InlineData("""{"text":-0}""", "-0")]
    public async Task Texts_in_json(string body, string stored) => (await SendAsync(body, "application/json")).Body.GetProperty("text").GetString().ShouldBe(stored);

    [Theory]
    [InlineData("""{"text":"a","text":"b"}""")]
    [InlineData("""{"json":{"a":1,"a":2}}""")]
    public async Task A_key_may_stand_once(string body) => (await SendAsync(body, "application/json")).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("text=a%ff", "a\uFFFD")]
    [InlineData("text=a+b%20c", "a b c")]
    [InlineData("text=%F0%9F%98%80", "\U0001F600")]
    [InlineData("text=a%00b", "a\uFFFDb")]
    [InlineData("text=a&&x", "a")]
    [InlineData("text=a%zz", null)]
    [InlineData("text=a%f", null)]
    public async Task Url_encoded_forms(string body, string? stored)
    {
        var answer = await SendAsync(body, "application/x-www-form-urlencoded");
        if (stored is null) answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        else answer.Body.GetProperty("text").GetString().ShouldBe(stored);
    }

    [Theory]
    [InlineData("NAME=\"file\"; FILENAME=\"up.txt\"", "up")]
    [InlineData("name=\"file\"; filename=\"a\\\"b.txt\"", "a_b_")]
    [InlineData("name=\"file\"; filename=\"a\\b.txt\"", "a_b_")]
    [InlineData("name=\"file\"; filename=\"C:\\dir\\b.txt\"", "c_dir_b_")]
    [InlineData("name=\"file\"; filename=\"dir/b.txt\"", "b")]
    public async Task Names_of_files(string parameters, string begins)
    {
        var answer = await SendAsync($"--X\r\nContent-Disposition: form-data; {parameters}\r\n\r\nhello\r\n--X--\r\n", "multipart/form-data; boundary=X");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Body.GetProperty("file").GetString()!.ShouldStartWith(begins);
    }

    [Fact]
    public async Task Minus_zero_in_a_form_stays_a_text() =>
        (await SendAsync("--X\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n-0\r\n--X--\r\n", "multipart/form-data; boundary=X")).Body.GetProperty("text").GetString().ShouldBe("-0");

    [Fact]
    public async Task An_empty_form_is_none() => (await SendAsync("", "multipart/form-data; boundary=X")).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("*.text", "{}")]
    [InlineData("json.a.*.b", """{"json":{"a":[{}]}}""")]
    [InlineData("json.*.b", """{"json":{}}""")]
    [InlineData("json.x.*", """{"json":{"x":{"b":3,"y":4}}}""")]
    [InlineData("json.a.b", """{"json":{"a":[{"b":1}]}}""")]
    [InlineData("text:excerpt(2),text", """{"text":"<p>abcdef</p>"}""")]
    [InlineData("text,text:excerpt(2)", """{"text":"ab"}""")]
    [InlineData("*.*", "{}")]
    public async Task Fields(string fields, string expected)
    {
        var answer = await shared.App.GetAsync($"/api/collections/things/records/thingaaaaaaaaaa?fields={Uri.EscapeDataString(fields)}", shared.Root);
        answer.Text.TrimEnd().ShouldBe(expected);
    }

    private Task<Answer> SendAsync(string body, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return shared.App.SendAsync("POST", "/api/collections/things/records", content, shared.Root);
    }

    public sealed class Things : SharedApp
    {
        protected override async Task FillAsync(TestApp app)
        {
            var fields = JsonElement.Parse("""{"name":"things","fields":[{"name":"text","type":"text"},{"name":"json","type":"json"},{"name":"file","type":"file"}]}""");
            (await app.SendAsync("POST", "/api/collections", fields, Root)).Status.ShouldBe(HttpStatusCode.OK);
            await app.CreateAsync("things", new { id = "thingaaaaaaaaaa", text = "<p>abcdef</p>", json = new { a = new[] { new { b = 1, c = 2 } }, x = new { b = 3, y = 4 }, z = 5 } });
        }
    }
}
