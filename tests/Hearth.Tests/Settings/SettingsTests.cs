using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Settings;

public sealed class SettingsTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private TestApp app = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync();
        root = await app.SuperuserTokenAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Only_superusers_see_or_change_them()
    {
        var user = await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        foreach (var method in new[] { "GET", "PATCH" })
        {
            (await app.SendAsync(method, "/api/settings")).Status.ShouldBe(HttpStatusCode.Unauthorized);
            var other = await app.SendAsync(method, "/api/settings", token: app.TokenOf(user));
            other.Status.ShouldBe(HttpStatusCode.Forbidden);
            other.Message.ShouldBe("The authorized record is not allowed to perform this action.");
        }
    }

    [Fact]
    public async Task Defaults_are_the_contracts_and_secrets_are_left_out()
    {
        var body = (await app.GetAsync("/api/settings", root)).Body;
        body.GetRawText().ShouldBe(JsonSerializer.Serialize(JsonElement.Parse("""
            {"meta":{"appName":"Acme","appURL":"http://localhost:8090","accentColor":"#1055c9","senderName":"Support","senderAddress":"support@example.com","hideControls":false},
            "logs":{"maxDays":5,"minLevel":0,"maxDataSize":0,"maxTotalSize":1073741824,"logIP":true,"logAuthId":false},"journeys":{"enabled":true,"slowMs":100,"sample":0.1},"audit":{"maxDays":365},"files":{"encrypt":false},"realtime":{"maxStreamsPerIP":1000,"maxMessagesPerSecond":50},
            "smtp":{"enabled":false,"port":587,"host":"smtp.example.com","username":"","authMethod":"","tls":false,"localName":""},
            "s3":{"enabled":false,"bucket":"","region":"","endpoint":"","accessKey":"","forcePathStyle":false},
            "backups":{"cron":"","cronMaxKeep":3,"historyDays":0,"s3":{"enabled":false,"bucket":"","region":"","endpoint":"","accessKey":"","forcePathStyle":false}},
            "batch":{"enabled":false,"maxRequests":50,"timeout":3,"maxBodySize":0},
            "rateLimits":{"rules":[{"label":"*:auth","audience":"","duration":3,"maxRequests":2},{"label":"*:create","audience":"","duration":5,"maxRequests":20},
            {"label":"/api/batch","audience":"","duration":1,"maxRequests":3},{"label":"/api/","audience":"","duration":10,"maxRequests":300}],"excludedIPs":[],"enabled":false},
            "trustedProxy":{"headers":[],"useLeftmostIP":false},"superuserIPs":[]}
            """)));
    }

    [Fact]
    public async Task Changes_at_the_same_time_all_count()
    {
        var patches = new object[]
        {
            new { meta = new { appName = "Atlas" } }, new { batch = new { maxRequests = 7 } }, new { logs = new { maxDays = 9 } },
            new { backups = new { cronMaxKeep = 8 } }, new { smtp = new { port = 26 } }, new { trustedProxy = new { useLeftmostIP = true } },
        };
        foreach (var answer in await Task.WhenAll(patches.Select(patch => app.SendAsync("PATCH", "/api/settings", patch, root)))) answer.Status.ShouldBe(HttpStatusCode.OK);

        var body = (await app.GetAsync("/api/settings", root)).Body;
        body.GetProperty("meta").GetProperty("appName").GetString().ShouldBe("Atlas");
        body.GetProperty("batch").GetProperty("maxRequests").GetInt32().ShouldBe(7);
        body.GetProperty("logs").GetProperty("maxDays").GetInt32().ShouldBe(9);
        body.GetProperty("backups").GetProperty("cronMaxKeep").GetInt32().ShouldBe(8);
        body.GetProperty("smtp").GetProperty("port").GetInt32().ShouldBe(26);
        body.GetProperty("trustedProxy").GetProperty("useLeftmostIP").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_patch_merges_objects_replaces_lists_and_survives_a_restart()
    {
        var patched = await app.SendAsync("PATCH", "/api/settings", new
        {
            META = new { appname = "Atlas" },
            smtp = new { password = "hush" },
            rateLimits = new { rules = new[] { new { label = "/api/x", duration = 1, maxRequests = 1 } } },
            unknown = 1,
        }, root);
        patched.Status.ShouldBe(HttpStatusCode.OK, patched.Text);
        patched.Body.GetProperty("meta").GetProperty("appName").GetString().ShouldBe("Atlas");
        patched.Body.GetProperty("meta").GetProperty("senderName").GetString().ShouldBe("Support");
        patched.Body.GetProperty("rateLimits").GetProperty("rules").GetArrayLength().ShouldBe(1);
        patched.Body.GetProperty("smtp").TryGetProperty("password", out _).ShouldBeFalse();
        app.App.Settings.Current.Smtp.Password.ShouldBe("hush");

        (await app.SendAsync("PATCH", "/api/settings", new { smtp = new { username = "bob" } }, root)).Status.ShouldBe(HttpStatusCode.OK);
        app.App.Settings.Current.Smtp.Password.ShouldBe("hush");
        await app.StopAsync();
        await using var again = await TestApp.StartAsync(folder: app.Folder);
        again.App.Settings.Current.Meta.AppName.ShouldBe("Atlas");
        again.App.Settings.Current.Smtp.ShouldSatisfyAllConditions(s => s.Password.ShouldBe("hush"), s => s.Username.ShouldBe("bob"));
    }

    [Theory]
    [InlineData("""{"meta":{"appName":""}}""", "meta.appName", "validation_required")]
    [InlineData("""{"meta":{"appURL":"nope"}}""", "meta.appURL", "validation_is_url")]
    [InlineData("""{"meta":{"accentColor":"red"}}""", "meta.accentColor", "validation_is_hex_color")]
    [InlineData("""{"meta":{"senderAddress":"a b"}}""", "meta.senderAddress", "validation_is_email")]
    [InlineData("""{"logs":{"maxDays":-1}}""", "logs.maxDays", "validation_min_greater_equal_than_required")]
    [InlineData("""{"smtp":{"enabled":true,"host":""}}""", "smtp.host", "validation_required")]
    [InlineData("""{"smtp":{"authMethod":"X"}}""", "smtp.authMethod", "validation_in_invalid")]
    [InlineData("""{"s3":{"enabled":true}}""", "s3.bucket", "validation_required")]
    [InlineData("""{"backups":{"cron":"a b c d e"}}""", "backups.cron", "validation_invalid_cron")]
    [InlineData("""{"backups":{"s3":{"enabled":true}}}""", "backups.s3.secret", "validation_required")]
    [InlineData("""{"batch":{"enabled":true,"timeout":0}}""", "batch.timeout", "validation_required")]
    [InlineData("""{"superuserIPs":["10.0.0.0/8","x"]}""", "superuserIPs.1", "validation_invlaid_ip_or_subnet")]
    [InlineData("""{"rateLimits":{"rules":[{"label":"a b","duration":1,"maxRequests":1}]}}""", "rateLimits.rules.0.label", "validation_match_invalid")]
    [InlineData("""{"rateLimits":{"rules":[{"label":"*:list","duration":1,"maxRequests":1},{"label":"*:list","audience":"@auth","duration":1,"maxRequests":1}]}}""", "rateLimits.rules.1.label", "validation_conflicting_rate_limit_rule")]
    [InlineData("""{"rateLimits":{"rules":[{"label":"*:list"}]}}""", "rateLimits.rules.0.maxRequests", "validation_required")]
    public async Task What_is_wrong_is_told_at_its_key_and_nothing_changes(string patch, string path, string code)
    {
        var before = app.App.Settings.Current;
        var answer = await app.SendAsync("PATCH", "/api/settings", JsonElement.Parse(patch), root);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Message.ShouldBe("An error occurred while saving the new settings.");
        var entry = answer.Body.GetProperty("data");
        foreach (var name in path.Split('.')) entry = entry.GetProperty(name);
        entry.GetProperty("code").GetString().ShouldBe(code);
        app.App.Settings.Current.ShouldBeSameAs(before);
    }

    [Theory]
    [InlineData("""{"meta":1}""")]
    [InlineData("""{"meta":{"appName":5}}""")]
    [InlineData("""{"batch":{"maxRequests":"many"}}""")]
    [InlineData("""{"superuserIPs":[null]}""")]
    [InlineData("""{"superuserIPs":[1]}""")]
    [InlineData("""{"batch":{"maxRequests":99999999999}}""")]
    [InlineData("""{"rateLimits":{"rules":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}}""")]
    public async Task Wrong_types_are_refused(string patch)
    {
        using var content = new StringContent(patch, System.Text.Encoding.UTF8, "application/json");
        var answer = await app.SendAsync("PATCH", "/api/settings", content, root);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Message.ShouldBe("An error occurred while loading the submitted data.");
    }

    [Fact]
    public async Task Numbers_without_a_limit_do_no_harm_when_they_are_vast()
    {
        var answer = await app.SendAsync("PATCH", "/api/settings", JsonElement.Parse("""
            {"logs":{"maxDays":2147483647},"batch":{"enabled":true,"timeout":9223372036854775807},
            "rateLimits":{"enabled":true,"rules":[{"label":"GET /api/health","duration":9223372036854775807,"maxRequests":2}]}}
            """), root);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        (await app.SendAsync("POST", "/api/batch", JsonElement.Parse("""{"requests":[{"method":"DELETE","url":"/api/collections/users/records/nobody"}]}"""), root))
            .Message.ShouldBe("Batch transaction failed.");
        for (var i = 0; i < 2; i++) (await app.GetAsync("/api/health")).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/health")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        // Old log entries are looked for at the start; what fails there comes out at the end.
        await app.StopAsync();
        var again = await TestApp.StartAsync(folder: app.Folder);
        await again.StopAsync();
        await again.DisposeAsync();
    }
}
