using System.Net;
using Hearth.Tests.Records;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Files;

/// <summary>What only some may have is kept by nobody on the way to them.</summary>
public sealed class PrivateFileTests(FileWorld world) : IClassFixture<FileWorld>
{
    [Theory]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("bytes=0-1", HttpStatusCode.PartialContent)]
    [InlineData("bytes=0-1,3-4", HttpStatusCode.PartialContent)]
    public async Task A_protected_file_is_not_kept(string range, HttpStatusCode expected)
    {
        var note = await world.AddAsync("notes", ("owner", "x"), ("secret", ("s.txt", FileWorld.Text("secret"))));
        var token = (await world.Server.SendAsync("POST", "/api/files/token", token: world.Root)).Body.GetProperty("token").GetString();
        var path = $"notes/{note.Id()}/{FileWorld.List(note, "secret")[0]}?token={token}";
        using var answer = range.Length == 0 ? await world.GetFileAsync(path) : await world.GetFileAsync(path, "GET", ("Range", range));
        answer.StatusCode.ShouldBe(expected);
        answer.Headers.CacheControl!.ToString().ShouldBe("no-store, private");
        using var held = await world.GetFileAsync(path, "GET", ("If-None-Match", answer.Headers.ETag!.ToString()));
        held.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        held.Headers.CacheControl!.ToString().ShouldBe("no-store, private");
    }
}
