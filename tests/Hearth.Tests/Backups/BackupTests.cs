using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Hearth.Resources.Tokens;
using Hearth.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Backups;

public sealed class BackupTests : IAsyncLifetime
{
    private TestApp app = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync();
        root = await app.SuperuserTokenAsync();
        await MakePostsAsync();
        for (var i = 0; i < 50; i++) await app.CreateAsync("posts", new { title = $"old {i}", count = i });
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Taken_listed_handed_out_and_removed()
    {
        (await CreateAsync("first.zip")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await CreateAsync("")).Status.ShouldBe(HttpStatusCode.NoContent);
        var listed = (await app.GetAsync("/api/backups", root)).Body.EnumerateArray().ToList();
        listed.Count.ShouldBe(2);
        listed.ShouldAllBe(backup => backup.GetProperty("size").GetInt64() > 0 && backup.GetProperty("modified").GetString()!.EndsWith('Z'));
        listed.Select(backup => backup.GetProperty("key").GetString()).ShouldContain("first.zip");
        listed.Select(backup => backup.GetProperty("key").GetString()).ShouldContain(key => key!.StartsWith("pb_backup_acme_20") && key.EndsWith(".zip"));

        var token = await FileTokenAsync();
        using var response = await app.Client.GetAsync("/api/backups/first.zip?token=" + token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        response.Content.Headers.ContentDisposition!.ToString().ShouldBe("attachment; filename=\"first.zip\"");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        bytes.Length.ShouldBe((int)listed.First(backup => backup.GetProperty("key").GetString() == "first.zip").GetProperty("size").GetInt64());
        new ZipArchive(new MemoryStream(bytes)).Entries.Select(entry => entry.FullName).ShouldBe(["data.db", "hearth.json"]);

        using var part = new HttpRequestMessage(HttpMethod.Get, "/api/backups/first.zip?token=" + token);
        part.Headers.Range = new RangeHeaderValue(10, 19);
        using var ten = await app.Client.SendAsync(part);
        ten.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await ten.Content.ReadAsByteArrayAsync()).ShouldBe(bytes[10..20]);

        (await app.SendAsync("DELETE", "/api/backups/first.zip", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await app.SendAsync("DELETE", "/api/backups/first.zip", token: root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.GetAsync("/api/backups/first.zip?token=" + token)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_backup_needs_a_file_token_of_a_superuser()
    {
        await CreateAsync("guarded.zip");
        (await app.GetAsync("/api/backups/guarded.zip")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.GetAsync("/api/backups/guarded.zip", root)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.GetAsync("/api/backups/guarded.zip?token=" + root)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var user = await app.CreateAsync("users", new { email = "a@example.com", password = "correct horse 1" });
        var own = app.App.Tokens.Issue(user.Collection, TokenKind.File, user.Id, user.GetText("tokenKey"), null);
        (await app.GetAsync("/api/backups/guarded.zip?token=" + own)).Status.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var (method, path) in new[] { ("GET", "/api/backups"), ("POST", "/api/backups"), ("POST", "/api/backups/upload"), ("DELETE", "/api/backups/guarded.zip"), ("POST", "/api/backups/guarded.zip/restore") })
        {
            (await app.SendAsync(method, path)).Status.ShouldBe(HttpStatusCode.Unauthorized);
            (await app.SendAsync(method, path, token: app.TokenOf(user))).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Theory]
    [InlineData("Upper.zip", "validation_match_invalid")]
    [InlineData("../up.zip", "validation_match_invalid")]
    [InlineData("a b.zip", "validation_match_invalid")]
    [InlineData("plain", "validation_match_invalid")]
    [InlineData("@auto_x.zip", "validation_match_invalid")]
    [InlineData("a.zip\n", "validation_match_invalid")]
    public async Task Names_that_cannot_be(string name, string code) => FieldCode(await CreateAsync(name), "name").ShouldBe(code);

    [Fact]
    public async Task Names_that_are_too_long_or_taken()
    {
        FieldCode(await CreateAsync(new string('a', 147) + ".zip"), "name").ShouldBe("validation_length_out_of_range");
        await CreateAsync("taken.zip");
        FieldCode(await CreateAsync("taken.zip"), "name").ShouldBe("validation_backup_name_exists");
    }

    [Fact]
    public async Task Everything_is_as_it_was_after_a_restore_and_the_app_goes_on()
    {
        await app.SendAsync("PATCH", "/api/settings", new { meta = new { appName = "Before" } }, root);
        var file = Path.Combine(app.Folder, "data", "storage", "pbc_1", "record1", "photo.png");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "picture");
        await File.WriteAllTextAsync(file + ".attrs", "{}");
        var before = (await app.GetAsync("/api/collections/posts/records?perPage=500", root)).Text;
        (await CreateAsync("whole.zip")).Status.ShouldBe(HttpStatusCode.NoContent);

        await app.SendAsync("PATCH", "/api/settings", new { meta = new { appName = "After" } }, root);
        await app.SendAsync("DELETE", "/api/collections/posts", token: root);
        await app.SendAsync("POST", "/api/collections", new { name = "later", type = "base", fields = new[] { new { name = "a", type = "text" } } }, root);
        await app.CreateAsync("later", new { a = "x" });
        File.Delete(file);

        var restored = await app.SendAsync("POST", "/api/backups/whole.zip/restore", token: root);
        restored.Status.ShouldBe(HttpStatusCode.NoContent, restored.Text);

        (await app.GetAsync("/api/collections/posts/records?perPage=500", root)).Text.ShouldBe(before);
        (await app.GetAsync("/api/collections/later/records", root)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await app.GetAsync("/api/settings", root)).Body.GetProperty("meta").GetProperty("appName").GetString().ShouldBe("Before");
        (await File.ReadAllTextAsync(file)).ShouldBe("picture");
        (await app.SendAsync("POST", "/api/collections/posts/records", new { title = "new" }, root)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("POST", "/api/collections/_superusers/auth-with-password", new { identity = TestApp.SuperuserEmail, password = TestApp.SuperuserPassword })).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/audit?filter=" + Uri.EscapeDataString("action='backup.restored'"), root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(1);
        Directory.EnumerateDirectories(Path.Combine(app.Folder, "data", ".hearth_work")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_listens_while_a_backup_is_restored_has_to_load_anew()
    {
        (await CreateAsync("earlier.zip")).Status.ShouldBe(HttpStatusCode.NoContent);
        string[] topics = ["posts/*"];
        await using var listener = await Listener.OpenAsync(app);
        (await listener.SubscribeAsync(topics, root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await app.CreateAsync("posts", new { title = "heard" });
        var position = (await listener.NextAsync()).Data.GetProperty("position").GetString();

        (await app.SendAsync("POST", "/api/backups/earlier.zip/restore", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await listener.RestAsync().WaitAsync(TimeSpan.FromSeconds(20));

        await using var back = await Listener.OpenAsync(app);
        (await back.SendAsync(new { clientId = back.Id, subscriptions = topics, position }, root)).Status.ShouldBe(HttpStatusCode.NoContent);
        var (name, data) = await back.NextAsync();
        name.ShouldBe("@resume");
        data.GetProperty("resumed").GetBoolean().ShouldBeFalse();
        await app.CreateAsync("posts", new { title = "goes on" });
        (await back.NextAsync()).Data.GetProperty("record").GetProperty("title").GetString().ShouldBe("goes on");
    }

    [Fact]
    public async Task Taken_while_writing_goes_on_it_is_one_moment()
    {
        using var done = new CancellationTokenSource();
        var count = 0;
        // Two records go together in one transaction; a backup that has one of them only is none of one moment.
        await app.App.Settings.ChangeAsync(settings => settings with { Batch = settings.Batch with { Enabled = true } }, default);
        var writing = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var requests = Enumerable.Range(0, 2).Select(_ => new { method = "POST", url = "/api/collections/posts/records", body = new { title = $"pair {count}" } });
                (await app.SendAsync("POST", "/api/batch", new { requests }, root)).Status.ShouldBe(HttpStatusCode.OK);
                count++;
            }
        });
        for (var i = 0; i < 3; i++) (await CreateAsync($"moment{i}.zip")).Status.ShouldBe(HttpStatusCode.NoContent);
        await done.CancelAsync();
        await writing;
        count.ShouldBeGreaterThan(3);
        foreach (var i in new[] { 2, 0 })
        {
            (await app.SendAsync("POST", $"/api/backups/moment{i}.zip/restore", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
            var titles = (await app.GetAsync("/api/collections/posts/records?perPage=1000&fields=title&filter=" + Uri.EscapeDataString("title ~ 'pair'"), root)).Body
                .GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!).ToList();
            titles.CountBy(title => title).ShouldAllBe(pair => pair.Value == 2);
        }
    }

    [Fact]
    public async Task Only_one_at_a_time()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => CreateAsync($"many{i}.zip")));
        all.Count(answer => answer.Status == HttpStatusCode.NoContent).ShouldBeGreaterThanOrEqualTo(1);
        all.Where(answer => answer.Status != HttpStatusCode.NoContent).ShouldAllBe(answer => answer.Status == HttpStatusCode.BadRequest);
        (await app.GetAsync("/api/health", root)).Body.GetProperty("data").GetProperty("canBackup").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Brought_from_elsewhere_it_is_a_backup_like_any()
    {
        await CreateAsync("travels.zip");
        var bytes = await app.Client.GetByteArrayAsync("/api/backups/travels.zip?token=" + await FileTokenAsync());
        await using var other = await TestApp.StartAsync();
        var there = await other.SuperuserTokenAsync();
        (await UploadAsync(other, there, "Brought.2.zip", bytes)).Status.ShouldBe(HttpStatusCode.NoContent);
        FieldCode(await UploadAsync(other, there, "Brought.2.zip", bytes), "file").ShouldBe("validation_backup_name_exists");
        // As browsers and people call them.
        foreach (var name in new[] { "pb_backup (1).zip", "UP X.zip" }) (await UploadAsync(other, there, name, bytes)).Status.ShouldBe(HttpStatusCode.NoContent, name);
        FieldCode(await UploadAsync(other, there, "text.zip", Encoding.UTF8.GetBytes("no zip at all")), "file").ShouldBe("validation_invalid_mime_type");
        FieldCode(await UploadAsync(other, there, "text.txt", bytes), "file").ShouldBe("validation_match_invalid");
        FieldCode(await other.SendAsync("POST", "/api/backups/upload", new MultipartFormDataContent { { new StringContent("x"), "other" } }, there), "file").ShouldBe("validation_required");
        (await other.SendAsync("POST", "/api/backups/Brought.2.zip/restore", token: there)).Status.ShouldBe(HttpStatusCode.NoContent);
        // The superusers of the other app are those of this one now.
        (await other.GetAsync("/api/settings", there)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.GetAsync("/api/collections/posts/records", root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(50);
    }

    private async Task MakePostsAsync()
    {
        var fields = new object[] { new { name = "title", type = "text" }, new { name = "count", type = "number" }, new { name = "data", type = "json" } };
        (await app.SendAsync("POST", "/api/collections", new { name = "posts", type = "base", fields, indexes = new[] { "CREATE INDEX idx_title ON posts (title)" } }, root)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("POST", "/api/collections", new { name = "titles", type = "view", viewQuery = "SELECT id, title FROM posts" }, root)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private Task<Answer> CreateAsync(string name) => app.SendAsync("POST", "/api/backups", new { name }, root);

    private async Task<string> FileTokenAsync()
    {
        var record = await app.App.Records.FindByAsync(app.App.Schema.Find("_superusers")!, "email", TestApp.SuperuserEmail);
        return app.App.Tokens.Issue(record!.Collection, TokenKind.File, record.Id, record.GetText("tokenKey"), null);
    }

    internal static Task<Answer> UploadAsync(TestApp app, string token, string name, byte[] bytes) =>
        app.SendAsync("POST", "/api/backups/upload", new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } }, token);

    private static string? FieldCode(Answer answer, string field)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        return answer.Body.GetProperty("data").GetProperty(field).GetProperty("code").GetString();
    }
}
