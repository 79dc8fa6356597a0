using System.Net;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

/// <summary>What a body may cost: by route, and by what stands in it, before anything is made of it.</summary>
public sealed class BodyLimitTests(BodyLimitTests.OpenApp open) : IClassFixture<BodyLimitTests.OpenApp>
{
    [Theory]
    [InlineData("/api/realtime", 4 << 20)]
    [InlineData("/api/collections/users/auth-with-password", 256 << 10)]
    [InlineData("/api/collections/users/request-otp", 256 << 10)]
    [InlineData("/api/collections/users/request-password-reset", 256 << 10)]
    [InlineData("/api/collections/users/auth-with-oauth2", 1 << 20)]
    [InlineData("/api/collections/users/auth-refresh", 256 << 10)]
    [InlineData("/api/oauth2-redirect", 256 << 10)]
    [InlineData("/api/realtime/channels/users/x", 256 << 10)]
    [InlineData("/api/settings/test/email", 32 << 20)]
    [InlineData("/api/sql", 32 << 20)]
    public async Task A_route_takes_no_more_than_it_has_use_for(string path, int limit)
    {
        (await SendAsync(path, "{\"identity\":\"" + new string('x', limit) + "\"}")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        if (limit < 32 << 20) (await SendAsync(path, "{\"identity\":\"" + new string('x', limit - 100) + "\"}")).Status.ShouldNotBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("{\"subscriptions\":[", "\"\",", "/api/realtime", 400)] // as many as there can be in 4 MiB, and no more
    [InlineData("{\"zz\":[", "1,", "/api/collections/open/records", 413)]
    [InlineData("{\"zz\":[", "[],", "/api/collections/open/records", 413)]
    [InlineData("{\"zz\":{", "\"\":1,", "/api/collections/open/records", 413)]
    [InlineData("{", "\"\":1,", "/api/collections/open/records", 413)]
    [InlineData("{\"requests\":[{\"body\":{\"zz\":[", "1,", "/api/batch", 413)]
    public async Task Very_many_values_are_refused_while_they_are_read(string start, string item, string path, int status)
    {
        // It never ends, so the answer cannot come from its end.
        using var client = new TcpClient("127.0.0.1", new Uri(open.App.Url).Port);
        var stream = client.GetStream();
        stream.ReadTimeout = 20_000;
        if (status == 413) await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 30000000\r\n\r\n{start}"));
        else
        {
            (await SendAsync(path, start + string.Concat(Enumerable.Repeat(item, 600_000)) + "\"\"],\"clientId\":\"x\"}")).Status.ShouldBe(HttpStatusCode.BadRequest);
            return;
        }
        var piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(item, 10_000)));
        for (var sent = 0; sent < 12 << 20; sent += piece.Length) await stream.WriteAsync(piece);
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync()).ShouldBe("HTTP/1.1 413 Payload Too Large");
    }

    [Fact]
    public async Task The_payloads_of_a_form_share_one_allowance()
    {
        using var form = new MultipartFormDataContent();
        var payload = "{\"zz\":[" + string.Concat(Enumerable.Repeat("1,", 300_000)) + "1]}";
        for (var i = 0; i < 4; i++) form.Add(new StringContent(payload), "@jsonPayload");
        (await open.App.SendAsync("POST", "/api/collections/open/records", form)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task What_a_json_field_may_hold_is_taken()
    {
        var list = "{\"zz\":[" + string.Concat(Enumerable.Repeat("1,", 500_000)) + "1]}";
        (await SendAsync("/api/collections/open/records", list)).Status.ShouldBe(HttpStatusCode.OK);
        var keys = "{" + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"k{i}\":{i}")) + "}";
        (await SendAsync("/api/collections/open/records", keys)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(300_000, "/api/collections/users/auth-with-password")]
    [InlineData(45_000_000, "/api/collections/open/records")]
    public async Task A_client_that_sends_too_much_can_read_so(int length, string path)
    {
        // As clients do that write all of it before they read.
        using var client = new TcpClient("127.0.0.1", new Uri(open.App.Url).Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"));
        var piece = new byte[100_000];
        for (var left = length; left > 0; left -= piece.Length) await stream.WriteAsync(piece.AsMemory(0, Math.Min(left, piece.Length)));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 413 ");
        answer.ShouldContain("Request entity too large.");
    }

    private Task<Answer> SendAsync(string path, string json) => open.App.SendAsync("POST", path, new StringContent(json, Encoding.UTF8, "application/json"));

    public sealed class OpenApp : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            App = await TestApp.StartAsync();
            var root = await App.SuperuserTokenAsync();
            var made = await App.SendAsync("POST", "/api/collections", new { name = "open", type = "base", createRule = "", fields = new object[] { new { name = "zz", type = "json", maxSize = 2 << 20 } } }, root);
            made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
            (await App.SendAsync("PATCH", "/api/settings", new { batch = new { enabled = true } }, root)).Status.ShouldBe(HttpStatusCode.OK);
        }

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
