using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Records are read and written while their collection changes under them.</summary>
public sealed class SchemaRaceTests
{
    [Fact]
    public async Task No_request_meets_a_server_error_and_no_acknowledged_record_is_lost()
    {
        await using var blog = await Blog.StartAsync();
        var fields = (await blog.Server.GetAsync("/api/collections/people", blog.Root)).Body.GetProperty("fields").GetRawText();
        var more = fields[..^1] + """,{"name":"extra","type":"number"},{"name":"more","type":"select","maxSelect":2,"values":["a","b"]}]""";
        var kept = new ConcurrentBag<string>();
        var statuses = new ConcurrentBag<HttpStatusCode>();
        using var ended = new CancellationTokenSource();

        var clients = Enumerable.Range(0, 6).Select(client => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                var created = await blog.SendAsync("POST", "people/records", new { name = $"c{client}", extra = 1, more = new[] { "a" } });
                statuses.Add(created.Status);
                if (created.Status != HttpStatusCode.OK) continue;
                kept.Add(created.Body.Id());
                statuses.Add((await blog.SendAsync("PATCH", $"people/records/{created.Body.Id()}", """{"name":"d","extra+":1,"more+":"b"}""")).Status);
                statuses.Add((await blog.SendAsync("GET", "people/records?perPage=5&sort=-name&expand=boss")).Status);
                statuses.Add((await blog.SendAsync("GET", $"people/records/{created.Body.Id()}")).Status);
            }
        })).ToList();
        for (var i = 0; i < 30; i++) await blog.ChangeAsync("people", new { fields = JsonElement.Parse(i % 2 == 0 ? more : fields) });
        ended.Cancel();
        await Task.WhenAll(clients);

        statuses.Where(status => (int)status >= 500).ShouldBeEmpty();
        kept.Count.ShouldBeGreaterThan(20);
        foreach (var id in kept) (await blog.SendAsync("GET", $"people/records/{id}")).Status.ShouldBe(HttpStatusCode.OK);
        var refused = statuses.Count(status => status != HttpStatusCode.OK);
        ((double)refused / statuses.Count).ShouldBeLessThan(0.2, $"{refused} of {statuses.Count}");
    }
}
