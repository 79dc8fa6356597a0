using Hearth.Resources.Blobs;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Blobs;

public sealed class LocalBlobsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hearth-blobs-").FullName;

    [Fact]
    public async Task What_is_written_is_found_read_in_parts_listed_and_removed()
    {
        var store = new LocalBlobs(folder);
        var written = await store.WriteAsync("c/r/a.txt", new BlobLabel("text/plain", "A.txt"), new MemoryStream("hello world"u8.ToArray()), default);
        written.Hash.ShouldBe("b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
        (await store.FindAsync("c/r/a.txt", default)).ShouldBe(written);
        using var part = await store.OpenAsync("c/r/a.txt", 6, 3, default);
        (await new StreamReader(part!).ReadToEndAsync()).ShouldBe("wor");
        (await store.ListAsync("c/", default).ToListAsync()).ShouldBe([written]);
        await store.DeleteUnderAsync("c/r/", default);
        (await store.FindAsync("c/r/a.txt", default)).ShouldBeNull();
        (await store.OpenAsync("c/r/a.txt", 0, null, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("")]
    [InlineData("a\\b")]
    public async Task A_key_never_leaves_the_folder(string key)
    {
        var refused = await Should.ThrowAsync<BlobException>(async () => await new LocalBlobs(folder).WriteAsync(key, new BlobLabel("text/plain"), new MemoryStream([1]), default));
        refused.Problem.ShouldBe(BlobProblem.InvalidKey);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
