using System.Net;
using System.Text.Json;
using Hearth.Records;
using Hearth.Tests.Nodes;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Overview;

/// <summary>The picture of the whole back end at work.</summary>
public sealed class OverviewTests : IAsyncLifetime
{
    private readonly SkippingClock clock = new();
    private TestApp app = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync(options => options.Clock = clock, build => build.AddJob("breaks", "0 0 1 1 *", (_, _) => throw new InvalidOperationException("broken")));
        root = await app.SuperuserTokenAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Only_superusers_see_it()
    {
        (await app.GetAsync("/api/overview")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var user = await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        (await app.GetAsync("/api/overview", app.TokenOf(user))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task It_counts_requests_by_second_part_and_outcome_and_forgets_them_after_a_minute()
    {
        for (var i = 0; i < 6; i++) await app.GetAsync("/api/collections/users/records");
        for (var i = 0; i < 4; i++) await app.GetAsync("/api/collections", root);
        await app.GetAsync("/api/nothing");
        clock.Advance(TimeSpan.FromSeconds(2));
        var seen = await ReadAsync();
        var requests = seen.GetProperty("requests");
        requests.GetProperty("count").GetInt32().ShouldBe(11);
        requests.GetProperty("refused").GetInt32().ShouldBe(1);
        requests.GetProperty("failed").GetInt32().ShouldBe(0);
        requests.GetProperty("p50").GetDouble().ShouldBeGreaterThan(0);
        requests.GetProperty("p95").GetDouble().ShouldBeGreaterThanOrEqualTo(requests.GetProperty("p50").GetDouble());
        var seconds = seen.GetProperty("seconds");
        seconds.GetProperty("requests").GetArrayLength().ShouldBe(60);
        seconds.GetProperty("requests").EnumerateArray().Sum(count => count.GetInt32()).ShouldBe(11);
        seconds.GetProperty("failed").GetArrayLength().ShouldBe(60);
        Part(seen, "server").GetProperty("state").GetString().ShouldNotBe("idle");
        Part(seen, "auth").GetProperty("calls").GetInt32().ShouldBe(4);
        Part(seen, "rules").GetProperty("calls").GetInt32().ShouldBe(6);
        Part(seen, "database").GetProperty("calls").GetInt32().ShouldBeGreaterThan(6);
        Part(seen, "database").GetProperty("facts").GetProperty("reads").GetInt32().ShouldBeGreaterThan(6);
        Part(seen, "mail").GetProperty("state").GetString().ShouldBe("idle");
        var node = seen.GetProperty("node");
        node.GetProperty("engine").GetString().ShouldBe(TestEngine.IsPostgres ? "postgres" : "sqlite");
        node.GetProperty("memory").GetInt64().ShouldBeGreaterThan(10 << 20);
        seen.GetProperty("nodes")[0].GetProperty("id").GetString().ShouldBe(node.GetProperty("id").GetString());

        clock.Advance(TimeSpan.FromSeconds(61));
        var later = await ReadAsync();
        // Looking at it is no traffic.
        later.GetProperty("requests").GetProperty("count").GetInt32().ShouldBe(0);
        later.GetProperty("requests").TryGetProperty("p50", out _).ShouldBeFalse();
        Part(later, "server").GetProperty("state").GetString().ShouldBe("idle");
    }

    [Fact]
    public async Task What_fails_and_what_is_slow_is_marked()
    {
        app.App.Records.Events.Listing.Add((ReadEvent _) => throw new InvalidOperationException("broken"), "users");
        for (var i = 0; i < 3; i++) (await app.GetAsync("/api/collections/users/records", root)).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await app.SendAsync("POST", "/api/crons/breaks", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await NodeGroup.UntilAsync(() => app.App.Jobs.LastFailure is not null, TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromSeconds(2));
        var seen = await ReadAsync();
        Part(seen, "server").GetProperty("state").GetString().ShouldBe("failing");
        seen.GetProperty("requests").GetProperty("failed").GetInt32().ShouldBe(3);
        Part(seen, "jobs").GetProperty("state").GetString().ShouldBe("failing");
        Part(seen, "jobs").GetProperty("facts").GetProperty("failed").GetString().ShouldBe("breaks");

        clock.Advance(TimeSpan.FromSeconds(61));
        app.App.Records.Events.Viewing.Add((ReadEvent _) =>
        {
            Thread.Sleep(150);
        }, "users");
        await app.GetAsync("/api/collections/users/records/nobody000000000", root);
        clock.Advance(TimeSpan.FromSeconds(2));
        Part(await ReadAsync(), "server").GetProperty("state").GetString().ShouldBe("slow");
    }

    /// <summary>The clock of the machine, which can leave time out.</summary>
    private sealed class SkippingClock : TimeProvider
    {
        private long skipped;

        public void Advance(TimeSpan time) => Interlocked.Add(ref skipped, time.Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref skipped));

        public override long GetTimestamp() => base.GetTimestamp() + (Interlocked.Read(ref skipped) * (TimestampFrequency / TimeSpan.TicksPerSecond));
    }

    private static JsonElement Part(JsonElement overview, string name) => overview.GetProperty("parts").EnumerateArray().Single(part => part.GetProperty("name").GetString() == name);

    private async Task<JsonElement> ReadAsync()
    {
        var answer = await app.GetAsync("/api/overview", root);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        return answer.Body;
    }
}
