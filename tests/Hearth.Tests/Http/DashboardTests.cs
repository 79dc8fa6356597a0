using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Hearth.App;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

/// <summary>The built dashboard at <c>/_/</c>: its page with a fresh nonce, its files compressed as they are stored, and nothing else.</summary>
[RunsOnce]
public sealed partial class DashboardTests(DashboardTests.Built built) : IClassFixture<DashboardTests.Built>
{
    private const string Script = "console.log('the same words, the same words, the same words')";
    private readonly string folder = built.Folder;
    private readonly TestApp app = built.App;

    [Fact]
    public async Task The_page_carries_the_nonce_of_its_policy_and_another_one_each_time()
    {
        var nonces = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var page = await app.GetAsync("/_/");
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.ContentHeaders.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
            page.Headers.CacheControl!.NoCache.ShouldBeTrue();
            var policy = page.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldNotContain("unsafe");
            policy.ShouldContain("script-src 'nonce-");
            policy.ShouldContain("'strict-dynamic'");
            policy.ShouldContain("frame-ancestors 'self'");
            var nonce = NonceIn().Match(policy).Groups[1].Value;
            Regex.Count(page.Text, Regex.Escape($"nonce=\"{nonce}\"")).ShouldBe(2);
            page.Text.ShouldNotContain("__NONCE__");
            nonces.Add(nonce);
        }
        nonces[0].Length.ShouldBeGreaterThanOrEqualTo(22);
        nonces[0].ShouldNotBe(nonces[1]);
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    [InlineData("", null)]
    public async Task Files_come_in_the_best_way_that_the_browser_takes(string takes, string? coding)
    {
        foreach (var path in new[] { "/_/assets/index-1.js", "/_/assets/only-2.css" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (takes.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Encoding", takes);
            using var answer = await app.Client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(coding);
            answer.Headers.Vary.ShouldContain("Accept-Encoding");
            answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
            Unpacked(await answer.Content.ReadAsByteArrayAsync(), coding).ShouldBe(Script);
            answer.Content.Headers.ContentType!.ToString().ShouldBe(path.EndsWith("js", StringComparison.Ordinal) ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8");
        }
    }

    [Fact]
    public async Task Who_has_a_file_is_not_sent_it_again()
    {
        var tags = new List<string>();
        foreach (var takes in new[] { "br", "gzip", "identity" })
        {
            var first = await app.SendAsync("GET", "/_/assets/index-1.js", headers: ("Accept-Encoding", takes));
            var tag = first.Headers.ETag!.Tag;
            tags.Add(tag);
            var again = await app.SendAsync("GET", "/_/assets/index-1.js", null, null, ("Accept-Encoding", takes), ("If-None-Match", $"\"x\", W/{tag}"));
            again.Status.ShouldBe(HttpStatusCode.NotModified);
            again.Text.ShouldBe("");
            again.Headers.ETag!.Tag.ShouldBe(tag);
        }
        tags.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Head_tells_what_get_would_send()
    {
        var file = await app.SendAsync("HEAD", "/_/assets/index-1.js", headers: ("Accept-Encoding", "gzip"));
        file.ContentHeaders.ContentLength.ShouldBe(new FileInfo(Path.Combine(folder, "assets/index-1.js.gz")).Length);
        (await app.SendAsync("HEAD", "/_/")).ContentHeaders.ContentLength!.Value.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("/_/assets/index-2.js", 404)]
    [InlineData("/_/assets/index-1.js.br", 404)]
    [InlineData("/_/assets/", 404)]
    [InlineData("/_/assets", 404)]
    [InlineData("/_/settings", 404)]
    [InlineData("/_/assets/..%2f..%2fsecret", 404)]
    [InlineData("/_/index.html", 301)]
    [InlineData("/_", 301)]
    [InlineData("/_/flame.svg", 200)]
    public async Task Only_what_was_built_is_there(string path, int status) => ((int)(await app.GetAsync(path)).Status).ShouldBe(status);

    [Fact]
    public async Task Files_with_names_that_stay_are_asked_for_each_time()
    {
        var flame = await app.GetAsync("/_/flame.svg");
        flame.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        flame.ContentHeaders.ContentType!.ToString().ShouldBe("image/svg+xml");
        flame.Headers.ETag.ShouldNotBeNull();
    }

    [Fact]
    public void A_folder_or_an_assembly_without_a_dashboard_is_told_at_once()
    {
        Should.Throw<FileNotFoundException>(() => DashboardFiles.FromFolder(Path.Combine(folder, "assets")));
        Should.Throw<FileNotFoundException>(() => DashboardFiles.FromFolder(Path.Combine(folder, "nowhere")));
        DashboardFiles.FromResources(typeof(DashboardTests).Assembly, "dashboard/").ShouldBeNull();
    }

    private static string Unpacked(byte[] bytes, string? coding)
    {
        var stream = new MemoryStream(bytes);
        using var reader = new StreamReader(coding switch { "br" => new BrotliStream(stream, CompressionMode.Decompress), "gzip" => new GZipStream(stream, CompressionMode.Decompress), _ => stream });
        return reader.ReadToEnd();
    }

    [GeneratedRegex("style-src 'self' 'nonce-([^']+)'")]
    private static partial Regex NonceIn();

    /// <summary>An app with files as the build of the dashboard leaves them.</summary>
    public sealed class Built : SharedApp
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("hearth-dashboard-").FullName;

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            Directory.Delete(Folder, recursive: true);
        }

        protected override Task<TestApp> StartAsync()
        {
            Directory.CreateDirectory(Path.Combine(Folder, "assets"));
            Write("index.html", "<!doctype html><meta property=\"csp-nonce\" nonce=\"__NONCE__\"><script type=\"module\" nonce=\"__NONCE__\" src=\"/_/assets/index-1.js\"></script>"u8.ToArray());
            Write("flame.svg", "<svg/>"u8.ToArray());
            Write("assets/index-1.js", Encoding.UTF8.GetBytes(Script));
            Write("assets/index-1.js.br", Packed(stream => new BrotliStream(stream, CompressionLevel.Optimal)));
            Write("assets/index-1.js.gz", Packed(stream => new GZipStream(stream, CompressionLevel.Optimal)));
            Write("assets/only-2.css.br", Packed(stream => new BrotliStream(stream, CompressionLevel.Optimal)));
            Write("assets/only-2.css.gz", Packed(stream => new GZipStream(stream, CompressionLevel.Optimal)));
            return TestApp.StartAsync(options => options.Dashboard = DashboardFiles.FromFolder(Folder));
        }

        private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, name), bytes);

        private static byte[] Packed(Func<Stream, Stream> pack)
        {
            var packed = new MemoryStream();
            using (var stream = pack(packed)) stream.Write(Encoding.UTF8.GetBytes(Script));
            return packed.ToArray();
        }
    }
}
