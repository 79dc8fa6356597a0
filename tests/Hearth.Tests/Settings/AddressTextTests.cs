using System.Net;
using System.Text.Json;
using Hearth.Resources.Settings;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Settings;

/// <summary>One strict reader of addresses, for settings and headers.</summary>
public sealed class AddressTextTests(AddressTextTests.Place place) : IClassFixture<AddressTextTests.Place>
{
    [Theory]
    [InlineData("010.0.0.1")]
    [InlineData("01.2.3.4")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0x1.2.3.4")]
    [InlineData("1.2.3")]
    [InlineData("1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.")]
    [InlineData("+1.2.3.4")]
    [InlineData("１.2.3.4")]
    [InlineData(" 10.0.0.1")]
    [InlineData("10.0.0.1 ")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("1.2.3.4:80")]
    [InlineData("fe80::1%1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("1::2::3")]
    [InlineData("::01.2.3.4")]
    [InlineData("::0x1.2.3.4")]
    [InlineData("::1.2.3")]
    [InlineData("00000::1")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("g::1")]
    [InlineData("localhost")]
    [InlineData("")]
    public async Task Is_none(string text)
    {
        AddressText.Read(text).ShouldBeNull();
        AddressText.ReadNetwork(text).ShouldBeNull();
        (await place.ExcludeAsync(text)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/8 ")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("010.0.0.0/8")]
    [InlineData("::1/129")]
    [InlineData("/8")]
    public async Task Is_no_network(string text)
    {
        AddressText.ReadNetwork(text).ShouldBeNull();
        (await place.ExcludeAsync(text)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("10.0.0.5/8", "10.0.0.0/8")]
    [InlineData("::1", "::1/128")]
    [InlineData("::/0", "::/0")]
    [InlineData("2001:db8::7/32", "2001:db8::/32")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1/32")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    [InlineData("::FFFF:a00:1", "10.0.0.1/32")]
    [InlineData("::1.2.3.4", "::102:304/128")]
    public async Task Is_one(string text, string network)
    {
        AddressText.ReadNetwork(text).ShouldBe(IPNetwork.Parse(network));
        (await place.ExcludeAsync(text)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("01.2.3.4", null)]
    [InlineData("0x1.2.3.4", null)]
    [InlineData("[::1]:80", null)]
    [InlineData("203.0.113.7:443", null)]
    [InlineData("203.0.113.7, 010.0.0.1", "203.0.113.7")]
    [InlineData("203.0.113.7 , 203.0.113.8", "203.0.113.8")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    public async Task A_header_is_read_in_the_same_way(string header, string? told)
    {
        var health = await place.App.SendAsync("GET", "/api/health", null, place.Root, ("X-Client", header));
        health.Body.GetProperty("data").GetProperty("realIP").GetString().ShouldBe(told ?? "127.0.0.1");
    }

    public sealed class Place : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public string Root { get; private set; } = "";

        public async Task InitializeAsync()
        {
            App = await TestApp.StartAsync();
            Root = await App.SuperuserTokenAsync();
            await App.SendAsync("PATCH", "/api/settings", JsonElement.Parse("""{"trustedProxy":{"headers":["X-Client"]}}"""), Root);
        }

        public async Task DisposeAsync() => await App.DisposeAsync();

        public Task<Answer> ExcludeAsync(string text) => App.SendAsync("PATCH", "/api/settings", new { rateLimits = new { excludedIPs = new[] { text } } }, Root);
    }
}
