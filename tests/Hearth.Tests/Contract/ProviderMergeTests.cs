using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>A sign-in service that is sent in part keeps what was not sent.</summary>
public sealed class ProviderMergeTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Whole =
        """{"name":"oidc","clientId":"a","clientSecret":"s","authURL":"https://x.org/a","tokenURL":"https://x.org/t","userInfoURL":"https://x.org/u","displayName":"N","pkce":false,"extra":{"issuers":["https://x.org"],"own":{"a":1.50}}}""";

    [Theory]
    [InlineData("changed", """{"name":"oidc","clientId":"c","displayName":"Login"}""", """{"clientId":"c","authURL":"https://x.org/a","tokenURL":"https://x.org/t","userInfoURL":"https://x.org/u","displayName":"Login","pkce":false,"extra":{"issuers":["https://x.org"],"own":{"a":1.50}}}""")]
    [InlineData("named", """{"name":"oidc"}""", """{"clientId":"a","displayName":"N","pkce":false}""")]
    [InlineData("extras", """{"name":"oidc","extra":{"issuers":["https://y.org"],"own":{"b":[1]}}}""", """{"clientId":"a","extra":{"issuers":["https://y.org"],"own":{"a":1.50,"b":[1]}}}""")]
    [InlineData("emptied", """{"name":"oidc","authURL":null,"displayName":"","pkce":null,"extra":null}""", """{"authURL":"","displayName":"","pkce":null,"extra":{},"tokenURL":"https://x.org/t"}""")]
    public async Task What_is_not_sent_stays(string name, string sent, string expected)
    {
        await MakeAsync(name);
        var changed = await shared.App.SendAsync("PATCH", $"/api/collections/{name}", JsonElement.Parse($$$"""{"oauth2":{"providers":[{{{sent}}}]}}"""), shared.Root);
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        var provider = changed.Body.GetProperty("oauth2").GetProperty("providers")[0];
        foreach (var member in JsonElement.Parse(expected).EnumerateObject()) provider.GetProperty(member.Name).GetRawText().ShouldBe(member.Value.GetRawText(), member.Name);
        shared.App.App.Schema.Find(name)!.Auth!.OAuth2.Providers[0].ClientSecret.ShouldBe("s");
    }

    [Fact]
    public async Task What_is_not_in_the_list_goes_and_the_order_is_the_one_sent()
    {
        await MakeAsync("listed");
        await SendAsync("""[{"name":"google","clientId":"g","clientSecret":"gs"},{"name":"oidc"}]""");
        (await SendAsync("""[{"name":"google"}]""")).ShouldBe(["google"]);
        // Gone is gone: it must be told whole again.
        var again = await shared.App.SendAsync("PATCH", "/api/collections/listed", JsonElement.Parse("""{"oauth2":{"providers":[{"name":"oidc"}]}}"""), shared.Root);
        again.Status.ShouldBe(HttpStatusCode.BadRequest);
        again.Body.GetProperty("data").GetProperty("oauth2").GetProperty("providers").GetProperty("0").GetProperty("clientId").GetProperty("code").GetString().ShouldBe("validation_required");

        async Task<string[]> SendAsync(string providers)
        {
            var answer = await shared.App.SendAsync("PATCH", "/api/collections/listed", JsonElement.Parse($$$"""{"oauth2":{"providers":{{{providers}}}}}"""), shared.Root);
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            return [.. answer.Body.GetProperty("oauth2").GetProperty("providers").EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];
        }
    }

    [Fact]
    public async Task An_import_merges_as_well()
    {
        await MakeAsync("imported");
        var body = JsonElement.Parse("""{"collections":[{"name":"imported","type":"auth","fields":[],"oauth2":{"enabled":true,"providers":[{"name":"oidc","clientId":"c"}]}}]}""");
        var answer = await shared.App.SendAsync("PUT", "/api/collections/import", body, shared.Root);
        answer.Status.ShouldBe(HttpStatusCode.NoContent, answer.Text);
        var provider = shared.App.App.Schema.Find("imported")!.Auth!.OAuth2.Providers[0];
        (provider.ClientId, provider.ClientSecret, provider.TokenUrl, provider.ExtraJson).ShouldBe(("c", "s", "https://x.org/t", """{"issuers":["https://x.org"],"own":{"a":1.50}}"""));
    }

    private async Task MakeAsync(string name)
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse($$$"""{"name":"{{{name}}}","type":"auth","oauth2":{"enabled":true,"providers":[{{{Whole}}}]}}"""), shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
    }
}
