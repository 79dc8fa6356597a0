using System.Collections.Concurrent;
using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

/// <summary>The schema changes while records are read and written: every request is answered by the old or the new schema, never by a crash.</summary>
public sealed class ChangeUnderLoadTests : IAsyncLifetime
{
    private TestApp app = null!;

    public async Task InitializeAsync() => app = await TestApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Records_come_and_go_while_fields_do()
    {
        var token = await app.SuperuserTokenAsync();
        var made = await app.SendAsync("POST", "/api/collections", new { name = "load", fields = new object[] { new { name = "n", type = "number" }, new { name = "s", type = "select", values = new[] { "a", "b" } } } }, token);
        await app.SendAsync("POST", "/api/collections", new { name = "seen", type = "view", viewQuery = "SELECT id, n FROM load" }, token);
        var fields = made.Body.GetProperty("fields").EnumerateArray().Select(f => f.Clone()).ToArray();
        var statuses = new ConcurrentBag<(string, HttpStatusCode, string)>();
        var created = 0;
        using var over = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(client => Task.Run(async () =>
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                var write = await app.SendAsync("POST", "/api/collections/load/records", new { n = i, s = "a", extra = "x" }, token);
                if (write.Status == HttpStatusCode.OK) Interlocked.Increment(ref created);
                statuses.Add(("write", write.Status, write.Text));
                var read = await app.GetAsync(client % 2 == 0 ? "/api/collections/load/records?filter=n%3E0&perPage=5" : "/api/collections/seen/records?perPage=5", token);
                statuses.Add(("read", read.Status, read.Text));
            }
        })).ToArray();
        for (var i = 0; i < 12; i++)
        {
            object select = new { id = fields[2].GetProperty("id").GetString(), name = "s", type = "select", values = new[] { "a", "b" }, maxSelect = i % 3 == 0 ? 2 : 1 };
            object[] now = i % 2 == 0 ? [fields[0], fields[1], select, new { name = "extra", type = "text" }] : [fields[0], fields[1], select];
            (await app.SendAsync("PATCH", "/api/collections/load", new { fields = now }, token)).Status.ShouldBe(HttpStatusCode.OK);
        }
        await over.CancelAsync();
        await Task.WhenAll(clients);
        statuses.Where(s => s.Item2 != HttpStatusCode.OK).Select(s => $"{s.Item1} {(int)s.Item2} {s.Item3}").Distinct().ShouldBeEmpty();
        (await app.GetAsync("/api/collections/load/records?perPage=1", token)).Body.GetProperty("totalItems").GetInt32().ShouldBe(created);
    }
}
