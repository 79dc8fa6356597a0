using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

public sealed class PathTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private readonly TestApp app = shared.App;

    [Fact]
    public async Task Health_is_told_to_anyone()
    {
        var answer = await app.GetAsync("/api/health");
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Text.ShouldBe("{\"code\":200,\"message\":\"API is healthy.\",\"data\":{}}\n");
        answer.ContentHeaders.ContentType!.ToString().ShouldBe("application/json");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["SAMEORIGIN"]);
        answer.Headers.GetValues("X-XSS-Protection").ShouldBe(["1; mode=block"]);
        answer.Headers.Vary.ShouldBe(["Origin"]);
    }

    [Fact]
    public async Task Superusers_see_their_address_and_timings()
    {
        var answer = await app.GetAsync("/api/health", await app.SuperuserTokenAsync());
        answer.Body.GetProperty("data").GetProperty("realIP").GetString().ShouldBe("127.0.0.1");
        answer.Headers.GetValues("Server-Timing").Single().ShouldContain("dur=");
    }

    [Theory]
    [InlineData("GET", "/api/nope")]
    [InlineData("POST", "/api/health")]
    [InlineData("DELETE", "/nope")]
    [InlineData("GET", "/api/health/")]
    [InlineData("GET", "/API/health")]
    [InlineData("GET", "/api")]
    public async Task What_is_no_route_is_the_contracts_404(string method, string path)
    {
        var answer = await app.SendAsync(method, path);
        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Text.ShouldBe("{\"data\":{},\"message\":\"The requested resource wasn't found.\",\"status\":404}\n");
    }

    [Fact]
    public async Task Head_has_the_headers_of_get_and_no_body()
    {
        var get = await app.GetAsync("/api/health");
        var head = await app.SendAsync("HEAD", "/api/health");
        head.Status.ShouldBe(HttpStatusCode.OK);
        head.ContentHeaders.ContentLength.ShouldBe(get.ContentHeaders.ContentLength);
        head.Text.ShouldBe("");
        var missing = await app.SendAsync("HEAD", "/api/nope");
        missing.Status.ShouldBe(HttpStatusCode.NotFound);
        missing.Text.ShouldBe("");
    }
}
