using System.Net;
using System.Text.Json;
using Hearth.Planning;
using Hearth.Resources.Audit;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Audit;

/// <summary>What is noted: who did what to which account, setting, rule or schema, and from where.</summary>
public sealed class AuditTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private TestApp app = null!;
    private string root = "";
    private int begun; // number of the last entry that is not of this test

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync();
        root = await app.SuperuserTokenAsync();
        await app.App.Audit.SealAsync(default);
        begun = (await app.GetAsync("/api/audit?perPage=1&sort=-number", root)).Body.GetProperty("items")[0].GetProperty("number").GetInt32();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Accounts_are_noted_with_names_of_fields_and_never_their_values()
    {
        var made = await app.SendAsync("POST", "/api/collections/users/records",
            new { email = "ann@example.com", password = "marked secret 1", passwordConfirm = "marked secret 1" }, null, ("User-Agent", "test/1\t\u0007x"));
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var id = made.Body.GetProperty("id").GetString()!;
        var created = await EntryAsync("action = 'account.created' && collection = 'users'");
        created.Text("actor").ShouldBe("guest");
        created.Text("record").ShouldBe(id);
        created.Text("ip").ShouldBe("127.0.0.1");
        created.Text("userAgent").ShouldBe("test/1x");
        created.Text("created").ShouldEndWith("Z");

        await app.SendAsync("PATCH", $"/api/collections/users/records/{id}", new { password = "marked secret 2", passwordConfirm = "marked secret 2", name = "Ann" }, root);
        var updated = await EntryAsync("action = 'account.updated' && actor = 'superuser'");
        updated.GetProperty("data").GetProperty("fields").EnumerateArray().Select(name => name.GetString()).ShouldBe(["password", "tokenKey", "name"], ignoreOrder: true);
        updated.Text("actorCollection").ShouldBe("_superusers");
        updated.Text("actorId").Length.ShouldBe(15);

        await app.SendAsync("DELETE", $"/api/collections/users/records/{id}", token: root);
        (await EntryAsync("action = 'account.deleted'")).Text("record").ShouldBe(id);
        string.Concat((await app.EntriesAsync("")).Select(entry => entry.GetRawText())).ShouldNotContain("marked secret");
    }

    [Fact]
    public async Task What_an_account_changes_of_itself_is_noted_when_it_concerns_signing_in()
    {
        var ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "marked secret 1" });
        var path = $"/api/collections/users/records/{ann.Id}";
        (await app.SendAsync("PATCH", path, new { name = "Ann" }, app.TokenOf(ann))).Status.ShouldBe(HttpStatusCode.OK);
        (await EntriesAsync("action = 'account.updated'")).ShouldBeEmpty();
        (await app.SendAsync("PATCH", path, new { emailVisibility = true, name = "A" }, app.TokenOf(ann))).Status.ShouldBe(HttpStatusCode.OK);
        (await EntryAsync("action = 'account.updated'")).Text("actorId").ShouldBe(ann.Id);
    }

    [Theory]
    [InlineData("_passkeys", "credentialId", "publicKey")]
    [InlineData("_recoveryCodes", "hash", "hash")]
    [InlineData("_apiKeys", "hash", "hash")]
    [InlineData("_totps", "secret", "secret")]
    [InlineData("_otps", "password", "password")]
    [InlineData("_mfas", "method", "method")]
    public async Task A_key_that_a_superuser_puts_into_an_account_is_noted_without_it(string table, string field, string changed)
    {
        var ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "marked secret 1" });
        var body = new Dictionary<string, string> { ["collectionRef"] = ann.Collection.Id, ["recordRef"] = ann.Id, [field] = "marked secret 2" };
        var made = await app.SendAsync("POST", $"/api/collections/{table}/records", body, root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var path = $"/api/collections/{table}/records/{made.Body.GetProperty("id").GetString()}";
        (await app.SendAsync("PATCH", path, new Dictionary<string, string> { [changed] = "marked secret 3" }, root)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("DELETE", path, token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        var entries = await EntriesAsync($"collection = '{table}' && actor = 'superuser'");
        entries.Select(entry => entry.Text("action")).ShouldBe(["key.created", "key.updated", "key.deleted"]);
        entries.ShouldAllBe(entry => entry.GetProperty("data").GetProperty("recordRef").GetString() == ann.Id);
        entries[1].GetProperty("data").GetProperty("fields").EnumerateArray().Select(name => name.GetString()).ShouldBe([changed]);
        string.Concat(entries.Select(entry => entry.GetRawText())).ShouldNotContain("marked secret");
    }

    [Fact]
    public async Task A_refused_change_is_not_noted()
    {
        await app.CreateAsync("users", new { email = "ann@example.com", password = "marked secret 1" });
        (await app.SendAsync("POST", "/api/collections/users/records", new { email = "ann@example.com", password = "marked secret 1", passwordConfirm = "marked secret 1" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("PATCH", "/api/settings", new { meta = new { appName = "" } }, root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("POST", "/api/collections", new { name = "users", type = "base" }, root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await EntriesAsync("actor != 'program'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Settings_are_noted_from_what_to_what_but_secrets_not()
    {
        await app.SendAsync("PATCH", "/api/settings", new { meta = new { appName = "Notes" }, smtp = new { password = "marked secret" }, superuserIPs = new[] { "127.0.0.1" } }, root);
        var entry = await EntryAsync("action = 'settings.changed' && actor = 'superuser'");
        var data = entry.GetProperty("data");
        data.GetProperty("meta.appName").GetRawText().ShouldBe("""{"from":"Acme","to":"Notes"}""");
        data.GetProperty("superuserIPs").GetRawText().ShouldBe("""{"from":[],"to":["127.0.0.1"]}""");
        data.GetProperty("smtp.password").GetString().ShouldBe("***");
        data.EnumerateObject().Count().ShouldBe(3);
        // The same once more changes nothing.
        await app.SendAsync("PATCH", "/api/settings", new { meta = new { appName = "Notes" } }, root);
        (await EntriesAsync("action = 'settings.changed' && actor = 'superuser'")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Collections_are_noted_with_their_rules_fields_and_options()
    {
        var fields = new object[] { new { name = "title", type = "text" }, new { name = "old", type = "text" } };
        await app.SendAsync("POST", "/api/collections", new { name = "notes", type = "base", listRule = "", fields }, root);
        var created = await EntryAsync("action = 'collection.created' && collection = 'notes'");
        created.GetProperty("data").GetProperty("rules").GetProperty("listRule").GetRawText().ShouldBe("""{"from":null,"to":""}""");

        await app.SendAsync("PATCH", "/api/collections/notes", new { listRule = "@request.auth.id != ''", fields = new object[] { new { name = "title", type = "text", max = 5 }, new { name = "more", type = "text" } } }, root);
        var data = (await EntryAsync("action = 'collection.updated' && collection = 'notes'")).GetProperty("data");
        var rule = data.GetProperty("rules").EnumerateObject().ShouldHaveSingleItem();
        (rule.Name, rule.Value.Text("from"), rule.Value.Text("to")).ShouldBe(("listRule", "", "@request.auth.id != ''"));
        data.GetProperty("fields").GetRawText().ShouldContain("more");
        data.GetProperty("fields").GetRawText().ShouldContain("old");

        await app.SendAsync("PATCH", "/api/collections/users", new { authToken = new { duration = 1000, secret = "marked-secret-marked-secret-marked-secret" } }, root);
        var users = (await EntryAsync("action = 'collection.updated' && collection = 'users'")).GetProperty("data");
        users.GetRawText().ShouldBe("""{"options":["authToken"]}""");

        await app.SendAsync("DELETE", "/api/collections/notes", token: root);
        (await EntryAsync("action = 'collection.deleted'")).Text("collection").ShouldBe("notes");
    }

    [Fact]
    public async Task Truncation_is_one_entry_and_so_is_a_batch_of_imported_accounts()
    {
        var users = app.App.Schema.Find("users")!;
        var rows = Enumerable.Range(0, 20).Select(i => new Hearth.Records.Submission(new Dictionary<string, JsonElement>
        {
            ["email"] = JsonSerializer.SerializeToElement($"p{i}@example.com"),
            ["password"] = JsonSerializer.SerializeToElement($"a decent one {i}"),
        }));
        await app.App.Records.WriteManyAsync(app.App.Schema, users, [.. rows], facts: RequestFacts.CommandLine with { UserAgent = "ann on desk" });
        var imported = await EntryAsync("action = 'account.imported'");
        imported.GetProperty("data").GetProperty("added").GetInt32().ShouldBe(20);
        imported.Text("actor").ShouldBe("commandLine");
        imported.Text("userAgent").ShouldBe("ann on desk");
        (await EntriesAsync("action = 'account.created' && collection = 'users'")).ShouldBeEmpty();

        await app.SendAsync("DELETE", "/api/collections/users/truncate", token: root);
        (await EntryAsync("action = 'collection.truncated'")).GetProperty("data").GetProperty("records").GetInt32().ShouldBe(20);
        (await EntriesAsync("action = 'account.deleted'")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POST", "/api/audit")]
    [InlineData("PATCH", "/api/audit/ID")]
    [InlineData("DELETE", "/api/audit/ID")]
    [InlineData("DELETE", "/api/audit")]
    [InlineData("GET", "/api/collections/_audit")]
    [InlineData("PATCH", "/api/collections/_audit")]
    [InlineData("DELETE", "/api/collections/_audit")]
    [InlineData("DELETE", "/api/collections/_audit/truncate")]
    [InlineData("GET", "/api/collections/_audit/records")]
    [InlineData("POST", "/api/collections/_audit/records")]
    [InlineData("PATCH", "/api/collections/_audit/records/ID")]
    [InlineData("DELETE", "/api/collections/_audit/records/ID")]
    public async Task Nobody_changes_or_removes_entries(string method, string path)
    {
        var before = await app.EntriesAsync("");
        path = path.Replace("ID", before[0].Text("id"), StringComparison.Ordinal);
        ((int)(await app.SendAsync(method, path, method is "GET" or "DELETE" ? null : new { action = "x" }, root)).Status).ShouldBeOneOf(404, 405);
        (await app.EntriesAsync("")).Select(entry => entry.GetRawText()).ShouldBe(before.Select(entry => entry.GetRawText()));
    }

    [Fact]
    public async Task Neither_does_a_batch_or_an_import_or_a_collection_of_that_name()
    {
        var entry = (await app.EntriesAsync(""))[0];
        await app.SendAsync("PATCH", "/api/settings", new { batch = new { enabled = true } }, root);
        var batch = await app.SendAsync("POST", "/api/batch", new { requests = new[] { new { method = "DELETE", url = $"/api/collections/_audit/records/{entry.Text("id")}" } } }, root);
        batch.Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("POST", "/api/collections", new { name = "_audit", type = "base" }, root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("PUT", "/api/collections/import", new { collections = new[] { new { name = "_AUDIT", type = "base" } } }, root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var view = await app.SendAsync("POST", "/api/collections", new { name = "peek", type = "view", viewQuery = "DELETE FROM _audit" }, root);
        view.Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.VerifyAsync()).GetProperty("valid").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("/api/audit")]
    [InlineData("/api/audit/x")]
    [InlineData("/api/audit/verify")]
    public async Task Only_superusers_see_it(string path)
    {
        (await app.GetAsync(path)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var user = await app.CreateAsync("users", new { email = "ann@example.com", password = "a decent one" });
        (await app.GetAsync(path, app.TokenOf(user))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task One_entry_is_found_by_its_id()
    {
        var entry = (await app.EntriesAsync(""))[0];
        (await app.GetAsync($"/api/audit/{entry.Text("id")}", root)).Body.GetRawText().ShouldBe(entry.GetRawText());
        (await app.GetAsync("/api/audit/nope", root)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await app.GetAsync("/api/audit?filter=nope=1", root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.GetAsync("/api/audit?perPage=2&page=2&sort=-number", root)).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task What_anybody_can_cause_is_counted_and_bounded()
    {
        var guest = new AuditActor("guest", "", "", "203.0.113.1", "");
        for (var i = 0; i < 30; i++) await app.App.Audit.NoteAsync(new AuditEntry("signin.failed", guest) { Collection = "users", Bounded = true }, default);
        for (var i = 0; i < 200; i++) await app.App.Audit.NoteAsync(new AuditEntry("signin.failed", guest with { Client = $"203.0.113.{i + 2}" }) { Collection = "users", Bounded = true }, default);
        await StoredAsync(50);
        await app.App.Audit.NoteBoundedAsync(now: true, default);
        (await EntryAsync("action = 'signin.failed' && data.more > 0")).GetProperty("data").GetProperty("more").GetInt32().ShouldBe(29);
        (await EntryAsync("action = 'audit.counted'")).GetProperty("data").GetProperty("more").GetInt32().ShouldBe(151);
        await app.App.Audit.NoteAsync(new AuditEntry("signin.failed", guest) { Collection = "users", Bounded = true }, default);
        await StoredAsync(52);

        // They are stored a moment later, perhaps by the app at this very moment.
        async Task StoredAsync(int count)
        {
            await app.App.Audit.NoteBoundedAsync(now: false, default);
            for (var tries = 0; tries < 300 && (await EntriesAsync("action = 'signin.failed'")).Length < count; tries++) await Task.Delay(100);
            (await EntriesAsync("action = 'signin.failed'")).Length.ShouldBe(count);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(29)]
    [InlineData(-1)]
    public async Task Nobody_can_have_the_entries_of_today_removed_by_a_setting(int days)
    {
        var answer = await app.SendAsync("PATCH", "/api/settings", new { audit = new { maxDays = days } }, root);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain("maxDays");
        (await app.SendAsync("PATCH", "/api/settings", new { audit = new { maxDays = 30 } }, root)).Body.GetProperty("audit").GetProperty("maxDays").GetInt32().ShouldBe(30);
    }

    private Task<JsonElement[]> EntriesAsync(string filter) => app.EntriesAsync($"number > {begun} && {filter}");

    private async Task<JsonElement> EntryAsync(string filter) => (await EntriesAsync(filter)).ShouldHaveSingleItem();
}
