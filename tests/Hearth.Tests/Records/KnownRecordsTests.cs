using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.Data;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Answers to "get one record" are remembered, and never older than the last acknowledged write.</summary>
public sealed class KnownRecordsTests
{
    private const string Path = "/api/collections/counters/records";

    [Fact]
    public async Task No_answer_is_older_than_an_acknowledged_write_before_it()
    {
        await using var app = await StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Add((await Json(await app.Client.PostAsJsonAsync(Path, new { n = 0 }))).GetProperty("id").GetString()!); // a record has an id
        var acknowledged = new long[ids.Count];
        var reads = 0;
        using var ended = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        var writers = ids.Select((id, at) => Task.Run(async () =>
        {
            for (var n = 1; !ended.IsCancellationRequested; n++)
            {
                using var answer = await app.Client.PatchAsJsonAsync($"{Path}/{id}", new { n });
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                Volatile.Write(ref acknowledged[at], n);
            }
        }));
        var readers = Enumerable.Range(0, 6).Select(reader => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                var at = (reader + Interlocked.Increment(ref reads)) % ids.Count;
                var least = Volatile.Read(ref acknowledged[at]);
                (await Json(await app.Client.GetAsync($"{Path}/{ids[at]}"))).GetProperty("n").GetInt64().ShouldBeGreaterThanOrEqualTo(least);
            }
        }));
        await Task.WhenAll([.. writers, .. readers]);

        acknowledged.Min().ShouldBeGreaterThan(5);
        reads.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_removed_record_is_gone_and_a_changed_one_has_another_tag()
    {
        await using var app = await StartAsync();
        var id = (await Json(await app.Client.PostAsJsonAsync(Path, new { n = 1 }))).GetProperty("id").GetString();
        var (first, second) = (await app.Client.GetAsync($"{Path}/{id}"), await app.Client.GetAsync($"{Path}/{id}"));
        second.Headers.ETag.ShouldBe(first.Headers.ETag);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        await app.Client.PatchAsJsonAsync($"{Path}/{id}", new { n = 2 });
        (await app.Client.GetAsync($"{Path}/{id}")).Headers.ETag.ShouldNotBe(first.Headers.ETag);
        await app.Client.DeleteAsync($"{Path}/{id}");
        (await app.Client.GetAsync($"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void A_row_is_not_known_while_it_is_committed_and_counts_on_afterwards()
    {
        var clock = new RowClock();
        var (mine, before) = (RowClock.StripeOf("a"), clock.Read("a"));
        clock.Begin(mine);
        clock.Begin(mine); // a row may be changed twice in one group
        clock.Read("a").ShouldBe(RowClock.Changing);
        clock.End(mine);
        clock.End(mine);
        clock.Read("a").ShouldBeGreaterThan(before);
        var after = clock.Read("a");
        clock.BeginAll();
        clock.Read("a").ShouldBe(RowClock.Changing);
        clock.EndAll();
        clock.Read("a").ShouldBeGreaterThan(after);
    }

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/collections")
        {
            Content = JsonContent.Create(new
            {
                name = "counters", type = "base", listRule = "", viewRule = "", createRule = "", updateRule = "", deleteRule = "",
                fields = new[] { new { name = "n", type = "number" } },
            }),
        };
        request.Headers.Add("Authorization", await app.SuperuserTokenAsync());
        (await app.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        return app;
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
