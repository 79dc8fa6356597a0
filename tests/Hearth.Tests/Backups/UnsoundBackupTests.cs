using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Backups;

/// <summary>Archives that are broken, foreign or made to do harm: each is refused with a reason, and the app is as it was.</summary>
public sealed class UnsoundBackupTests : IAsyncLifetime
{
    private TestApp app = null!;
    private string root = "";
    private byte[] sound = [];

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync();
        root = await app.SuperuserTokenAsync();
        var fields = new object[] { new { name = "title", type = "text" } };
        (await app.SendAsync("POST", "/api/collections", new { name = "posts", type = "base", fields }, root)).Status.ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 20; i++) await app.CreateAsync("posts", new { title = $"title {i}" });
        Directory.CreateDirectory(Path.Combine(app.Folder, "data", "storage", "c", "r"));
        await File.WriteAllTextAsync(Path.Combine(app.Folder, "data", "storage", "c", "r", "a.txt"), "content of a file");
        (await app.SendAsync("POST", "/api/backups", new { name = "sound.zip" }, root)).Status.ShouldBe(HttpStatusCode.NoContent);
        sound = await File.ReadAllBytesAsync(Path.Combine(app.Folder, "data", "backups", "sound.zip"));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Each_is_refused_and_nothing_changes()
    {
        await RefusedAsync("no data", Changed(zip => zip.GetEntry("data.db")!.Delete()), "no data.db");
        await RefusedAsync("foreign", Changed(zip => zip.GetEntry("hearth.json")!.Delete()), "not made by Hearth");
        await RefusedAsync("empty", Zip(), "no data.db");
        await RefusedAsync("odd words", Changed(zip => Put(zip, "hearth.json", "{\"form\":")), "cannot be read");
        await RefusedAsync("newer", Manifest(json => json["form"] = 99), "newer Hearth");
        await RefusedAsync("slip", Changed(zip => Put(zip, "storage/../../slipped.txt", "x")), "does not belong");
        await RefusedAsync("slip by backslash", Changed(zip => Put(zip, "storage\\..\\slipped.txt", "x")), "does not belong");
        await RefusedAsync("absolute", Changed(zip => Put(zip, "/tmp/slipped.txt", "x")), "does not belong");
        await RefusedAsync("beside", Changed(zip => Put(zip, "hooks/evil.js", "x")), "does not belong");
        await RefusedAsync("twice", Changed(zip => Put(zip, "data.db", "x", keep: true)), "twice");
        await RefusedAsync("other file", Changed(zip => Put(zip, "storage/c/r/a.txt", "content of a filf")), "damaged");
        await RefusedAsync("more files", Changed(zip => Put(zip, "storage/c/r/b.txt", "more")), "more in it");
        await RefusedAsync("no file", Changed(zip => zip.GetEntry("storage/c/r/a.txt")!.Delete()), "missing");
        await RefusedAsync("other data", Changed(zip => Put(zip, "data.db", "SQLite format 3\0 but nothing else")), "damaged");
        await RefusedAsync("bomb", Manifest(json => json["dataLength"] = 100), "damaged");
        await RefusedAsync("fewer records", Manifest(json => json["records"]!["posts"] = 21), "21 records of posts");
        await RefusedAsync("cut off", sound[..(sound.Length / 2)], "damaged");
        File.Exists(Path.Combine(app.Folder, "data", "slipped.txt")).ShouldBeFalse();
        File.Exists("/tmp/slipped.txt").ShouldBeFalse();
    }

    [Fact]
    public async Task A_byte_that_flipped_is_found_wherever_it_is()
    {
        var random = new Random(6);
        var refused = 0;
        for (var i = 0; i < 12; i++)
        {
            var bytes = sound.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var answer = await RestoreAsync($"flipped{i}", bytes);
            // Some bytes of a zip mean nothing, such as those of dates.
            if (answer.Status == HttpStatusCode.BadRequest) refused++;
            else answer.Status.ShouldBe(HttpStatusCode.NoContent, answer.Text);
            (await app.GetAsync("/api/collections/posts/records", root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(20);
        }
        refused.ShouldBeGreaterThan(6);
    }

    [Fact]
    public async Task A_database_that_is_no_database_of_ours_is_refused()
    {
        // Sound as an archive, and says so of itself; what is in it is the question.
        var text = Encoding.UTF8.GetBytes("this is no database");
        var json = $$"""{"form":1,"data":"{{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text))}}","dataLength":{{text.Length}},"filesHash":"{{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([]))}}"}""";
        await RefusedAsync("text", Zip(("data.db", text), ("hearth.json", Encoding.UTF8.GetBytes(json))), "not sound");
    }

    private async Task RefusedAsync(string what, byte[] bytes, string words)
    {
        var answer = await RestoreAsync(what.Replace(' ', '_'), bytes);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, what + answer.Text);
        answer.Message.ShouldContain(words, Case.Insensitive, what);
        (await app.GetAsync("/api/collections/posts/records", root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(20);
        var work = Path.Combine(app.Folder, "data", ".hearth_work");
        Directory.EnumerateFileSystemEntries(work).ShouldBeEmpty(what);
    }

    private async Task<Answer> RestoreAsync(string name, byte[] bytes)
    {
        await File.WriteAllBytesAsync(Path.Combine(app.Folder, "data", "backups", name + ".zip"), bytes);
        return await app.SendAsync("POST", $"/api/backups/{name}.zip/restore", token: root);
    }

    private byte[] Manifest(Action<JsonNode> change) => Changed(zip =>
    {
        using var stream = zip.GetEntry("hearth.json")!.Open();
        var json = JsonNode.Parse(stream)!;
        change(json);
        stream.Dispose();
        Put(zip, "hearth.json", json.ToJsonString());
    });

    private byte[] Changed(Action<ZipArchive> change)
    {
        var memory = new MemoryStream();
        memory.Write(sound);
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true)) change(zip);
        return memory.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }
        return memory.ToArray();
    }

    private static void Put(ZipArchive zip, string name, string content, bool keep = false)
    {
        if (!keep) zip.GetEntry(name)?.Delete();
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }
}
