using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Hearth.Tests.Records;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Files;

/// <summary>Files are served with the headers of contract 8.4, in parts, under conditions, and only to who may see them.</summary>
public sealed class DownloadTests(FileWorld world) : IClassFixture<FileWorld>
{
    private static readonly byte[] Digits = FileWorld.Text("0123456789");

    [Fact]
    public async Task Headers_say_what_it_is_and_keep_it_harmless()
    {
        var doc = await world.AddAsync("docs", ("photo", ("p.png", FileWorld.Png)), ("files", ("page.html", FileWorld.Text("<html><script>x</script>"))), ("files", ("pic.svg", FileWorld.Text("<svg xmlns='x'/>"))));
        using var photo = await world.GetFileAsync($"docs/{doc.Id()}/{doc.Text("photo")}");
        photo.Content.Headers.ContentType!.ToString().ShouldBe("image/png");
        Header(photo, "Content-Disposition").ShouldBe($"inline; filename=\"{doc.Text("photo")}\"");
        Header(photo, "Content-Security-Policy").ShouldBe("default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox");
        Header(photo, "Cache-Control").Split(", ").Order().ShouldBe(["max-age=2592000", "stale-while-revalidate=86400"]);
        Header(photo, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(photo, "X-Frame-Options").ShouldBe("");
        Header(photo, "Accept-Ranges").ShouldBe("bytes");
        Header(photo, "ETag").ShouldBe($"\"{Convert.ToHexStringLower(SHA256.HashData(FileWorld.Png))}\"");
        using var forced = await world.GetFileAsync($"docs/{doc.Id()}/{doc.Text("photo")}?download=1");
        Header(forced, "Content-Disposition").ShouldStartWith("attachment; ");
        foreach (var name in FileWorld.List(doc, "files"))
        {
            using var active = await world.GetFileAsync($"docs/{doc.Id()}/{name}");
            Header(active, "Content-Disposition").ShouldStartWith("attachment; ");
        }
        using var head = await world.GetFileAsync($"docs/{doc.Id()}/{doc.Text("photo")}", "HEAD");
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldBe(FileWorld.Png.Length);
    }

    [Theory]
    [InlineData("bytes=0-3", "0123", "bytes 0-3/10")]
    [InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=-2", "89", "bytes 8-9/10")]
    [InlineData("bytes=5-500", "56789", "bytes 5-9/10")]
    [InlineData("bytes=-500", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=2-3,90-99", "23", "bytes 2-3/10")]
    public async Task One_part(string range, string expected, string told)
    {
        using var answer = await DigitsAsync(("Range", range));
        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(expected);
        Header(answer, "Content-Range").ShouldBe(told);
    }

    [Fact]
    public async Task Several_parts()
    {
        using var answer = await DigitsAsync(("Range", "bytes=0-1, 4-5, -1"));
        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("multipart/byteranges");
        var boundary = answer.Content.Headers.ContentType.Parameters.Single().Value!;
        var reader = new Microsoft.AspNetCore.WebUtilities.MultipartReader(boundary, await answer.Content.ReadAsStreamAsync());
        var parts = new List<string>();
        while (await reader.ReadNextSectionAsync() is { } section) parts.Add(section.Headers!["Content-Range"] + " " + await new StreamReader(section.Body).ReadToEndAsync());
        parts.ShouldBe(["bytes 0-1/10 01", "bytes 4-5/10 45", "bytes 9-9/10 9"]);
    }

    [Theory]
    [InlineData("bytes=10-", HttpStatusCode.RequestedRangeNotSatisfiable)]
    [InlineData("bytes=99-100", HttpStatusCode.RequestedRangeNotSatisfiable)]
    [InlineData("bytes=-0", HttpStatusCode.RequestedRangeNotSatisfiable)]
    [InlineData("bytes=0-9,0-9", HttpStatusCode.OK)]
    [InlineData("bytes=3-1", HttpStatusCode.OK)]
    [InlineData("lines=1-2", HttpStatusCode.OK)]
    [InlineData("bytes=", HttpStatusCode.OK)]
    [InlineData("bytes=99999999999999999999-", HttpStatusCode.OK)]
    public async Task Ranges_that_make_no_sense(string range, HttpStatusCode expected)
    {
        using var answer = await DigitsAsync(("Range", range));
        answer.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.OK) (await answer.Content.ReadAsStringAsync()).ShouldBe("0123456789");
        else Header(answer, "Content-Range").ShouldBe("bytes */10");
    }

    [Fact]
    public async Task Very_many_ranges_get_the_whole()
    {
        using var answer = await DigitsAsync(("Range", "bytes=" + string.Join(",", Enumerable.Repeat("0-0", 500))));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Conditions()
    {
        var doc = await world.AddAsync("docs", ("files", ("digits.txt", Digits)));
        var path = $"docs/{doc.Id()}/{FileWorld.List(doc, "files")[0]}";
        using var plain = await world.GetFileAsync(path);
        var (tag, date) = (Header(plain, "ETag"), Header(plain, "Last-Modified"));
        var before = DateTimeOffset.UtcNow.AddDays(-1).ToString("R");
        await Expect(HttpStatusCode.NotModified, ("If-None-Match", tag));
        await Expect(HttpStatusCode.NotModified, ("If-None-Match", "W/" + tag));
        await Expect(HttpStatusCode.NotModified, ("If-None-Match", "*"));
        await Expect(HttpStatusCode.OK, ("If-None-Match", "\"other\""), ("If-Modified-Since", date));
        await Expect(HttpStatusCode.NotModified, ("If-Modified-Since", date));
        await Expect(HttpStatusCode.OK, ("If-Modified-Since", before));
        await Expect(HttpStatusCode.OK, ("If-Modified-Since", "nonsense"));
        await Expect(HttpStatusCode.PreconditionFailed, ("If-Match", "\"other\""));
        await Expect(HttpStatusCode.OK, ("If-Match", tag));
        await Expect(HttpStatusCode.PreconditionFailed, ("If-Unmodified-Since", before));
        await Expect(HttpStatusCode.PartialContent, ("Range", "bytes=0-1"), ("If-Range", tag));
        await Expect(HttpStatusCode.PartialContent, ("Range", "bytes=0-1"), ("If-Range", date));
        await Expect(HttpStatusCode.OK, ("Range", "bytes=0-1"), ("If-Range", "\"other\""));
        await Expect(HttpStatusCode.OK, ("Range", "bytes=0-1"), ("If-Range", "W/" + tag));
        await Expect(HttpStatusCode.OK, ("Range", "bytes=0-1"), ("If-Range", before));

        async Task Expect(HttpStatusCode expected, params (string, string)[] headers)
        {
            using var answer = await world.GetFileAsync(path, "GET", headers);
            answer.StatusCode.ShouldBe(expected, string.Join(" ", headers));
        }
    }

    [Fact]
    public async Task Protected_files_need_a_token_of_who_may_see_the_record()
    {
        var reader = await world.Server.CreateAsync("readers", new { email = "reader@example.com", password = "correct horse 2" });
        var other = await world.Server.CreateAsync("readers", new { email = "other@example.com", password = "correct horse 2" });
        var note = await world.AddAsync("notes", ("owner", reader.Id), ("secret", ("s.txt", FileWorld.Text("secret"))));
        var path = $"notes/{note.Id()}/{FileWorld.List(note, "secret")[0]}";
        (await world.ReadAsync(path)).ShouldBe("NotFound");
        using var byHeader = await world.GetFileAsync(path, "GET", ("Authorization", world.Server.TokenOf(reader)));
        byHeader.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await world.ReadAsync($"{path}?token={world.Server.TokenOf(reader)}")).ShouldBe("NotFound");
        (await world.ReadAsync($"{path}?token={await TokenAsync(world.Server.TokenOf(reader))}")).ShouldBe("secret");
        (await world.ReadAsync($"{path}?token={await TokenAsync(world.Server.TokenOf(other))}")).ShouldBe("NotFound");
        (await world.ReadAsync($"{path}?token={await TokenAsync(world.Root)}")).ShouldBe("secret");
        (await world.Server.SendAsync("POST", "/api/files/token")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Views_serve_the_files_of_what_they_show()
    {
        var doc = await world.AddAsync("docs", ("files", ("it's.txt", FileWorld.Text("shown"))), ("photo", ("p.png", FileWorld.Png)));
        var name = FileWorld.List(doc, "files")[0];
        (await world.ReadAsync($"shown/{doc.Id()}/{name}")).ShouldBe("shown");
        (await world.ReadAsync($"shown_again/{doc.Id()}/{name}")).ShouldBe("shown");
        (await world.ReadAsync($"shown000000000/{doc.Id()}/{doc.Text("photo")}")).ShouldNotBe("NotFound");
        (await world.ReadAsync($"shown_again/{doc.Id()}/{doc.Text("photo")}")).ShouldBe("NotFound");
    }

    [Theory]
    [InlineData("nothing/x/y.txt")]
    [InlineData("docs/x/y.txt")]
    [InlineData("docs/..%2f..%2fdata.db/x")]
    [InlineData("docs/%2e%2e%2f/data.db")]
    [InlineData("docs/x/..%5c..%5cdata.db")]
    [InlineData("_superusers/x/y.txt")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var answer = await world.GetFileAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Only_present_names_of_the_record_are_served()
    {
        var doc = await world.AddAsync("docs", ("files", ("old.txt", FileWorld.Text("old"))));
        var old = FileWorld.List(doc, "files")[0];
        var other = await world.AddAsync("docs", ("title", "other"));
        (await world.ReadAsync($"docs/{other.Id()}/{old}")).ShouldBe("NotFound");
        (await world.ReadAsync($"docs/{doc.Id()}/{old}.attrs")).ShouldBe("NotFound");
        await world.PatchAsync("docs", doc.Id(), ("files", ("new.txt", FileWorld.Text("new"))));
        (await world.ReadAsync($"docs/{doc.Id()}/{old}")).ShouldBe("NotFound");
    }

    private async Task<string> TokenAsync(string auth)
    {
        var answer = await world.Server.SendAsync("POST", "/api/files/token", token: auth);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        return answer.Body.Text("token");
    }

    private async Task<HttpResponseMessage> DigitsAsync(params (string, string)[] headers)
    {
        var doc = await world.AddAsync("docs", ("files", ("digits.txt", Digits)));
        return await world.GetFileAsync($"docs/{doc.Id()}/{FileWorld.List(doc, "files")[0]}", "GET", headers);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";
}
