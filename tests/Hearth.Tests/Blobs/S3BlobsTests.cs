using System.Diagnostics;
using Hearth.Resources.Blobs;
using Hearth.Resources.Blobs.S3;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Blobs;

/// <summary>The bucket, when all is well.</summary>
[RunsOnce]
public sealed class S3BlobStoreTests : BlobStoreTests, IAsyncLifetime
{
    private SoftBucket bucket = null!; // made before each test
    private BlobStore store = null!; // the same

    protected override BlobStore Store => store;

    public async Task InitializeAsync()
    {
        bucket = await SoftBucket.StartAsync();
        store = new S3Blobs(bucket.Settings);
    }

    public async Task DisposeAsync() => await bucket.DisposeAsync();
}

/// <summary>What a bucket does when it is slow, full, away or torn, and what is left in it.</summary>
[RunsOnce]
public sealed class S3BlobsTests : IAsyncLifetime
{
    private static readonly BlobLabel Label = new("image/png", "Größe 100%.png");
    private SoftBucket bucket = null!; // made before each test
    private S3Blobs store = null!; // the same

    public async Task InitializeAsync()
    {
        bucket = await SoftBucket.StartAsync();
        store = new S3Blobs(bucket.Settings);
    }

    public async Task DisposeAsync() => await bucket.DisposeAsync();

    [Fact]
    public async Task Type_and_name_stand_where_the_contract_has_them()
    {
        await store.WriteAsync("c/r/a.png", Label, new MemoryStream([1, 2, 3]), default);
        var thing = bucket.Things["c/r/a.png"];
        thing.Type.ShouldBe("image/png");
        Uri.UnescapeDataString(thing.Metadata["x-amz-meta-original-filename"]).ShouldBe(Label.OriginalName);
        // What another program has put there.
        bucket.Things["c/r/b.png"] = thing with { Metadata = new Dictionary<string, string> { ["x-amz-meta-original-filename"] = "100%.png" } };
        var found = (await store.FindAsync("c/r/b.png", default)).ShouldNotBeNull();
        (found.OriginalName, found.Hash).ShouldBe(("100%.png", null));
    }

    [Fact]
    public async Task Names_of_any_kind_of_characters_are_the_same_key_again()
    {
        foreach (var key in (string[])["c/r/a b+c.t*r=#.gz", "c/r/ü€😀.png", "c/r/100%25.png"])
        {
            await store.WriteAsync(key, Label, new MemoryStream([1]), default);
            bucket.Things.ShouldContainKey(key);
            (await store.FindAsync(key, default)).ShouldNotBeNull();
            (await store.ListAsync("c/r/", default).AnyAsync(blob => blob.Key == key)).ShouldBeTrue();
        }
        await store.DeleteUnderAsync("c/r/", default);
        bucket.Things.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_large_one_that_can_be_read_twice_has_its_hash()
    {
        var bytes = new byte[S3Writer.PartLength + 5];
        var written = await store.WriteAsync("c/r/large", Label, new MemoryStream(bytes), default);
        (await store.FindAsync("c/r/large", default))!.Hash.ShouldBe(written.Hash);
        bucket.Requests.Count(request => request.Contains("partNumber", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task What_passes_is_tried_again()
    {
        var failed = 0;
        bucket.Trouble = async http =>
        {
            if (failed++ % 2 == 1) return false;
            await SoftBucket.RefuseAsync(http, 503, "SlowDown");
            return true;
        };
        await new S3Blobs(bucket.Settings).WriteAsync("c/r/a", Label, new MemoryStream([1]), default);
        (await new S3Blobs(bucket.Settings).FindAsync("c/r/a", default)).ShouldNotBeNull();
        failed.ShouldBe(4);
    }

    [Theory]
    [InlineData(503, "SlowDown", BlobProblem.Unavailable)]
    [InlineData(500, "InternalError", BlobProblem.Unavailable)]
    [InlineData(403, "InvalidAccessKeyId", BlobProblem.Unavailable)]
    [InlineData(404, "NoSuchBucket", BlobProblem.Unavailable)]
    [InlineData(507, "XMinioStorageFull", BlobProblem.Full)]
    [InlineData(403, "QuotaExceeded", BlobProblem.Full)]
    public async Task A_refusal_is_told_and_changes_nothing(int status, string code, BlobProblem problem)
    {
        await store.WriteAsync("c/r/a", Label, new MemoryStream([1]), default);
        bucket.Trouble = async http =>
        {
            await SoftBucket.RefuseAsync(http, status, code);
            return true;
        };
        (await RefusedAsync(() => store.WriteAsync("c/r/a", Label, new MemoryStream([2]), default).AsTask())).ShouldBe(problem);
        (await RefusedAsync(() => store.WriteAsync("c/r/a", Label, new DripStream(new byte[9 << 20]), default).AsTask())).ShouldBe(problem);
        (await RefusedAsync(() => store.OpenAsync("c/r/a", 0, null, default).AsTask())).ShouldBe(problem);
        (await RefusedAsync(() => store.DeleteUnderAsync("c/r/", default).AsTask())).ShouldBe(problem);
        bucket.Things["c/r/a"].Bytes.ShouldBe([1]);
    }

    [Fact]
    public async Task One_that_is_away_shows_soon()
    {
        var clock = Stopwatch.StartNew();
        var away = new S3Blobs(bucket.Settings with { Endpoint = "http://127.0.0.1:1" });
        (await RefusedAsync(() => away.FindAsync("c/r/a", default).AsTask())).ShouldBe(BlobProblem.Unavailable);
        (await RefusedAsync(() => away.WriteAsync("c/r/a", Label, new MemoryStream([1]), default).AsTask())).ShouldBe(BlobProblem.Unavailable);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task One_that_never_answers_is_not_waited_for()
    {
        bucket.Trouble = async http =>
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        var hasty = new S3Blobs(bucket.Settings, new S3Patience { Question = TimeSpan.FromSeconds(1), Part = TimeSpan.FromSeconds(1) });
        (await RefusedAsync(() => hasty.FindAsync("c/r/a", default).AsTask())).ShouldBe(BlobProblem.Unavailable);
        (await RefusedAsync(() => hasty.WriteAsync("c/r/a", Label, new MemoryStream([1]), default).AsTask())).ShouldBe(BlobProblem.Unavailable);
        // Who has gone is told so, not that the store is away.
        using var gone = new CancellationTokenSource(50);
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.FindAsync("c/r/a", gone.Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_download_that_stalls_or_breaks_goes_on_where_it_was(bool stalls)
    {
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        await store.WriteAsync("c/r/a", Label, new MemoryStream(bytes), default);
        var (troubles, arrived) = (0, 0L);
        bucket.Trouble = async http =>
        {
            if (http.Request.Method != "GET" || troubles++ == 2) return false;
            var offset = troubles == 1 ? 0 : 1_000_000;
            http.Request.Headers.Range.ToString().ShouldStartWith(offset == 0 ? "" : $"bytes={offset}-");
            http.Response.StatusCode = offset == 0 ? 200 : 206;
            http.Response.Headers.ETag = bucket.Things["c/r/a"].Tag;
            http.Response.ContentLength = bytes.Length - offset;
            await http.Response.Body.WriteAsync(bytes.AsMemory(offset, 1_000_000));
            await http.Response.Body.FlushAsync();
            // A reset connection takes along what has not arrived.
            while (Interlocked.Read(ref arrived) < offset + 1_000_000) await Task.Delay(5);
            if (stalls) await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            http.Abort();
            return true;
        };
        var read = new MemoryStream();
        var hasty = new S3Blobs(bucket.Settings, new S3Patience { Read = TimeSpan.FromSeconds(3) });
        await using (var stream = (await hasty.OpenAsync("c/r/a", 0, null, default)).ShouldNotBeNull())
        {
            var piece = new byte[50_000];
            while (await stream.ReadAsync(piece) is > 0 and var count)
            {
                read.Write(piece, 0, count);
                Interlocked.Add(ref arrived, count);
            }
        }
        read.ToArray().AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        troubles.ShouldBe(3);
    }

    [Fact]
    public async Task A_download_whose_object_was_replaced_breaks_instead_of_mixing_two()
    {
        await store.WriteAsync("c/r/a", Label, new MemoryStream(new byte[2_000_000]), default);
        var asked = 0;
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bucket.Trouble = async http =>
        {
            if (http.Request.Method != "GET") return false;
            if (asked++ > 0)
            {
                http.Request.Headers.IfMatch.ToString().ShouldBe(bucket.Things["c/r/a"].Tag);
                await SoftBucket.RefuseAsync(http, 412, "PreconditionFailed");
                return true;
            }
            http.Response.Headers.ETag = bucket.Things["c/r/a"].Tag;
            http.Response.ContentLength = 2_000_000;
            await http.Response.Body.WriteAsync(new byte[1000]);
            await http.Response.Body.FlushAsync();
            // A reset connection takes along what has not arrived.
            await arrived.Task;
            http.Abort();
            return true;
        };
        await using var stream = (await store.OpenAsync("c/r/a", 0, null, default)).ShouldNotBeNull();
        await stream.ReadExactlyAsync(new byte[1000]);
        arrived.SetResult();
        (await RefusedAsync(() => stream.CopyToAsync(Stream.Null))).ShouldBe(BlobProblem.Unavailable);
    }

    [Fact]
    public async Task Parts_of_what_failed_are_removed_at_once_or_later()
    {
        await Should.ThrowAsync<IOException>(async () => await store.WriteAsync("c/r/a", Label, new TornStream(9 << 20), default));
        bucket.Uploads.ShouldBeEmpty();
        bucket.Uploads["old"] = new SoftBucket.Upload("c/r/a", "text/plain", new Dictionary<string, string>(), DateTimeOffset.UtcNow.AddDays(-2));
        bucket.Uploads["new"] = new SoftBucket.Upload("c/r/a", "text/plain", new Dictionary<string, string>(), DateTimeOffset.UtcNow);
        await store.TidyAsync(DateTimeOffset.UtcNow.AddDays(-1), default);
        bucket.Uploads.Keys.ShouldBe(["new"]);
        bucket.Trouble = async http =>
        {
            await SoftBucket.RefuseAsync(http, 501, "NotImplemented");
            return true;
        };
        await store.TidyAsync(DateTimeOffset.UtcNow, default);
    }

    private static async Task<BlobProblem> RefusedAsync(Func<Task> work)
    {
        var refused = await Should.ThrowAsync<BlobException>(work);
        refused.Message.ShouldContain(SoftBucket.Name);
        refused.Message.ShouldNotContain("secret");
        return refused.Problem;
    }
}
