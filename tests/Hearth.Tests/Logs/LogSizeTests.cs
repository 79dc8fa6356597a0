using System.Net;
using System.Text;
using Hearth.Hosting;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Logs;

/// <summary>What guests send cannot fill the log.</summary>
public sealed class LogSizeTests : IAsyncLifetime
{
    private TestApp app = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync();
        root = await app.SuperuserTokenAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task What_a_client_sends_is_cut()
    {
        await AskAsync("cut", 6_000, 12_000);
        var entry = await FindAsync("cut");
        var data = entry.GetProperty("data");
        (data.GetProperty("url").GetString()!.Length, data.GetProperty("referer").GetString()!.Length, data.GetProperty("userAgent").GetString()!.Length).ShouldBe((2000, 2000, 500));
        data.GetProperty("__pb_truncated__").GetBoolean().ShouldBeTrue();
        entry.GetProperty("message").GetString()!.Length.ShouldBe("GET ".Length + 2000);

        await AskAsync("whole", 100, 100);
        (await FindAsync("whole")).GetProperty("data").TryGetProperty("__pb_truncated__", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_data_of_an_entry_is_no_longer_than_the_setting_says()
    {
        await SetAsync(new { logs = new { maxDataSize = 900 } });
        await AskAsync("small", 3_000, 3_000);
        var data = (await FindAsync("small")).GetProperty("data");
        Encoding.UTF8.GetByteCount(data.GetRawText()).ShouldBeLessThanOrEqualTo(900);
        data.GetProperty("__pb_truncated__").GetBoolean().ShouldBeTrue();
        data.GetProperty("status").GetInt32().ShouldBe(404);
        await SetAsync(new { logs = new { maxDataSize = 0 } });
        var refused = await app.SendAsync("PATCH", "/api/settings", new { logs = new { maxDataSize = -1, maxTotalSize = -1 } }, root);
        (refused.Status, refused.Text.Contains("maxDataSize") && refused.Text.Contains("maxTotalSize")).ShouldBe((HttpStatusCode.BadRequest, true));
    }

    [Fact]
    public async Task All_entries_are_no_more_than_the_setting_says_and_the_oldest_go_first()
    {
        const long most = 1_000_000;
        await SetAsync(new { logs = new { maxTotalSize = most } });
        for (var n = 0; n < 8; n++) await Task.WhenAll(Enumerable.Range(0, 40).Select(i => AskAsync($"many{n}x{i}", 3_000, 3_000)));
        // An entry comes after its answer.
        for (var began = Environment.TickCount64; await CountAsync("many7x") < 40 && Environment.TickCount64 - began < 10_000;) await Task.Delay(20);
        var size = await SizeAsync();
        size.ShouldBeInRange(most / 4, most + most / 8);
        (await CountAsync("many0x")).ShouldBe(0);
        (await CountAsync("many7x")).ShouldBe(40);
    }

    [Theory]
    [InlineData("Max open files            256                  256                  files     ", 90, 76L)]
    [InlineData("Max open files            100                  100                  files     ", 90, 8L)]
    [InlineData("Max open files            4096                 524288               files     ", 100, 2949L)]
    [InlineData("Max open files            524288               524288               files     ", 100, null)]
    [InlineData("Max open files            unlimited            unlimited            files     ", 100, null)]
    [InlineData("Max processes             10                   10                   processes ", 100, null)]
    public void Connections_are_fewer_than_the_files_that_may_be_open(string limits, int open, long? most) => OpenFiles.Of(["Limit                     Soft Limit", limits], open).ShouldBe(most);

    private async Task AskAsync(string mark, int url, int header)
    {
        var answer = await app.SendAsync("GET", $"/api/nothing?{mark}={Some(url)}", null, null, ("User-Agent", Some(header)), ("Referer", "http://example.com/" + Some(header)));
        answer.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    // What a database cannot make shorter.
    private static string Some(int length) => Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes((length + 1) / 2));

    private async Task SetAsync(object settings) => (await app.SendAsync("PATCH", "/api/settings", settings, root)).Status.ShouldBe(HttpStatusCode.OK);

    private async Task<System.Text.Json.JsonElement> FindAsync(string mark) =>
        (await app.GetAsync($"/api/logs?filter={Uri.EscapeDataString($"message ~ '{mark}'")}", root)).Body.GetProperty("items")[0];

    private async Task<int> CountAsync(string mark) =>
        (await app.GetAsync($"/api/logs?perPage=1&filter={Uri.EscapeDataString($"message ~ '{mark}'")}", root)).Body.GetProperty("totalItems").GetInt32();

    private async Task<long> SizeAsync()
    {
        var total = 0L;
        for (var page = 1; ; page++)
        {
            var items = (await app.GetAsync($"/api/logs?perPage=500&page={page}", root)).Body.GetProperty("items").EnumerateArray().ToList();
            if (items.Count == 0) return total;
            total += items.Sum(static item => Encoding.UTF8.GetByteCount(item.GetProperty("message").GetString()!) + Encoding.UTF8.GetByteCount(item.GetProperty("data").GetRawText()));
        }
    }
}
