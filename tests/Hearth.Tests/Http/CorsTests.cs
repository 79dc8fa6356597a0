using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

[RunsOnce]
public sealed class CorsTests(SharedApp shared, CorsTests.Choosy choosy) : IClassFixture<SharedApp>, IClassFixture<CorsTests.Choosy>
{
    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/nope/at/all")]
    [InlineData("/")]
    public async Task Options_is_204_for_any_path(string path)
    {
        var app = shared.App;
        var answer = await app.SendAsync("OPTIONS", path, headers: [("Origin", "http://a.example"), ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "authorization,x-trace")]);
        answer.Status.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        answer.Headers.GetValues("Access-Control-Allow-Methods").ShouldBe(["GET,HEAD,PUT,PATCH,POST,DELETE"]);
        answer.Headers.GetValues("Access-Control-Allow-Headers").ShouldBe(["authorization,x-trace"]);
        answer.Headers.Contains("Access-Control-Max-Age").ShouldBeFalse();
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        answer.Headers.Vary.ShouldContain("Origin");
    }

    [Theory]
    [InlineData("https://shop.example", "https://shop.example")]
    [InlineData("https://a.sub.example", "https://a.sub.example")]
    [InlineData("https://sub.example", null)]
    [InlineData("http://localhost:5173", "http://localhost:5173")]
    [InlineData("https://evil.example", null)]
    [InlineData("https://shop.example.evil.example", null)]
    [InlineData("null", null)]
    public async Task Only_listed_origins_are_let_in(string origin, string? allowed)
    {
        var app = choosy.App;
        var simple = await app.SendAsync("GET", "/api/health", headers: ("Origin", origin));
        simple.Status.ShouldBe(HttpStatusCode.OK);
        (simple.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null).ShouldBe(allowed);
        simple.Headers.Vary.ShouldContain("Origin");
        var preflight = await app.SendAsync("OPTIONS", "/api/health", headers: [("Origin", origin), ("Access-Control-Request-Headers", "x")]);
        preflight.Status.ShouldBe(HttpStatusCode.NoContent);
        preflight.Headers.Contains("Access-Control-Allow-Headers").ShouldBe(allowed is not null);
    }

    [Fact]
    public async Task Without_an_origin_nothing_is_said()
    {
        var app = shared.App;
        (await app.GetAsync("/api/health")).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    /// <summary>An app that lets only some pages call it.</summary>
    public sealed class Choosy : SharedApp
    {
        protected override Task<TestApp> StartAsync() => TestApp.StartAsync(options =>
        {
            options.Origins.Add("https://shop.example");
            options.Origins.Add("https://*.sub.example");
            options.Origins.Add("http://localhost:????");
        });
    }
}
