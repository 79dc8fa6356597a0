using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearth.Http;
using Hearth.Http.Output;
using Hearth.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Attacks;

/// <summary>What one client does keeps neither readers nor the writer from others.</summary>
public sealed class HeldTests(HeldApp app) : IClassFixture<HeldApp>
{
    private const string List = "/api/collections/walls/records";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Clients_that_do_not_read_their_answers_hold_no_session()
    {
        var stalled = new List<Socket>();
        try
        {
            for (var i = 0; i < app.Server.App.Engine.Sessions + 2; i++) stalled.Add(await app.AskAndStallAsync($"{List}?perPage=1000&skipTotal=1&sort=-n"));
            var asked = Stopwatch.StartNew();
            (await app.Server.GetAsync($"{List}?perPage=1")).Status.ShouldBe(HttpStatusCode.OK);
            (await app.Server.SendAsync("POST", List, new { n = -1 })).Status.ShouldBe(HttpStatusCode.OK);
            asked.Elapsed.ShouldBeLessThan(Soon);
            await UntilAsync(() => app.Server.App.Engine.OpenReads == 0);
        }
        finally
        {
            foreach (var socket in stalled) socket.Dispose();
        }
    }

    [Theory]
    [InlineData("walls", "-n")]
    [InlineData("walls", "n")]
    [InlineData("wallviews", "-n")]
    public async Task A_page_that_is_read_in_pieces_is_whole_and_in_order(string collection, string sort)
    {
        var answer = await app.Server.GetAsync($"/api/collections/{collection}/records?perPage=1000&sort={sort}&filter=n>=0", app.Root);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        var body = answer.Body;
        body.GetProperty("totalItems").GetInt32().ShouldBe(HeldApp.Rows);
        var numbers = body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("n").GetInt32()).ToList();
        var expected = Enumerable.Range(0, HeldApp.Rows);
        numbers.ShouldBe(sort == "n" ? expected : expected.Reverse());
    }

    [Fact]
    public async Task Where_rows_are_large_the_database_reads_none_that_is_left_for_later()
    {
        const string Page = $"{List}?perPage=1000&skipTotal=1&sort=n&filter=n>=0";
        (await app.Server.GetAsync(Page)).Status.ShouldBe(HttpStatusCode.OK);
        var answer = await app.Server.SendAsync("GET", Page, null, app.Root, ("X-Hearth-Journey", "1"));
        answer.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("n").GetInt32()).ShouldBe(Enumerable.Range(0, HeldApp.Rows));
        var entry = $"/api/logs/{answer.Headers.GetValues("X-Hearth-Journey").Single()}";
        Answer log;
        for (var waited = Stopwatch.StartNew(); (log = await app.Server.GetAsync(entry, app.Root)).Status != HttpStatusCode.OK; await Task.Delay(5)) waited.Elapsed.ShouldBeLessThan(Soon);
        var texts = log.Body.GetProperty("data").GetProperty("journey").GetProperty("steps").EnumerateArray()
            .Where(step => step.TryGetProperty("sql", out var sql) && sql.GetString()!.Contains("\"text\"")).Sum(step => step.GetProperty("rows").GetInt32());
        texts.ShouldBeInRange(HeldApp.Rows, HeldApp.Rows + 50);
    }

    [Fact]
    public async Task No_route_keeps_a_session_while_its_answer_is_sent()
    {
        var parts = app.Server.App.Parts;
        var pipeline = new RequestPipeline(parts, app.Server.App.Callers, new OriginList([]), new CrashGuard(NullLogger.Instance));
        var id = (await app.Server.GetAsync($"{List}?perPage=1&fields=id")).Body.GetProperty("items")[0].GetProperty("id").GetString()!;
        var held = new List<string>();
        var seen = 0;
        foreach (var route in app.Server.App.Routes.Where(route => (route.Method == "GET" && !route.Path.Contains("realtime")) || route.Path == "/api/sql"))
        {
            var path = route.Path.Replace("{collection}", "walls").Replace("{id}", id);
            var http = new DefaultHttpContext { RequestServices = app.Server.Services };
            (http.Request.Method, http.Request.Path) = (route.Method, path);
            (http.Request.RouteValues["collection"], http.Request.RouteValues["id"]) = ("walls", id);
            http.Request.Headers.Authorization = app.Root;
            if (route.Method == "POST")
            {
                http.Request.Body = new MemoryStream("""{"query":"SELECT id, text FROM walls LIMIT 100"}"""u8.ToArray());
                (http.Request.ContentType, http.Request.ContentLength) = ("application/json", http.Request.Body.Length);
            }
            var wasHeld = false;
            http.Response.Body = new WatchedStream(async () =>
            {
                seen++;
                wasHeld |= !await IsSoonAsync(() => app.Server.App.Engine.OpenReads == 0, TimeSpan.FromSeconds(2));
            });
            await pipeline.RunAsync(http, route);
            if (wasHeld) held.Add($"{route.Method} {route.Path}");
        }
        held.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task Costly_filters_of_one_client_end_soon_and_others_are_served()
    {
        // Looks through 10 MB more than a hundred times before it knows which is the first.
        var filter = string.Join(" && ", Enumerable.Range(0, 130).Select(i => $"text !~ '%жa{i}%'"));
        var costly = Enumerable.Range(0, 3).Select(_ => app.Server.GetAsync($"{List}?skipTotal=1&perPage=1&sort=-n&filter={Uri.EscapeDataString(filter)}")).ToList();
        using var other = app.ClientAt("127.0.0.2");
        var id = "";
        while (!costly.TrueForAll(task => task.IsCompleted))
        {
            var asked = Stopwatch.StartNew();
            using var listed = await other.GetAsync($"{List}?perPage=1&sort=n");
            listed.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var created = await other.PostAsync(List, new StringContent("""{"n":-1}""", Encoding.UTF8, "application/json"));
            created.StatusCode.ShouldBe(HttpStatusCode.OK);
            if (id.Length == 0) id = System.Text.Json.JsonElement.Parse(await created.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
            using var viewed = await other.GetAsync($"{List}/{id}?fields=id");
            viewed.StatusCode.ShouldBe(HttpStatusCode.OK);
            asked.Elapsed.ShouldBeLessThan(Soon);
            await Task.Delay(20);
        }
        var answers = await Task.WhenAll(costly);
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.BadRequest || answer.Status == HttpStatusCode.TooManyRequests);
        answers.Where(answer => answer.Status == HttpStatusCode.BadRequest).ShouldNotBeEmpty();
        answers.ShouldAllBe(answer => answer.Message.Contains("takes too long") || answer.Message.Contains("Too many searches"));
    }

    [Fact]
    public void Who_reads_nothing_is_given_only_so_much()
    {
        var unsent = new UnsentAnswers();
        var (greedy, other) = (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"));
        unsent.TryAdd(greedy, 1L << 40).ShouldBeTrue("one may always wait");
        unsent.TryAdd(greedy, UnsentAnswers.Least).ShouldBeFalse();
        unsent.TryAdd(other, UnsentAnswers.Least).ShouldBeFalse("all together let too much wait");
        unsent.Remove(greedy, 1L << 40);
        unsent.TryAdd(other, UnsentAnswers.Least).ShouldBeTrue();
        unsent.TryAdd(greedy, UnsentAnswers.Least).ShouldBeTrue();
        unsent.TryAdd(greedy, UnsentAnswers.Least).ShouldBeTrue();
    }

    private static async Task UntilAsync(Func<bool> condition) => (await IsSoonAsync(condition, Soon)).ShouldBeTrue();

    private static async Task<bool> IsSoonAsync(Func<bool> condition, TimeSpan patience)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience; await Task.Delay(5))
        {
            if (condition()) return true;
        }
        return condition();
    }

    private sealed class WatchedStream(Func<Task> writing) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await writing();

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => writing();
    }
}
