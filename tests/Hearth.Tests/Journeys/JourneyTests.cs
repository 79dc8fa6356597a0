using System.Net;
using System.Text.Json;
using Hearth.Records;
using Hearth.Resources.Settings;
using Hearth.Resources.Tokens;
using Hearth.Tests.Nodes;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Journeys;

/// <summary>The steps of a request, as its log entry tells them.</summary>
public sealed class JourneyTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Collections = """
        {"collections":[
          {"name":"airports","type":"base","listRule":"open = true","viewRule":"","createRule":"@request.auth.id != ''","updateRule":"open = true","deleteRule":null,
           "fields":[{"name":"name","type":"text"},{"name":"open","type":"bool"}]}]}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestApp app = null!;
    private string root = "";
    private string user = "";

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync(async made =>
            (await made.SendAsync("PUT", "/api/collections/import", JsonElement.Parse(Collections), await made.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.NoContent));
        root = await app.SuperuserTokenAsync();
        user = app.TokenOf(await app.CreateAsync("users", new { name = "Ana", email = "ana@example.com", password = "12345678" }));
        for (var i = 0; i < 3; i++) await app.CreateAsync("airports", new { id = $"airport0000000{i}", name = $"Airport {i}", open = i > 0 });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_list_under_a_rule_tells_rule_filter_statement_and_rows()
    {
        var (entry, journey) = await JourneyAsync("GET", "/api/collections/airports/records?filter=name%3E%27secret%20value%27&skipTotal=1", asked: user);
        entry.GetProperty("auth").GetString().ShouldBe("users");
        journey.GetProperty("why").GetString().ShouldBe("asked");
        journey.GetProperty("engine").GetString().ShouldBe(TestEngine.IsPostgres ? "postgres" : "sqlite");
        journey.TryGetProperty("node", out _).ShouldBe(TestEngine.IsPostgres);
        Steps(journey).ShouldBe(["caller", "rule", "database", "answer"]);
        var caller = journey.GetProperty("steps")[0];
        caller.GetProperty("who").GetString().ShouldBe("record");
        caller.GetProperty("collection").GetString().ShouldBe("users");
        caller.GetProperty("name").GetString().ShouldBe("Ana");
        var rule = journey.GetProperty("steps")[1];
        rule.GetProperty("action").GetString().ShouldBe("list");
        rule.GetProperty("rule").GetString().ShouldBe("open = true");
        rule.GetProperty("outcome").GetString().ShouldBe("filtered");
        var statement = journey.GetProperty("steps")[2];
        statement.GetProperty("kind").GetString().ShouldBe("read");
        statement.GetProperty("sql").GetString()!.ShouldContain("airports");
        statement.GetProperty("sql").GetString()!.ShouldNotContain("secret value");
        statement.GetProperty("rows").GetInt32().ShouldBe(0);
        var answer = journey.GetProperty("steps")[3];
        answer.GetProperty("status").GetInt32().ShouldBe(200);
        answer.GetProperty("bytes").GetInt32().ShouldBeGreaterThan(10);
        var last = 0.0;
        foreach (var step in journey.GetProperty("steps").EnumerateArray())
        {
            var (at, took) = (step.GetProperty("at").GetDouble(), step.GetProperty("took").GetDouble());
            at.ShouldBeGreaterThanOrEqualTo(last);
            (at + took).ShouldBeLessThanOrEqualTo(journey.GetProperty("total").GetDouble() + 0.002);
            last = at;
        }
    }

    [Fact]
    public async Task Who_asks_decides_what_the_rule_says()
    {
        Outcome(await JourneyAsync("GET", "/api/collections/airports/records")).ShouldBe("bypassed");
        Outcome(await JourneyAsync("GET", "/api/collections/airports/records", asked: "")).ShouldBe("filtered");
        Outcome(await JourneyAsync("GET", "/api/collections/airports/records/airport00000000", asked: "")).ShouldBe("open");
        Outcome(await JourneyAsync("DELETE", "/api/collections/airports/records/airport00000000", asked: user)).ShouldBe("refused");
        Outcome(await JourneyAsync("POST", "/api/collections/airports/records", new { name = "No" }, asked: "")).ShouldBe("refused");
        Outcome(await JourneyAsync("PATCH", "/api/collections/airports/records/airport00000000", new { name = "No" }, asked: user)).ShouldBe("refused");
        Outcome(await JourneyAsync("PATCH", "/api/collections/airports/records/airport00000001", new { name = "Yes" }, asked: user)).ShouldBe("filtered");
    }

    [Fact]
    public async Task Writes_tell_what_was_changed_and_how_long_the_commit_took()
    {
        var (_, created) = await JourneyAsync("POST", "/api/collections/airports/records", new { name = "New", open = true });
        var written = created.GetProperty("steps").EnumerateArray().Single(IsWrite);
        written.GetProperty("sql").GetString()!.ShouldStartWith("INSERT");
        written.GetProperty("sql").GetString()!.ShouldNotContain("New");
        written.GetProperty("changed").GetInt32().ShouldBe(1);
        written.GetProperty("commit").GetDouble().ShouldBeGreaterThanOrEqualTo(0);

        var (_, changed) = await JourneyAsync("PATCH", "/api/collections/airports/records/airport00000001", new { name = "Other" });
        changed.GetProperty("steps").EnumerateArray().Single(IsWrite).GetProperty("changed").GetInt32().ShouldBe(1);

        var (entry, removed) = await JourneyAsync("DELETE", "/api/collections/airports/records/airport00000002");
        removed.GetProperty("steps").EnumerateArray().First(IsWrite).GetProperty("sql").GetString()!.ShouldStartWith("DELETE");
        entry.GetProperty("status").GetInt32().ShouldBe(204);
    }

    [Fact]
    public async Task An_answer_that_was_known_says_so()
    {
        for (var i = 0; i < 2; i++) await app.GetAsync("/api/collections/airports/records/airport00000001");
        var (_, journey) = await JourneyAsync("GET", "/api/collections/airports/records/airport00000001", asked: "");
        Steps(journey).Contains("database").ShouldBe(TestEngine.IsPostgres);
        journey.GetProperty("steps").EnumerateArray().Last().TryGetProperty("kept", out _).ShouldBe(!TestEngine.IsPostgres);
    }

    [Fact]
    public async Task Limits_body_hooks_and_live_news_are_steps()
    {
        await app.App.Settings.ChangeAsync(settings => settings with { RateLimits = new RateLimitSettings { Enabled = true, Rules = [new RateLimitRule { Label = "*:create", Duration = 60, MaxRequests = 100 }] } }, default);
        app.App.Records.Events.Creating.Add((WriteEvent _) => { }, "airports");
        app.App.Records.Events.Created.Add((RecordEvent _) => { }, "airports");
        await app.App.Engine.NoteRowsAsync(default);
        var (_, journey) = await JourneyAsync("POST", "/api/collections/airports/records", new { name = "Hooked" }, asked: user);
        var steps = Steps(journey);
        steps[..3].ShouldBe(["caller", "limits", "rule"]);
        steps.Count(step => step == "hooks").ShouldBe(2);
        var limits = Step(journey, "limits");
        (limits.GetProperty("rule").GetString(), limits.GetProperty("max").GetInt32(), limits.GetProperty("used").GetInt32()).ShouldBe(("*:create", 100, 1));
        Step(journey, "body").GetProperty("kind").GetString().ShouldBe("json");
        Step(journey, "hooks").GetProperty("names")[0].GetString().ShouldBe("creating");
        Step(journey, "live").GetProperty("told").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Files_are_steps_when_they_are_written_read_and_removed()
    {
        await app.SendAsync("PUT", "/api/collections/import", JsonElement.Parse("""{"collections":[{"name":"papers","type":"base","viewRule":"","fields":[{"name":"doc","type":"file","maxSelect":1}]}]}"""), root);
        using var form = new MultipartFormDataContent { { new ByteArrayContent("hello"u8.ToArray()), "doc", "hello.txt" } };
        var (_, written) = await JourneyAsync("POST", "/api/collections/papers/records", form);
        Step(written, "body").GetProperty("kind").GetString().ShouldBe("multipart");
        (Step(written, "files").GetProperty("action").GetString(), Step(written, "files").GetProperty("bytes").GetInt32()).ShouldBe(("write", 5));
        var record = (await app.GetAsync("/api/collections/papers/records", root)).Body.GetProperty("items")[0];
        var (id, name) = (record.GetProperty("id").GetString(), record.GetProperty("doc").GetString());
        var (_, read) = await JourneyAsync("GET", $"/api/files/papers/{id}/{name}", asked: "");
        Steps(read).ShouldBe(["caller", "database", "files", "answer"]);
        Step(read, "files").GetProperty("name").GetString().ShouldBe(name);
        var (_, removed) = await JourneyAsync("DELETE", $"/api/collections/papers/records/{id}");
        Step(removed, "files").GetProperty("action").GetString().ShouldBe("remove");
    }

    [Fact]
    public async Task A_sign_in_tells_its_steps_and_no_secret()
    {
        var (entry, journey) = await JourneyAsync("POST", "/api/collections/users/auth-with-password", new { identity = "ana@example.com", password = "12345678" }, asked: "");
        Steps(journey).ShouldContain("password");
        Steps(journey).Count(step => step == "database").ShouldBeGreaterThan(2);
        journey.GetRawText().ShouldNotContain("12345678");
        journey.GetRawText().ShouldNotContain("ana@example.com");
        entry.GetProperty("status").GetInt32().ShouldBe(200);
        var (_, asking) = await JourneyAsync("POST", "/api/collections/users/request-password-reset", new { email = "ana@example.com" }, asked: "");
        Step(asking, "mail").GetProperty("count").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_fails_inside_the_server_is_kept()
    {
        await app.SendAsync("PATCH", "/api/settings", new { journeys = new { slowMs = 60_000, sample = 0 } }, root);
        shared.Leave(); // with the hook
        app.App.Records.Events.Listing.Add((ReadEvent _) => throw new InvalidOperationException("broken"), "airports");
        (await app.GetAsync("/api/collections/airports/records?page=77")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await LastAsync("page=77")).GetProperty("journey").GetProperty("why").GetString().ShouldBe("failed");
    }

    [Fact]
    public async Task Who_keeps_the_facts_of_a_request_notes_nothing_in_another()
    {
        Hearth.Planning.RequestFacts? held = null;
        shared.Leave(); // with the hook
        app.App.Records.Events.Listing.Add((ReadEvent e) => { held ??= e.Facts; }, "airports");
        await app.SendAsync("PATCH", "/api/settings", new { journeys = new { slowMs = 60_000, sample = 0 } }, root);
        await app.GetAsync("/api/collections/airports/records");
        await NodeGroup.UntilAsync(() => held!.Journey is null, Patience);
    }

    [Fact]
    public async Task Who_keeps_the_facts_of_a_kept_request_notes_nothing_behind_its_end()
    {
        Hearth.Planning.RequestFacts? held = null;
        shared.Leave(); // with the hook
        app.App.Records.Events.Listing.Add((ReadEvent e) => { held ??= e.Facts; }, "airports");
        await JourneyAsync("GET", "/api/collections/airports/records");
        held!.Journey.ShouldBeNull();
    }

    [Fact]
    public async Task A_long_rule_is_cut_between_characters()
    {
        var rule = $"name = '{new string('a', 7991)}\U0001F525{new string('a', 100)}'"; // the 8000th unit is the first half of the flame
        await app.SendAsync("PATCH", "/api/collections/airports", new { listRule = rule }, root);
        var (_, journey) = await JourneyAsync("GET", "/api/collections/airports/records", asked: user);
        var told = journey.GetProperty("steps")[1].GetProperty("rule").GetString()!;
        told.ShouldEndWith("a…");
        told.ShouldNotContain('\uFFFD');
    }

    [Fact]
    public async Task Slow_and_sampled_requests_are_kept_by_the_settings()
    {
        (await app.SendAsync("PATCH", "/api/settings", new { journeys = new { slowMs = 60_000, sample = 0 } }, root)).Status.ShouldBe(HttpStatusCode.OK);
        await app.GetAsync("/api/collections/airports/records?page=91");
        (await LastAsync("page=91")).TryGetProperty("journey", out _).ShouldBeFalse();

        await app.SendAsync("PATCH", "/api/settings", new { journeys = new { sample = 1 } }, root);
        await app.GetAsync("/api/collections/airports/records?page=92", user);
        var sampled = (await LastAsync("page=92")).GetProperty("journey");
        sampled.GetProperty("why").GetString().ShouldBe("sampled");
        // Whoever it was is written only when the settings allow it.
        sampled.GetProperty("steps")[0].TryGetProperty("id", out _).ShouldBeFalse();
        sampled.GetProperty("steps")[0].TryGetProperty("name", out _).ShouldBeFalse();

        await app.SendAsync("PATCH", "/api/settings", new { logs = new { logAuthId = true }, journeys = new { slowMs = 0 } }, root);
        await app.GetAsync("/api/collections/airports/records?page=93", user);
        var slow = (await LastAsync("page=93")).GetProperty("journey");
        slow.GetProperty("why").GetString().ShouldBe("slow");
        slow.GetProperty("steps")[0].GetProperty("name").GetString().ShouldBe("Ana");

        await app.SendAsync("PATCH", "/api/settings", new { journeys = new { enabled = false } }, root);
        await app.GetAsync("/api/collections/airports/records?page=94", user);
        (await LastAsync("page=94")).TryGetProperty("journey", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_busy_server_keeps_some_of_them_only()
    {
        // All of them in one second, however long the machine takes for them.
        await using var busy = await TestApp.StartAsync(options => options.Clock = new StoppedWatch());
        var token = await busy.SuperuserTokenAsync();
        await busy.SendAsync("PATCH", "/api/settings", new { journeys = new { slowMs = 0 } }, token);
        for (var i = 0; i < 400; i++) await busy.GetAsync("/api/health");
        var entries = (await busy.GetAsync("/api/logs?perPage=500&filter=message='GET /api/health'", token)).Body.GetProperty("items").EnumerateArray().ToList();
        entries.Count.ShouldBe(400);
        entries.Count(entry => entry.GetProperty("data").TryGetProperty("journey", out _)).ShouldBeInRange(1, 50);
    }

    [Theory]
    [InlineData("{\"slowMs\":-1}", "slowMs")]
    [InlineData("{\"sample\":-0.1}", "sample")]
    [InlineData("{\"sample\":1.5}", "sample")]
    public async Task Settings_that_make_no_sense_are_refused(string journeys, string field)
    {
        var answer = await app.SendAsync("PATCH", "/api/settings", new { journeys = JsonElement.Parse(journeys) }, root);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Body.GetProperty("data").GetProperty("journeys").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_but_superusers_can_ask_for_a_journey()
    {
        foreach (var (token, asks) in new[] { ((string?)null, "1"), (user, "1"), (user, user), (null, "nonsense"), (root, "nonsense"), (null, root) })
        {
            var answer = await app.SendAsync("GET", "/api/health", token: token, headers: [("X-Hearth-Journey", asks)]);
            answer.Status.ShouldBe(HttpStatusCode.OK);
            answer.Headers.Contains("X-Hearth-Journey").ShouldBeFalse();
        }
        await app.App.Settings.ChangeAsync(settings => settings with { SuperuserIPs = ["192.0.2.1"] }, default);
        (await app.SendAsync("GET", "/api/health", headers: [("X-Hearth-Journey", await IssueAsync(TokenKind.Journey))])).Headers.Contains("X-Hearth-Journey").ShouldBeFalse();
    }

    [Fact]
    public async Task What_asks_for_a_journey_opens_nothing_and_ends_soon()
    {
        var proof = await ProofAsync();
        (await AskAsync(proof)).ShouldBeTrue();
        (await app.GetAsync("/api/logs", proof)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.SendAsync("POST", "/api/logs/journey-token", token: proof)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.SendAsync("GET", "/api/backups/none.zip?token=" + proof)).Status.ShouldBe(HttpStatusCode.Forbidden);
        app.App.Tokens.TryRead(proof, out var claims).ShouldBeTrue();
        (claims!.Expires - DateTimeOffset.UtcNow).TotalSeconds.ShouldBeLessThanOrEqualTo(60);
        foreach (var kind in new[] { TokenKind.Auth, TokenKind.File }) (await AskAsync(await IssueAsync(kind))).ShouldBeFalse();
        (await AskAsync(await IssueAsync(TokenKind.Journey, TimeSpan.FromSeconds(-1)))).ShouldBeFalse();

        async Task<bool> AskAsync(string asks) => (await app.SendAsync("GET", "/api/health", headers: [("X-Hearth-Journey", asks)])).Headers.Contains("X-Hearth-Journey");
    }

    [Fact]
    public async Task Many_statements_are_counted_after_the_first_twenty()
    {
        await app.App.Settings.ChangeAsync(settings => settings with { Batch = new BatchSettings { Enabled = true } }, default);
        var requests = Enumerable.Range(0, 30).Select(i => new { method = "POST", url = "/api/collections/airports/records", body = new { name = $"Many {i}" } });
        var (_, journey) = await JourneyAsync("POST", "/api/batch", new { requests });
        var statements = journey.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("step").GetString() == "database").ToList();
        statements.Count.ShouldBe(21);
        statements.Single(step => step.TryGetProperty("more", out _)).GetProperty("more").GetInt32().ShouldBeGreaterThanOrEqualTo(10);
    }

    /// <summary>The clock of the machine; what measures time stands still.</summary>
    private sealed class StoppedWatch : TimeProvider
    {
        private readonly long at = System.GetTimestamp();

        public override long GetTimestamp() => at;
    }

    private static bool IsWrite(JsonElement step) => step.TryGetProperty("kind", out var kind) && kind.GetString() == "write";

    private static string[] Steps(JsonElement journey) => [.. journey.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString()!)];

    private static JsonElement Step(JsonElement journey, string name) => journey.GetProperty("steps").EnumerateArray().First(step => step.GetProperty("step").GetString() == name);

    private static string? Outcome((JsonElement Entry, JsonElement Journey) got) =>
        got.Journey.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("step").GetString() == "rule").GetProperty("outcome").GetString();

    private async Task<string> ProofAsync() => (await app.SendAsync("POST", "/api/logs/journey-token", token: root)).Body.GetProperty("token").GetString()!;

    private async Task<string> IssueAsync(TokenKind kind, TimeSpan? lifetime = null)
    {
        var superuser = (await app.App.Records.FindByAsync(app.App.Schema.Find("_superusers")!, "email", TestApp.SuperuserEmail))!;
        return app.App.Tokens.Issue(superuser.Collection, kind, superuser.Id, superuser.GetText("tokenKey"), lifetime);
    }

    /// <summary>Makes a request and reads its journey: as the superuser, or as somebody else (nobody: empty) while the superuser asks.</summary>
    private async Task<(JsonElement Entry, JsonElement Journey)> JourneyAsync(string method, string path, object? body = null, string? asked = null)
    {
        var answer = await app.SendAsync(method, path, body, asked is null ? root : asked.Length > 0 ? asked : null, ("X-Hearth-Journey", asked is null ? "1" : await ProofAsync()));
        var id = answer.Headers.GetValues("X-Hearth-Journey").Single();
        for (var tries = 0; ; tries++)
        {
            var entry = await app.GetAsync("/api/logs/" + id, root);
            if (entry.Status == HttpStatusCode.OK) return (entry.Body.GetProperty("data"), entry.Body.GetProperty("data").GetProperty("journey"));
            // The entry is made after the answer has been sent.
            tries.ShouldBeLessThan(1500);
            await Task.Delay(20);
        }
    }

    private async Task<JsonElement> LastAsync(string part)
    {
        for (var tries = 0; ; tries++)
        {
            var page = (await app.GetAsync($"/api/logs?filter=data.url~'{part}'", root)).Body.GetProperty("items");
            if (page.GetArrayLength() > 0) return page[0].GetProperty("data");
            tries.ShouldBeLessThan(1500);
            await Task.Delay(20);
        }
    }
}
