using System.Net;
using System.Text.Json;
using Amazon.S3.Model;
using Hearth.Resources.Backups;
using Hearth.Resources.Blobs;
using Hearth.Resources.Blobs.S3;
using Hearth.Tests.Files;
using Hearth.Tests.Records;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Attacks;

/// <summary>Getting at files and backups, or at the place where they are, on ways that were not meant.</summary>
public sealed class FileAttackTests(FileWorld world) : IClassFixture<FileWorld>
{
    [Fact]
    public async Task An_id_of_a_batch_leads_into_no_other_folder()
    {
        await SettingsAsync(new { batch = new { enabled = true, maxRequests = 10, timeout = 3 } });
        var doc = await world.AddAsync("docs", ("files", ("a.txt", FileWorld.Text("eins"))));
        var name = FileWorld.List(doc, "files")[0];
        var before = await world.KeysAsync("");
        foreach (var id in new[] { $"{doc.Id()}%2F{name}", $"{doc.Id()}%2Fthumbs_{name}", "a%2Fb%2Fc", "..", "%2E%2E%2Fx", "a%5Cb", "-uploads" })
        {
            var batch = JsonSerializer.Serialize(new { requests = new[] { new { method = "PATCH", url = $"/api/collections/docs/records/{id}", body = new { title = "x" } } } });
            (await world.Server.SendAsync("POST", "/api/batch", FileWorld.Form(("@jsonPayload", batch), ("requests.0.files", ("b.txt", FileWorld.Text("zwei")))))).Status.ShouldBe(HttpStatusCode.BadRequest, id);
        }
        await world.SettledAsync();
        (await world.KeysAsync("")).ShouldBe(before);
        // What others owe is still paid.
        (await world.Server.SendAsync("DELETE", $"/api/collections/docs/records/{doc.Id()}")).Status.ShouldBe(HttpStatusCode.NoContent);
        await world.SettledAsync();
        (await world.KeysAsync($"{FileWorld.Docs}/{doc.Id()}/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_not_write_is_refused_before_any_file_is_taken()
    {
        var made = await world.Server.SendAsync("POST", "/api/collections", new { name = "closed", type = "base", fields = new object[] { new { name = "big", type = "file", maxSize = 1L << 40 } } }, world.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        // A body that is not even read to its end.
        foreach (var (method, path) in new[] { ("POST", "/api/collections/closed/records"), ("PATCH", "/api/collections/closed/records/any") })
        {
            (await world.Server.SendAsync(method, path, new StringContent("{", System.Text.Encoding.UTF8, "application/json"))).Status.ShouldBe(HttpStatusCode.Forbidden, method);
        }
    }

    [Fact]
    public async Task A_file_token_shows_no_more_than_the_key_that_asked_for_it()
    {
        (await world.Server.SendAsync("PATCH", "/api/collections/_superusers", new { apiKeys = new { enabled = true } }, world.Root)).Status.ShouldBe(HttpStatusCode.OK);
        (await world.Server.SendAsync("POST", "/api/backups", new { name = "secret.zip" }, world.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
        var note = await world.AddAsync("notes", ("owner", "x"), ("secret", ("s.txt", FileWorld.Text("hush"))));
        var path = $"notes/{note.Id()}/{FileWorld.List(note, "secret")[0]}?token=";

        var (_, narrow) = await KeyAsync(new { routes = new[] { "POST /api/files/token" } });
        var token = await TokenAsync(narrow);
        (await world.Server.GetAsync("/api/backups/secret.zip?token=" + token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await world.ReadAsync(path + token)).ShouldBe("NotFound");

        var (id, wide) = await KeyAsync(new { routes = new[] { "POST /api/files/token", "GET /api/backups/{key}" }, collections = new { notes = new[] { "view" } } });
        token = await TokenAsync(wide);
        (await world.Server.GetAsync("/api/backups/secret.zip?token=" + token)).Status.ShouldBe(HttpStatusCode.OK);
        (await world.ReadAsync(path + token)).ShouldBe("hush");
        // It ends with its key.
        (await world.Server.SendAsync("DELETE", $"/api/collections/_apiKeys/records/{id}", token: world.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await world.ReadAsync(path + token)).ShouldBe("NotFound");
        (await world.Server.GetAsync("/api/backups/secret.zip?token=" + token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Unfinished_uploads_of_a_record_have_an_end()
    {
        var doc = await world.AddAsync("docs", ("title", "u"));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 30; i++) statuses.Add(await BeginAsync(doc.Id()));
        statuses.Count(status => status == HttpStatusCode.Created).ShouldBeInRange(10, 20);
        statuses[^1].ShouldBe(HttpStatusCode.TooManyRequests);
        (await BeginAsync((await world.AddAsync("docs", ("title", "v"))).Id())).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_is_kept_beside_a_file_becomes_no_header()
    {
        using var folder = new TemporaryFolder();
        var store = new LocalBlobs(folder.Path);
        await store.WriteAsync("c/r/a.txt", new BlobLabel("text/plain"), new MemoryStream([1]), default);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "c", "r", "a.txt.attrs"), """{"user.content_type":"text/html\r\nSet-Cookie: a=b","user.metadata":null}""");
        (await store.FindAsync("c/r/a.txt", default))!.ContentType.ShouldBe(BlobInfo.UnknownType);
    }

    [Fact]
    public void A_name_of_any_length_fits_beside_an_object()
    {
        var metadata = new MetadataCollection();
        S3Label.Write(metadata, new BlobLabel("text/plain", new string('\u00e9', 5000)), null);
        metadata["original-filename"].Length.ShouldBeInRange(1000, 1024);
        S3Label.Read("a", 1, DateTime.UtcNow, null, metadata).OriginalName.ShouldBe(new string('\u00e9', 170));
    }

    [Fact]
    public async Task A_file_of_an_archive_is_no_longer_than_it_says()
    {
        using var hash = new FilesHash(null);
        var to = new MemoryStream();
        await Should.ThrowAsync<InvalidDataException>(() => hash.AddAsync("storage/c/r/a", new MemoryStream(new byte[10_000_000]), to, default, most: 100).AsTask());
        to.Length.ShouldBeLessThan(1_000_000);
    }

    private async Task SettingsAsync(object settings) => (await world.Server.SendAsync("PATCH", "/api/settings", settings, world.Root)).Status.ShouldBe(HttpStatusCode.OK);

    private async Task<HttpStatusCode> BeginAsync(string record)
    {
        string Pair(string name, string value) => $"{name} {Convert.ToBase64String(FileWorld.Text(value))}";
        var metadata = string.Join(',', Pair("collection", "docs"), Pair("record", record), Pair("field", "files+"), Pair("filename", "a.txt"));
        return (await world.Server.SendAsync("POST", "/api/files/uploads", null, null, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "8000000"), ("Upload-Metadata", metadata))).Status;
    }

    private async Task<(string Id, string Key)> KeyAsync(object scope)
    {
        var signedIn = await world.Server.SendAsync("POST", "/api/collections/_superusers/auth-with-password", new { identity = TestApp.SuperuserEmail, password = TestApp.SuperuserPassword });
        var made = await world.Server.SendAsync("POST", "/api/collections/_superusers/api-keys", new { name = "k", scope }, signedIn.Body.Text("token"));
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var rows = (await world.Server.GetAsync("/api/collections/_apiKeys/records?sort=-created", world.Root)).Body.GetProperty("items");
        var key = made.Body.Text("key");
        return (rows.EnumerateArray().First(row => key.StartsWith(row.Text("prefix"), StringComparison.Ordinal)).Id(), key);
    }

    private async Task<string> TokenAsync(string key)
    {
        var answer = await world.Server.SendAsync("POST", "/api/files/token", token: key);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Body.Text("token");
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("hearth-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
