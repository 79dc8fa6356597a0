using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Hearth.Http.Output;
using Hearth.Resources.Blobs;
using Hearth.Tests.Records;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Files;

/// <summary>Files and names that somebody means harm with, and a place for files that cannot be used.</summary>
public sealed class BadFileTests(FileWorld world) : IClassFixture<FileWorld>
{
    [Fact]
    public async Task What_a_browser_could_run_does_not_run()
    {
        var both = (byte[])[.. FileWorld.Png, .. FileWorld.Text("<html><script>alert(1)</script>")];
        var doc = await world.AddAsync("docs", ("files", ("both.html", both)), ("files", ("page.png", FileWorld.Text("<!doctype html><script>alert(1)</script>"))),
            ("files", ("script.js", FileWorld.Text("alert(1)"))), ("files", ("GIF89a.js", FileWorld.Text("GIF89a=1;alert(1)"))));
        var seen = new List<(string? Type, string Disposition)>();
        foreach (var name in FileWorld.List(doc, "files"))
        {
            using var answer = await world.GetFileAsync($"docs/{doc.Id()}/{name}");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("; sandbox");
            seen.Add((answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        }
        seen.ShouldBe([("image/png", "inline"), ("text/html", "attachment"), ("text/javascript", "attachment"), ("text/javascript", "attachment")]);
    }

    [Theory]
    [InlineData("../../../evil.txt")]
    [InlineData("..\\..\\evil.txt")]
    [InlineData("/etc/evil.txt")]
    [InlineData("evil.txt\0.png")]
    [InlineData("evil.attrs")]
    [InlineData(".attrs")]
    [InlineData("CON")]
    [InlineData("evil%2f..%2f.txt")]
    [InlineData("a;b=\"c\".txt")]
    [InlineData("ev\u202Eil.txt")]
    public async Task Names_that_lead_elsewhere_stay_where_they_belong(string name)
    {
        var content = new ByteArrayContent(FileWorld.Text("content"));
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "files", FileNameStar = name };
        using var form = new MultipartFormDataContent { content };
        var answer = await world.Server.SendAsync("POST", "/api/collections/docs/records", form, world.Root);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var stored = FileWorld.List(answer.Body, "files").ShouldHaveSingleItem();
        stored.ShouldMatch("^[a-z0-9_]+[A-Za-z0-9_.*+=#-]*$");
        (await world.ReadAsync($"docs/{answer.Body.Id()}/{stored}")).ShouldBe("content");
        // All that there is of such a name is where records of the collection have their files.
        var place = Path.Combine(world.Server.App.Options.DataDirectory, "storage", FileWorld.Docs);
        Directory.EnumerateFiles(world.Server.Folder, "*evil*", SearchOption.AllDirectories).ShouldAllBe(file => Path.GetDirectoryName(Path.GetDirectoryName(file)) == place);
    }

    [Fact]
    public async Task Very_many_files_are_refused_and_leave_nothing()
    {
        var before = await world.KeysAsync($"{FileWorld.Docs}/");
        (await world.PostAsync("docs", [.. Enumerable.Range(0, 2000).Select(i => ("files", (object)($"{i}.txt", FileWorld.Text("x"))))])).Code("files").ShouldBe("validation_too_many_files");
        var body = new StringBuilder();
        for (var i = 0; i < 17_000; i++) body.Append("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\nx\r\n");
        var content = new StringContent(body.Append("--b--\r\n").ToString());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        (await world.Server.SendAsync("POST", "/api/collections/docs/records", content, world.Root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        await world.SettledAsync();
        (await world.KeysAsync($"{FileWorld.Docs}/")).ShouldBe(before);
    }

    [Theory]
    [InlineData("a.txt", "attachment; filename=\"a.txt\"")]
    [InlineData("a b.txt", "attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt")]
    [InlineData("ä\r\nX: y\".txt", "attachment; filename=\"___X: y_.txt\"; filename*=UTF-8''%C3%A4%0D%0AX%3A%20y%22.txt")]
    public void Names_from_elsewhere_break_no_header(string name, string expected) =>
        new SentBlob(new BlobInfo("k", 1, DateTimeOffset.UnixEpoch), name, "text/html").Disposition(download: false).ShouldBe(expected);

    [Fact]
    public async Task A_place_that_cannot_be_used_is_told_and_no_record_is_made()
    {
        await using var server = await FileWorld.StartAsync();
        var storage = Path.Combine(server.Server.App.Options.DataDirectory, "storage");
        // On a server's database the folder is made with the first file.
        Directory.CreateDirectory(server.Server.App.Options.DataDirectory);
        if (Directory.Exists(storage)) Directory.Delete(storage, recursive: true);
        await File.WriteAllTextAsync(storage, "in the way");
        var answer = await server.PostAsync("docs", ("title", "lost"), ("files", ("a.txt", FileWorld.Text("x"))));
        ((int)answer.Status).ShouldBeOneOf(503, 507);
        answer.Message.ShouldNotContain(storage);
        (await server.Server.GetAsync("/api/collections/docs/records", server.Root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
        File.Delete(storage);
        await server.AddAsync("docs", ("files", ("a.txt", FileWorld.Text("x"))));
    }
}
