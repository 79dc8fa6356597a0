using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Logs;

public sealed class LogsTests : IAsyncLifetime
{
    private TestApp app = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync();
        root = await app.SuperuserTokenAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Requests_are_logged_with_who_what_and_how_it_ended()
    {
        await app.SendAsync("GET", "/api/health?my_token=1&token=secret&%74oken=secret&mfaId=secret", headers: [("User-Agent", "test/1"), ("Referer", "http://from/?token=secret")]);
        await app.GetAsync("/api/settings");
        var page = (await app.GetAsync("/api/logs?sort=-@rowid&filter=data.type='request'", root)).Body;
        page.GetProperty("totalItems").GetInt32().ShouldBe(2);
        var (failed, fine) = (page.GetProperty("items")[0], page.GetProperty("items")[1]);
        fine.GetProperty("message").GetString().ShouldBe("GET /api/health?my_token=1&token=***&token=***&mfaId=***");
        fine.GetProperty("level").GetInt32().ShouldBe(0);
        var data = fine.GetProperty("data");
        data.GetProperty("status").GetInt32().ShouldBe(200);
        data.GetProperty("userAgent").GetString().ShouldBe("test/1");
        data.GetProperty("referer").GetString().ShouldBe("http://from/?token=***");
        data.GetProperty("userIP").GetString().ShouldBe("127.0.0.1");
        data.GetProperty("execTime").GetDouble().ShouldBeGreaterThan(0);
        data.TryGetProperty("authId", out _).ShouldBeFalse();
        failed.GetProperty("level").GetInt32().ShouldBe(8);
        failed.GetProperty("data").GetProperty("status").GetInt32().ShouldBe(401);
        failed.GetProperty("data").GetProperty("error").GetString().ShouldBe("The request requires valid record authorization token.");

        var one = (await app.GetAsync("/api/logs/" + failed.GetProperty("id").GetString(), root)).Body;
        one.GetRawText().ShouldBe(failed.GetRawText());
        (await app.GetAsync("/api/logs/nope", root)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Filters_stats_and_truncation()
    {
        for (var i = 0; i < 3; i++) await app.GetAsync("/api/health");
        await app.GetAsync("/api/settings");
        (await app.GetAsync("/api/logs?filter=level>0", root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(1);
        (await app.GetAsync("/api/logs?filter=data.status=200%26%26message~'health'", root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(3);
        (await app.GetAsync("/api/logs?filter=nope=1", root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var stats = (await app.GetAsync("/api/logs/stats?filter=level=0", root)).Body;
        stats.EnumerateArray().Sum(hour => hour.GetProperty("total").GetInt32()).ShouldBe(3);
        stats[0].GetProperty("date").GetString()!.ShouldEndWith(":00:00.000Z");
        var minutes = (await app.GetAsync("/api/logs/stats?filter=level=0&step=minute", root)).Body;
        minutes.EnumerateArray().Sum(minute => minute.GetProperty("total").GetInt32()).ShouldBe(3);
        minutes[0].GetProperty("date").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\d \d\d:\d\d:00\.000Z$");
        var wrong = await app.GetAsync("/api/logs/stats?filter=(((", root);
        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Message.ShouldBe("Invalid filter format.");

        (await app.SendAsync("DELETE", "/api/logs", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await app.GetAsync("/api/logs", root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("GET", "/api/logs")]
    [InlineData("GET", "/api/logs/stats")]
    [InlineData("GET", "/api/logs/x")]
    [InlineData("DELETE", "/api/logs")]
    [InlineData("POST", "/api/logs/journey-token")]
    public async Task Only_superusers_see_them(string method, string path)
    {
        (await app.SendAsync(method, path)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var user = await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        (await app.SendAsync(method, path, token: app.TokenOf(user))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Settings_decide_what_is_kept()
    {
        await app.SendAsync("PATCH", "/api/settings", new { logs = new { minLevel = 8, logIP = false, logAuthId = true } }, root);
        await app.SendAsync("DELETE", "/api/logs", token: root);
        await app.GetAsync("/api/health", root);
        await app.SendAsync("POST", "/api/settings", token: root);
        var items = (await app.GetAsync("/api/logs", root)).Body.GetProperty("items");
        items.GetArrayLength().ShouldBe(1);
        items[0].GetProperty("data").TryGetProperty("userIP", out _).ShouldBeFalse();
        items[0].GetProperty("data").GetProperty("auth").GetString().ShouldBe("_superusers");
        items[0].GetProperty("data").GetProperty("authId").GetString()!.Length.ShouldBe(15);

        await app.SendAsync("PATCH", "/api/settings", new { logs = new { maxDays = 0 } }, root);
        await app.SendAsync("POST", "/api/settings", token: root);
        (await app.GetAsync("/api/logs", root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_stop_writes_what_is_queued()
    {
        for (var i = 0; i < 250; i++) await app.GetAsync("/api/health");
        await app.StopAsync();
        await using var again = await TestApp.StartAsync(folder: app.Folder);
        (await again.GetAsync("/api/logs?filter=message='GET /api/health'", root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(250);
        File.Exists(Path.Combine(app.Folder, "data", "logs.db")).ShouldBe(!TestEngine.IsPostgres);
    }
}
