using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

/// <summary>Requests of a kind that no client sends, byte by byte: each is answered, with the shape of a fault, and never as a crash.</summary>
public sealed class OddRequestTests(OddRequestTests.FilesApp files) : IClassFixture<OddRequestTests.FilesApp>
{
    private static readonly string[] Names =
    [
        "Accept", "Accept-Encoding", "Authorization", "Content-Type", "Cookie", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range",
        "Origin", "X-Forwarded-For", "Forwarded", "Referer", "User-Agent", "X-Hearth-Journey", "Tus-Resumable", "Upload-Length", "Upload-Offset", "Upload-Metadata", "Last-Event-ID", "Traceparent",
    ];

    private static readonly string[] Values =
    [
        "", ",", ";", "=", "\"", "\"\"", "*", "a;b", "a=;", "a/b;=", "*/*;q=", "*/*;q=9e99", "application/problem+json;q=NaN", "\u00ff", "\u00e4\u0080", "bytes=", "bytes=-", "bytes=--1", "bytes=1-0",
        "bytes=99999999999999999999-", "bytes=0-0,,", "W/", "W/\"", "\"a\"b\"", "Bearer", "Bearer ", "Bearer ..", "Bearer a.b.c", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"",
        "multipart/form-data; boundary=a; boundary=b", "application/json;charset=", "application/json; charset=\"utf-16\"", "application/x-www-form-urlencoded; charset=nowhere", "application/x-www-form-urlencoded;;", "-1", "1e9", "99999999999999999999",
        "Thu, 99 Foo 9999 99:99:99 GMT", "filename !", "filename YQ==,,", "filetype", "::", "[::1", "null", "1.0.0",
    ];

    public static TheoryData<string> Dispositions { get; } =
    [
        "form-data; name=\"doc\"; filename*", "form-data; name=\"doc\"; filename*=", "form-data; name=\"doc\"; filename*=\"\"", "form-data; name=\"doc\"; filename*=utf-8", "form-data; name=\"doc\"; filename*=utf-8'",
        "form-data; name=\"doc\"; filename*=utf-8''", "form-data; name=\"doc\"; filename*=nowhere''a", "form-data; name=\"doc\"; filename*=utf-8''%", "form-data; name=\"doc\"; filename*=utf-8''%ff%00", "form-data; name=\"doc\"; filename",
        "form-data; name=\"doc\"; filename=", "form-data; name=\"doc\"; filename=\"", "form-data; name*", "form-data; name*=", "form-data; name", "form-data; name=", "form-data; name=\"", "form-data", "form-data;", "form-data;;", ";", "",
        "form-data; name=\"doc\"; name=\"doc\"; filename=\"a\"; filename*; size=", "form-data; =; name=\"doc\"", "form-data; name=\"=?utf-8?B?=?=\"", "form-data; name=\"=?utf-8?Q?%?=\"; filename=\"=?x?B?!?=\"", "attachment; filename*", "form-data; name=\"doc\"; filename=\"a\\\"",
    ];

    [Theory]
    [MemberData(nameof(Dispositions))]
    public async Task Any_header_of_a_part(string disposition)
    {
        foreach (var path in new[] { "/api/collections/open/records", "/api/collections/users/auth-with-password", "/api/batch", "/api/realtime" })
        {
            var body = $"--b\r\nContent-Disposition: {disposition}\r\nContent-Type: {disposition}\r\n\r\nx\r\n--b--\r\n";
            ShouldBeAnswered(await AskAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {body.Length}\r\n\r\n{body}"), $"{path} {disposition}");
        }
    }

    [Fact]
    public async Task Any_value_of_a_header()
    {
        string[] begins =
        [
            "GET /api/collections/open/records HTTP/1.1\r\n", $"GET {files.Path} HTTP/1.1\r\n", "GET /api/nowhere HTTP/1.1\r\n", "POST /api/files/uploads HTTP/1.1\r\n", "GET /_/ HTTP/1.1\r\n",
            "POST /api/collections/open/records HTTP/1.1\r\nContent-Length: 2\r\n",
        ];
        foreach (var begin in begins)
        {
            foreach (var name in Names)
            {
                // One connection for the values of a header: what is answered is answered in order.
                foreach (var part in Values.Chunk(12))
                {
                    var requests = part.Select((value, i) => $"{begin}Host: x\r\n{(i == part.Length - 1 ? "Connection: close\r\n" : "")}{name}: {value}\r\n\r\n{(begin.Contains("Content-Length", StringComparison.Ordinal) ? "{}" : "")}");
                    var answers = await AskAsync(string.Concat(requests));
                    answers.ShouldNotContain("HTTP/1.1 5", customMessage: $"{begin} {name}");
                    answers.ShouldContain("HTTP/1.1 ");
                }
            }
        }
    }

    [Theory]
    [InlineData("Content-Type: \u00ff\u00fe")]
    [InlineData("Content-Type: application/\u00e4; charset=\u00ff")]
    [InlineData("Content-Type: text/plain")]
    [InlineData("Content-Type: ;")]
    [InlineData("Content-Type: multipart/form-data")]
    public async Task An_odd_type_of_a_body_is_a_400_with_words(string header) =>
        ShouldBeAnswered(await AskAsync($"POST /api/collections/open/records HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\nContent-Length: 2\r\n\r\n{{}}"), header, 400);

    [Theory]
    [InlineData(9_000, 200)]
    [InlineData(33_000, 414)]
    [InlineData(60_000, 414)]
    public async Task A_long_address_is_told_so(int length, int status)
    {
        ShouldBeAnswered(await AskAsync($"GET /api/health?x={new string('x', length)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), "long", status);
    }

    private static void ShouldBeAnswered(string answer, string what, int? status = null)
    {
        var code = int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (status is { } expected) code.ShouldBe(expected, what);
        code.ShouldBeLessThan(500, $"{what}: {answer}");
        if (code < 400) return;
        using var fault = JsonDocument.Parse(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        fault.RootElement.GetProperty("status").GetInt32().ShouldBe(code, what);
        fault.RootElement.GetProperty("message").GetString().ShouldNotBeNullOrEmpty(what);
    }

    private async Task<string> AskAsync(string request)
    {
        using var client = new TcpClient("127.0.0.1", new Uri(files.App.Url).Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    public sealed class FilesApp : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        /// <summary>Of a file.</summary>
        public string Path { get; private set; } = "";

        public async Task InitializeAsync()
        {
            App = await TestApp.StartAsync();
            var root = await App.SuperuserTokenAsync();
            var fields = new object[] { new { name = "doc", type = "file" }, new { name = "title", type = "text" } };
            (await App.SendAsync("POST", "/api/collections", new { name = "open", type = "base", createRule = "", listRule = "", fields }, root)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
            (await App.SendAsync("PATCH", "/api/settings", new { batch = new { enabled = true } }, root)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
            using var form = new MultipartFormDataContent { { new StringContent("hello"), "doc", "a.txt" } };
            var made = await App.SendAsync("POST", "/api/collections/open/records", form);
            Path = $"/api/files/open/{made.Body.GetProperty("id").GetString()}/{made.Body.GetProperty("doc").GetString()}";
        }

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
