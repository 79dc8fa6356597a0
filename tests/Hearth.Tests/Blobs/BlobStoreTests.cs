using System.Security.Cryptography;
using Hearth.Resources.Blobs;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Blobs;

/// <summary>What every place for blobs does, whichever it is.</summary>
public abstract class BlobStoreTests
{
    private static readonly BlobLabel Text = new("text/plain; charset=utf-8", "Größe 1.txt");

    protected abstract BlobStore Store { get; }

    /// <summary>The hash is that of the content, and not that of something that hides it.</summary>
    protected virtual bool HashesContent => true;

    [Fact]
    public async Task What_is_written_is_found_read_in_parts_listed_and_removed()
    {
        var written = await Store.WriteAsync("c/r/a.txt", Text, Bytes("hello world"), default);
        if (HashesContent) written.Hash.ShouldBe("b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
        var found = (await Store.FindAsync("c/r/a.txt", default)).ShouldNotBeNull();
        (found with { Modified = written.Modified }).ShouldBe(written with { ContentType = Text.ContentType, OriginalName = Text.OriginalName, Length = 11 });
        (found.Modified - DateTimeOffset.UtcNow).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
        (await ReadAsync("c/r/a.txt")).ShouldBe("hello world");
        (await ReadAsync("c/r/a.txt", 6, 3)).ShouldBe("wor");
        (await ReadAsync("c/r/a.txt", 6)).ShouldBe("world");
        (await ReadAsync("c/r/a.txt", 6, 100)).ShouldBe("world");
        (await ReadAsync("c/r/a.txt", 11)).ShouldBe("");
        (await ReadAsync("c/r/a.txt", 3, 0)).ShouldBe("");
        await Store.DeleteAsync("c/r/a.txt", default);
        (await Store.FindAsync("c/r/a.txt", default)).ShouldBeNull();
        (await Store.OpenAsync("c/r/a.txt", 0, null, default)).ShouldBeNull();
        await Store.DeleteAsync("c/r/a.txt", default);
    }

    [Fact]
    public async Task Prefixes_are_whole_parts()
    {
        foreach (var key in (string[])["p/a/1", "p/a/2", "p/a/thumbs_1/10x10_1", "p/ab/1", "p2/a/1"]) await Store.WriteAsync(key, Text, Bytes(key), default);
        (await ListAsync("p/")).ShouldBe(["p/a/1", "p/a/2", "p/a/thumbs_1/10x10_1", "p/ab/1"]);
        (await ListAsync("p/a/")).ShouldBe(["p/a/1", "p/a/2", "p/a/thumbs_1/10x10_1"]);
        await Store.DeleteUnderAsync("p/a/thumbs_1/", default);
        await Store.DeleteUnderAsync("p/nothing/", default);
        (await ListAsync("p/a/")).ShouldBe(["p/a/1", "p/a/2"]);
        await Store.DeleteUnderAsync("p/a/", default);
        (await ListAsync("p/")).ShouldBe(["p/ab/1"]);
        await Store.DeleteUnderAsync("p/", default);
        (await ListAsync("p2/")).ShouldBe(["p2/a/1"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128 * 1024)]
    [InlineData((8 << 20) - 1)]
    [InlineData(8 << 20)]
    [InlineData((20 << 20) + 7)]
    public async Task Any_length_comes_back_as_it_was(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        var written = await Store.WriteAsync("sizes/r/a", Text, new DripStream(bytes), default);
        written.Length.ShouldBe(length);
        if (HashesContent) written.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        (await Store.FindAsync("sizes/r/a", default))!.Length.ShouldBe(length);
        var read = new MemoryStream();
        await using (var stream = (await Store.OpenAsync("sizes/r/a", 0, null, default)).ShouldNotBeNull()) await stream.CopyToAsync(read);
        read.ToArray().AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_is_there_is_replaced_and_one_that_fails_changes_nothing()
    {
        await Store.WriteAsync("again/r/a", Text, Bytes("one"), default);
        await Store.WriteAsync("again/r/a", new BlobLabel("image/png"), Bytes("second"), default);
        (await ReadAsync("again/r/a")).ShouldBe("second");
        var found = (await Store.FindAsync("again/r/a", default)).ShouldNotBeNull();
        (found.ContentType, found.OriginalName, found.Length).ShouldBe(("image/png", null, 6));
        await Should.ThrowAsync<IOException>(async () => await Store.WriteAsync("again/r/a", Text, new TornStream(9 << 20), default));
        await Should.ThrowAsync<IOException>(async () => await Store.WriteAsync("again/r/b", Text, new TornStream(100), default));
        (await ReadAsync("again/r/a")).ShouldBe("second");
        (await ListAsync("again/")).ShouldBe(["again/r/a"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/./x")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/b/")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("c/r/a.txt.attrs")]
    [InlineData(".writing/x")]
    public async Task What_cannot_be_a_key_is_refused_by_everything(string key)
    {
        await RefusesAsync(async () => await Store.WriteAsync(key, Text, Bytes("x"), default));
        await RefusesAsync(async () => await Store.FindAsync(key, default));
        await RefusesAsync(async () => await Store.OpenAsync(key, 0, null, default));
        await RefusesAsync(async () => await Store.DeleteAsync(key, default));
        await RefusesAsync(async () => await Store.DeleteUnderAsync(key.TrimEnd('/'), default));
    }

    [Fact]
    public async Task Names_that_are_too_long_or_no_text_are_refused()
    {
        await RefusesAsync(async () => await Store.WriteAsync("c/\ud800", Text, Bytes("x"), default));
        await RefusesAsync(async () => await Store.WriteAsync("c/\udc00\ud800", Text, Bytes("x"), default));
        await Store.WriteAsync("long/\ud83d\ude00", Text, Bytes("x"), default);
        await Store.WriteAsync("long/" + new string('a', 249), Text, Bytes("x"), default);
        await RefusesAsync(async () => await Store.WriteAsync("long/" + new string('a', 250), Text, Bytes("x"), default));
        await RefusesAsync(async () => await Store.WriteAsync("long/" + new string('é', 125), Text, Bytes("x"), default));
        await RefusesAsync(async () => await Store.WriteAsync(string.Join('/', Enumerable.Repeat("part", 300)), Text, Bytes("x"), default));
    }

    private async Task<List<string>> ListAsync(string prefix) => await Store.ListAsync(prefix, default).Select(blob => blob.Key).OrderBy(key => key, StringComparer.Ordinal).ToListAsync();

    private async Task<string> ReadAsync(string key, long offset = 0, long? length = null)
    {
        using var reader = new StreamReader((await Store.OpenAsync(key, offset, length, default)).ShouldNotBeNull());
        return await reader.ReadToEndAsync();
    }

    private static async Task RefusesAsync(Func<Task> work) => (await Should.ThrowAsync<BlobException>(work)).Problem.ShouldBe(BlobProblem.InvalidKey);

    private static MemoryStream Bytes(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}

/// <summary>The folder.</summary>
[RunsOnce]
public sealed class LocalBlobStoreTests : BlobStoreTests, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hearth-blobs-").FullName;

    protected override BlobStore Store => new LocalBlobs(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
