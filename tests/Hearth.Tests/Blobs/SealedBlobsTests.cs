using System.Net;
using System.Security.Cryptography;
using Hearth.App;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Resources.Blobs;
using Hearth.Resources.Blobs.S3;
using Hearth.Resources.Blobs.Sealing;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Blobs;

/// <summary>Sealed blobs behave as others do.</summary>
public sealed class SealedBlobStoreTests : BlobStoreTests, IAsyncLifetime
{
    private readonly SealedPlace place = new();

    protected override BlobStore Store => place.Store;

    protected override bool HashesContent => false;

    public Task InitializeAsync() => place.InitializeAsync();

    public Task DisposeAsync() => place.DisposeAsync();
}

/// <summary>What sealing adds: nothing can be read or changed on the disk, parts can be read, keys can change.</summary>
public sealed class SealedBlobsTests : IAsyncLifetime
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private const string OtherKey = "abcdef0123456789abcdef0123456789";
    private static readonly BlobLabel Label = new("text/plain", "a.txt");
    private readonly SealedPlace place = new();

    public Task InitializeAsync() => place.InitializeAsync();

    public Task DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task Any_part_of_any_length_is_read_as_it_was()
    {
        var random = new Random(7);
        foreach (var length in (int[])[0, 1, 65_535, 65_536, 65_537, 131_072, 300_001])
        {
            var bytes = RandomNumberGenerator.GetBytes(length);
            await place.Store.WriteAsync("c/r/a", Label, new DripStream(bytes), default);
            for (var i = 0; i < 60; i++)
            {
                var offset = i switch { 0 => 0, 1 => length, _ => random.Next(length + 1) };
                var most = i % 3 == 0 ? (int?)null : random.Next(0, 140_000);
                var expected = bytes[offset..Math.Min(length, offset + (most ?? length))];
                var read = new MemoryStream();
                await using var part = (await place.Store.OpenAsync("c/r/a", offset, most, default)).ShouldNotBeNull();
                if (i % 2 == 0) await part.CopyToAsync(read);
                else for (int b; (b = part.ReadByte()) >= 0;) read.WriteByte((byte)b);
                read.ToArray().AsSpan().SequenceEqual(expected).ShouldBeTrue($"{length}: {offset}, {most}");
            }
        }
    }

    [Fact]
    public async Task Nothing_of_it_stands_on_the_disk_and_the_same_twice_looks_different()
    {
        var text = "A secret that nobody should read. "u8.ToArray();
        await place.Store.WriteAsync("c/r/a", Label, new MemoryStream(text), default);
        await place.Store.WriteAsync("c/r/b", Label, new MemoryStream(text), default);
        var (a, b) = (await File.ReadAllBytesAsync(place.PathOf("c/r/a")), await File.ReadAllBytesAsync(place.PathOf("c/r/b")));
        a.AsSpan().IndexOf("secret"u8).ShouldBe(-1);
        a.ShouldNotBe(b);
        var attributes = await File.ReadAllTextAsync(place.PathOf("c/r/a") + ".attrs");
        attributes.ShouldNotContain(Convert.ToHexStringLower(SHA256.HashData(text)), Case.Insensitive, "the hash of the content would prove what it is");
    }

    [Fact]
    public async Task What_was_changed_cut_lengthened_or_put_elsewhere_is_refused()
    {
        var bytes = RandomNumberGenerator.GetBytes(200_000);
        await place.Store.WriteAsync("c/r/a", Label, new MemoryStream(bytes), default);
        await place.Store.WriteAsync("c/other/a", Label, new MemoryStream(bytes), default);
        var good = await File.ReadAllBytesAsync(place.PathOf("c/r/a"));
        var piece = SealedForm.SealedPiece;
        await RefusedAsync([.. good[..100], (byte)(good[100] ^ 1), .. good[101..]]);
        await RefusedAsync(good[..(2 * piece)]);
        await RefusedAsync(good[..^1]);
        await RefusedAsync([.. good, 0]);
        await RefusedAsync([.. good[piece..(2 * piece)], .. good[..piece], .. good[(2 * piece)..]]);
        await RefusedAsync(await File.ReadAllBytesAsync(place.PathOf("c/other/a")));
        // With its attributes, too: one record's file is not another's.
        File.Copy(place.PathOf("c/other/a") + ".attrs", place.PathOf("c/r/a") + ".attrs", overwrite: true);
        await RefusedAsync(await File.ReadAllBytesAsync(place.PathOf("c/other/a")));

        async Task RefusedAsync(byte[] stored)
        {
            await File.WriteAllBytesAsync(place.PathOf("c/r/a"), stored);
            await Should.ThrowAsync<BlobException>(async () =>
            {
                await using var stream = await place.Store.OpenAsync("c/r/a", 0, null, default);
                await stream!.CopyToAsync(Stream.Null);
            });
        }
    }

    [Fact]
    public async Task In_a_bucket_they_are_sealed_too()
    {
        await using var bucket = await SoftBucket.StartAsync();
        var store = new SealedBlobs(new S3Blobs(bucket.Settings), place.Key, () => true);
        var bytes = new byte[S3Writer.PartLength + 1000];
        await store.WriteAsync("c/r/a", Label, new MemoryStream(bytes), default);
        bucket.Things["c/r/a"].Bytes.AsSpan().IndexOf(new byte[100]).ShouldBe(-1);
        (await store.FindAsync("c/r/a", default))!.Length.ShouldBe(bytes.Length);
        await using var part = (await store.OpenAsync("c/r/a", 70_000, 10, default)).ShouldNotBeNull();
        var read = new MemoryStream();
        await part.CopyToAsync(read);
        read.ToArray().ShouldBe(new byte[10]);
    }

    [Fact]
    public async Task It_is_switched_on_by_the_settings_of_an_app_with_a_key_and_follows_when_the_key_changes()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-sealed-").FullName;
        string id = "", plain, name;
        await using (var app = await TestApp.StartAsync(folder: folder, keep: true))
        {
            var token = await app.SuperuserTokenAsync();
            var refused = await app.SendAsync("PATCH", "/api/settings", new { files = new { encrypt = true } }, token);
            refused.Body.GetProperty("data").GetProperty("files").GetProperty("encrypt").GetProperty("code").GetString().ShouldBe("validation_missing_encryption_key");
            var made = await app.SendAsync("POST", "/api/collections", new { name = "papers", type = "base", viewRule = "", fields = new object[] { new { name = "docs", type = "file", maxSelect = 9 } } }, token);
            made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
            (id, plain) = await UploadAsync(app, null, "plain text", token);
        }
        await using (var app = await TestApp.StartAsync(options => options.Encrypt(Key), folder: folder, keep: true))
        {
            var token = await app.SuperuserTokenAsync();
            (await app.SendAsync("PATCH", "/api/settings", new { files = new { encrypt = true } }, token)).Status.ShouldBe(HttpStatusCode.OK);
            (_, name) = await UploadAsync(app, id, "sealed text", token);
            (await ReadAsync(app, id, name)).ShouldBe("sealed text");
            (await ReadAsync(app, id, plain)).ShouldBe("plain text");
            var stored = Directory.GetFiles(Path.Combine(folder, "data", "storage"), name, SearchOption.AllDirectories).ShouldHaveSingleItem();
            (await File.ReadAllTextAsync(stored)).ShouldNotContain("sealed");
        }
        await using (var app = await TestApp.StartAsync(options => options.Encrypt(Key), folder: folder, keep: true)) await KeyChange.RunAsync(app.App, AppSecrets.Of(OtherKey, "test"), RequestFacts.None, default);
        await using (var app = await TestApp.StartAsync(options => options.Encrypt(OtherKey), folder: folder, keep: true))
        {
            (await ReadAsync(app, id, name)).ShouldBe("sealed text");
            await KeyChange.RunAsync(app.App, AppSecrets.None, RequestFacts.None, default);
        }
        await using (var app = await TestApp.StartAsync(folder: folder))
        {
            (await ReadAsync(app, id, name)).ShouldBe("sealed text");
            // It stays on, and other settings can be changed.
            (await app.SendAsync("PATCH", "/api/settings", new { meta = new { appName = "Atlas" } }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task After_a_backup_is_brought_back_they_are_sealed_with_the_key_that_it_has()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-sealed-").FullName;
        string id, name;
        await using (var app = await TestApp.StartAsync(options => options.Encrypt(Key), folder: folder, keep: true))
        {
            var token = await app.SuperuserTokenAsync();
            (await app.SendAsync("POST", "/api/collections", new { name = "papers", type = "base", viewRule = "", fields = new object[] { new { name = "docs", type = "file", maxSelect = 9 } } }, token)).Status.ShouldBe(HttpStatusCode.OK);
            // Of a time when nothing was sealed yet: it has no key.
            (await app.SendAsync("POST", "/api/backups", new { name = "early.zip" }, token)).Status.ShouldBe(HttpStatusCode.NoContent);
            (await app.SendAsync("PATCH", "/api/settings", new { files = new { encrypt = true } }, token)).Status.ShouldBe(HttpStatusCode.OK);
            await UploadAsync(app, null, "sealed with the first", token);
            (await app.SendAsync("POST", "/api/backups/early.zip/restore", token: token)).Status.ShouldBe(HttpStatusCode.NoContent);
            (await app.SendAsync("PATCH", "/api/settings", new { files = new { encrypt = true } }, token)).Status.ShouldBe(HttpStatusCode.OK);
            (id, name) = await UploadAsync(app, null, "sealed after it", token);
        }
        await using (var app = await TestApp.StartAsync(options => options.Encrypt(Key), folder: folder)) (await ReadAsync(app, id, name)).ShouldBe("sealed after it");
    }

    private static async Task<(string Id, string Name)> UploadAsync(TestApp app, string? id, string text, string token)
    {
        using var form = new MultipartFormDataContent { { new StringContent(text), id is null ? "docs" : "docs+", "a.txt" } };
        var answer = await app.SendAsync(id is null ? "POST" : "PATCH", "/api/collections/papers/records" + (id is null ? "" : $"/{id}"), form, token);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return (answer.Body.GetProperty("id").GetString()!, answer.Body.GetProperty("docs").EnumerateArray().Last().GetString()!);
    }

    private static async Task<string> ReadAsync(TestApp app, string id, string name)
    {
        var answer = await app.GetAsync($"/api/files/papers/{id}/{name}");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Text;
    }
}

/// <summary>A folder whose blobs are sealed with a key in a database of its own.</summary>
internal sealed class SealedPlace
{
    private readonly string folder = Directory.CreateTempSubdirectory("hearth-sealed-").FullName;
    private Engine engine = null!; // opened before each test

    public FileKey Key { get; private set; } = null!; // the same

    public BlobStore Store { get; private set; } = null!; // the same

    public async Task InitializeAsync()
    {
        engine = await TestEngine.OpenAsync(folder);
        await engine.StartAsync(default);
        Key = new FileKey(new ParameterStore(engine, TimeProvider.System), AppSecrets.None);
        Store = new SealedBlobs(new LocalBlobs(Path.Combine(folder, "blobs")), Key, () => true);
    }

    public async Task DisposeAsync()
    {
        await engine.DisposeAsync();
        await TestEngine.RemoveAsync(folder);
    }

    public string PathOf(string key) => Path.Combine(folder, "blobs", key);
}
