using System.Net;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

[RunsOnce]
public sealed class PublicFilesTests(PublicFilesTests.Site site) : IClassFixture<PublicFilesTests.Site>
{
    private readonly TestApp app = site.App;

    [Theory]
    [InlineData("/", "root page", "text/html")]
    [InlineData("/app.js", "0123456789", "text/javascript")]
    [InlineData("/docs/", "docs page", "text/html")]
    [InlineData("/some/view?x=1", "root page", "text/html")]
    [InlineData("/empty/", "root page", "text/html")]
    [InlineData("/a%20b%20%C3%A4.unknown", "odd", "application/octet-stream")]
    [InlineData("/.well-known/x.txt", "well known", "text/plain")]
    public async Task Files_and_the_root_page_are_served(string path, string text, string type)
    {
        var answer = await app.GetAsync(path);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Text.ShouldBe(text);
        answer.ContentHeaders.ContentType!.MediaType.ShouldBe(type);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Theory]
    [InlineData("/index.html", "/")]
    [InlineData("/docs/index.html?x=1", "/docs/?x=1")]
    [InlineData("/docs", "/docs/")]
    [InlineData("/docs?x=1", "/docs/?x=1")]
    [InlineData("/app.js/", "/app.js")]
    public async Task There_is_one_address_for_each_file(string path, string target)
    {
        var answer = await app.GetAsync(path);
        answer.Status.ShouldBe(HttpStatusCode.MovedPermanently);
        answer.Headers.Location!.OriginalString.ShouldBe(target);
    }

    [Fact]
    public async Task Ranges_and_conditions_are_known()
    {
        var part = await app.SendAsync("GET", "/app.js", headers: ("Range", "bytes=2-4"));
        part.Status.ShouldBe(HttpStatusCode.PartialContent);
        part.Text.ShouldBe("234");
        var tag = (await app.GetAsync("/app.js")).Headers.ETag!.ToString();
        (await app.SendAsync("GET", "/app.js", headers: ("If-None-Match", tag))).Status.ShouldBe(HttpStatusCode.NotModified);
        (await app.SendAsync("HEAD", "/app.js")).ContentHeaders.ContentLength.ShouldBe(10);
    }

    // Sent as raw bytes: clients clean paths before they send them.
    [Theory]
    [InlineData("/../secret.txt", 301)]
    [InlineData("/docs/../app.js", 301)]
    [InlineData("/./app.js", 301)]
    [InlineData("/%2e%2e/secret.txt", 301)]
    [InlineData("//docs//", 301)]
    [InlineData("//evil.example/%2e%2e", 301)]
    [InlineData("/..%2fsecret.txt", 404)]
    [InlineData("/docs/..%2f..%2fsecret.txt", 404)]
    [InlineData("/..%5csecret.txt", 404)]
    [InlineData("/..\\secret.txt", 404)]
    [InlineData("/%252e%252e/secret.txt", 404)]
    [InlineData("/.env", 404)]
    [InlineData("/docs/.git/config", 404)]
    [InlineData("/app.js%00.html", 400)]
    [InlineData("/c:/windows/win.ini", 404)]
    [InlineData("/app.js::$DATA", 404)]
    public async Task Tricks_with_paths_lead_nowhere(string path, int status)
    {
        var raw = await RawAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        raw.ShouldStartWith($"HTTP/1.1 {status} ");
        raw.ShouldNotContain("secret\n");
        raw.ShouldNotContain("Location: //");
        raw.ShouldNotContain("Location: http");
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_there()
    {
        await using var bare = await TestApp.StartAsync();
        var answer = await bare.GetAsync("/");
        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Message.ShouldBe("File not found.");
    }

    [Fact]
    public async Task The_setup_page_is_there_and_keeps_to_itself()
    {
        var page = await app.GetAsync("/_/");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("Create the first superuser");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        (await app.GetAsync("/_")).Headers.Location!.OriginalString.ShouldBe("/_/");
    }

    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(app.Url).Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>An app with files beside it.</summary>
    public sealed class Site : SharedApp
    {
        private readonly string folder = Directory.CreateTempSubdirectory("hearth-public-").FullName;

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }

        protected override async Task<TestApp> StartAsync()
        {
            var site = Path.Combine(folder, "site");
            Directory.CreateDirectory(Path.Combine(site, "docs"));
            Directory.CreateDirectory(Path.Combine(site, "empty"));
            Directory.CreateDirectory(Path.Combine(site, ".well-known"));
            await File.WriteAllTextAsync(Path.Combine(folder, "secret.txt"), "secret");
            await File.WriteAllTextAsync(Path.Combine(site, "index.html"), "root page");
            await File.WriteAllTextAsync(Path.Combine(site, "app.js"), "0123456789");
            await File.WriteAllTextAsync(Path.Combine(site, ".env"), "secret");
            await File.WriteAllTextAsync(Path.Combine(site, ".well-known", "x.txt"), "well known");
            await File.WriteAllTextAsync(Path.Combine(site, "docs", "index.html"), "docs page");
            await File.WriteAllTextAsync(Path.Combine(site, "a b ä.unknown"), "odd");
            return await TestApp.StartAsync(options => options.PublicDirectory = site);
        }
    }
}
