using System.Text.Json;
using Hearth.Resources.Blobs;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Blobs;

/// <summary>What only a folder has: names on the disk, attributes beside files, what is left behind.</summary>
[RunsOnce]
public sealed class LocalBlobsTests : IDisposable
{
    private static readonly BlobLabel Text = new("text/plain", "A.txt");
    private readonly string folder = Directory.CreateTempSubdirectory("hearth-blobs-").FullName;
    private readonly LocalBlobs store;

    public LocalBlobsTests() => store = new LocalBlobs(folder);

    [Fact]
    public async Task Attributes_lie_beside_the_file_as_the_contract_has_them()
    {
        await store.WriteAsync("c/r/a.txt", Text, Bytes("hello world"), default);
        var json = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "c", "r", "a.txt.attrs")));
        json.GetProperty("user.content_type").GetString().ShouldBe("text/plain");
        json.GetProperty("user.metadata").GetProperty("original-filename").GetString().ShouldBe("A.txt");
        foreach (var name in (string[])["user.cache_control", "user.content_disposition", "user.content_encoding", "user.content_language"]) json.GetProperty(name).GetString().ShouldBe("");
        json.TryGetProperty("md5", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"user.cache_control":"","user.content_type":"image/png","user.metadata":{"original-filename":"photo.png"},"md5":"rL0Y20zC+Fzt72VPzMSk2A=="}""", "image/png", "photo.png")]
    [InlineData("""{"user.content_type":"image/png","user.metadata":null,"md5":null}""", "image/png", null)]
    [InlineData("""{"user.content_type":null}""", "application/octet-stream", null)]
    [InlineData("""{"user.content_type":""", "application/octet-stream", null)]
    [InlineData("", "application/octet-stream", null)]
    [InlineData(null, "application/octet-stream", null)]
    public async Task Files_that_were_copied_in_are_taken_as_they_are(string? attributes, string type, string? name)
    {
        Directory.CreateDirectory(Path.Combine(folder, "c", "r"));
        await File.WriteAllTextAsync(Path.Combine(folder, "c", "r", "a.png"), "x");
        if (attributes is not null) await File.WriteAllTextAsync(Path.Combine(folder, "c", "r", "a.png.attrs"), attributes);
        var found = await store.FindAsync("c/r/a.png", default);
        (found?.ContentType, found?.OriginalName, found?.Hash, found?.Length).ShouldBe((type, name, null, 1));
        (await store.ListAsync("", default).ToListAsync()).Select(blob => blob.Key).ShouldBe(["c/r/a.png"]);
    }

    [Fact]
    public async Task A_hash_of_another_content_is_not_told()
    {
        await store.WriteAsync("c/r/a.txt", Text, Bytes("hello world"), default);
        await File.WriteAllTextAsync(Path.Combine(folder, "c", "r", "a.txt"), "changed by hand");
        (await store.FindAsync("c/r/a.txt", default))!.Hash.ShouldBeNull();
    }

    [Fact]
    public async Task Control_characters_are_numbers_on_the_disk()
    {
        await store.WriteAsync("c/r/a\tb\n.txt", Text, Bytes("x"), default);
        File.Exists(Path.Combine(folder, "c", "r", "a__0x9__b__0xa__.txt")).ShouldBeTrue();
        (await store.ListAsync("c/r/", default).ToListAsync()).Select(blob => blob.Key).ShouldBe(["c/r/a\tb\n.txt"]);
    }

    [Fact]
    public async Task What_another_program_escaped_with_two_digits_has_the_same_key()
    {
        Directory.CreateDirectory(Path.Combine(folder, "c", "r"));
        await File.WriteAllTextAsync(Path.Combine(folder, "c", "r", "a__0x09__b__0x41____0xzz__"), "x");
        (await store.ListAsync("", default).ToListAsync()).Select(blob => blob.Key).ShouldBe(["c/r/a\tb__0x41____0xzz__"]);
    }

    [Fact]
    public async Task Nothing_is_left_behind_by_one_that_fails_and_what_was_there_stays()
    {
        await store.WriteAsync("c/r/a.txt", Text, Bytes("before"), default);
        await Should.ThrowAsync<IOException>(async () => await store.WriteAsync("c/r/a.txt", Text, new TornStream(300_000), default));
        await Should.ThrowAsync<IOException>(async () => await store.WriteAsync("c/other/a.txt", Text, new TornStream(300_000), default));
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order()
            .ShouldBe([Path.Combine("c", "r", "a.txt"), Path.Combine("c", "r", "a.txt.attrs")]);
        (await ReadAsync("c/r/a.txt")).ShouldBe("before");
    }

    [Fact]
    public async Task Folders_go_with_their_last_file()
    {
        await store.WriteAsync("c/r/a.txt", Text, Bytes("x"), default);
        await store.WriteAsync("c/r/thumbs_a.txt/1x1_a.txt", Text, Bytes("x"), default);
        await store.DeleteAsync("c/r/thumbs_a.txt/1x1_a.txt", default);
        Directory.GetDirectories(Path.Combine(folder, "c", "r")).ShouldBeEmpty();
        await store.DeleteAsync("c/r/a.txt", default);
        Directory.Exists(Path.Combine(folder, "c")).ShouldBeFalse();
        Directory.Exists(folder).ShouldBeTrue();
    }

    [Fact]
    public async Task A_link_is_never_followed_out_of_the_folder_by_removing_or_listing()
    {
        var outside = Directory.CreateTempSubdirectory("hearth-outside-").FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "kept.txt"), "x");
        await store.WriteAsync("c/r/a.txt", Text, Bytes("x"), default);
        Directory.CreateSymbolicLink(Path.Combine(folder, "c", "r", "link"), outside);
        (await store.ListAsync("", default).ToListAsync()).Select(blob => blob.Key).ShouldBe(["c/r/a.txt"]);
        await store.DeleteUnderAsync("c/r/", default);
        File.Exists(Path.Combine(outside, "kept.txt")).ShouldBeTrue();
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public async Task Tidying_removes_what_a_crash_left_and_nothing_that_is_being_written()
    {
        await store.WriteAsync("c/r/a.txt", Text, Bytes("x"), default);
        var left = Path.Combine(folder, LocalBlobs.Drafts, "left");
        await File.WriteAllTextAsync(left, "half");
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddDays(-2));
        var fresh = Path.Combine(folder, LocalBlobs.Drafts, "fresh");
        await File.WriteAllTextAsync(fresh, "half");
        await store.TidyAsync(DateTimeOffset.UtcNow.AddDays(-1), default);
        (File.Exists(left), File.Exists(fresh)).ShouldBe((false, true));
        (await store.ListAsync("", default).ToListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_that_comes_and_goes_never_costs_a_writer_its_blob()
    {
        // The last file of a folder is removed while others put theirs into it.
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var key = $"c/r/{writer}";
                await store.WriteAsync(key, Text, Bytes($"{writer} {i}"), default);
                (await store.FindAsync(key, default)).ShouldNotBeNull().ContentType.ShouldBe("text/plain");
                (await ReadAsync(key)).ShouldBe($"{writer} {i}");
                await store.DeleteAsync(key, default);
            }
        }));
        await Task.WhenAll(writers);
        (await store.ListAsync("", default).ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_place_that_is_no_folder_is_an_outage()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "x");
        (await Should.ThrowAsync<BlobException>(async () => await new LocalBlobs(file).WriteAsync("a", Text, Bytes("x"), default))).Problem.ShouldBe(BlobProblem.Unavailable);
    }

    [Fact]
    public async Task A_full_disk_says_so()
    {
        // A file behind which there is never room (full(4)).
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var refused = Should.Throw<IOException>(() => full.Write([1, 2, 3]));
        LocalDisk.Explain(refused).Problem.ShouldBe(BlobProblem.Full);
        LocalDisk.Explain(new IOException("other")).Problem.ShouldBe(BlobProblem.Unavailable);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<string> ReadAsync(string key)
    {
        using var reader = new StreamReader((await store.OpenAsync(key, 0, null, default)).ShouldNotBeNull());
        return await reader.ReadToEndAsync();
    }

    private static MemoryStream Bytes(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}
