using System.Net;
using System.Text.Json;
using Hearth.Features.Accounts.OAuth2;
using Hearth.Features.Accounts.OAuth2.Providers;
using Hearth.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>The picture of somebody who signs up: taken when it can be, otherwise left out, and never from this server's own network.</summary>
public sealed class PictureTests : IAsyncLifetime
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private static readonly FileField Field = new() { Name = "avatar", MimeTypes = ["image/png"], MaxSize = 1000 };
    private WebApplication service = null!; // started before each test
    private int asked;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        service = builder.Build();
        service.Run(async http =>
        {
            Interlocked.Increment(ref asked);
            if (http.Request.Path == "/moved") http.Response.Redirect("/ann.png");
            else if (http.Request.Path == "/missing") http.Response.StatusCode = 404;
            else if (http.Request.Path == "/large") await http.Response.Body.WriteAsync((byte[])[.. Png, .. new byte[1000]]);
            else await http.Response.Body.WriteAsync(http.Request.Path == "/text.png" ? "<html>"u8.ToArray() : Png);
        });
        await service.StartAsync();
    }

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task It_becomes_the_file_of_the_new_account()
    {
        await using var app = await TestApp.StartAsync();
        using var pictures = new PictureDownload(_ => true);
        var users = app.App.Schema.Find("users")!;
        var arrival = new Arrival("oidc", new Person("1") { Raw = default, Grant = new TokenGrant("", default), Email = "ann@example.com", Name = "Ann", AvatarUrl = service.Urls.First() + "/moved" }, new Dictionary<string, JsonElement>());
        var data = await SignUpData.CompleteAsync(app.App.Engine, users, arrival, pictures, default);
        var made = await app.App.Records.CreateAsync(app.App.Schema, users, data, Hearth.Planning.RequestFacts.None);
        var name = made.Value.GetText("avatar");
        name.ShouldEndWith(".png");
        (await app.App.Setup.Blobs.Files.FindAsync($"{users.Id}/{made.Value.Id}/{name}", default)).ShouldNotBeNull().ContentType.ShouldBe("image/png");
    }

    [Theory]
    [InlineData("/missing")]
    [InlineData("/large")]
    [InlineData("/text.png")]
    public async Task One_that_the_field_does_not_take_is_none(string path)
    {
        using var pictures = new PictureDownload(_ => true);
        (await pictures.FindAsync(Field, service.Urls.First() + path, default)).ShouldBeNull();
        (await pictures.FindAsync(Field, service.Urls.First() + "/ann.png", default)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://127.0.0.1:1/nobody")]
    [InlineData("http://user:word@127.0.0.1/")]
    [InlineData("")]
    public async Task An_address_that_leads_nowhere_is_none(string url)
    {
        using var pictures = new PictureDownload(_ => true);
        (await pictures.FindAsync(Field, url, default)).ShouldBeNull();
    }

    [Fact]
    public async Task This_servers_own_network_is_never_asked()
    {
        using var pictures = new PictureDownload();
        foreach (var host in (string[])["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433"])
        {
            (await pictures.FindAsync(Field, $"http://{host}:{new Uri(service.Urls.First()).Port}/ann.png", default)).ShouldBeNull();
        }
        asked.ShouldBe(0);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    public void Addresses_are_public_or_not(string address, bool isPublic) => PublicAddresses.Contain(IPAddress.Parse(address)).ShouldBe(isPublic);
}
