using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>Several who bring the same new record at the same moment: one makes it, the others change it.</summary>
public sealed class UpsertTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Upserts_of_one_new_id_all_succeed()
    {
        (await shared.App.SendAsync("PATCH", "/api/settings", new { batch = new { enabled = true, maxRequests = 10, timeout = 30 } }, shared.Root)).Status.ShouldBe(HttpStatusCode.OK);
        (await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse("""{"name":"counted","fields":[{"name":"n","type":"number"}]}"""), shared.Root)).Status.ShouldBe(HttpStatusCode.OK);
        for (var round = 0; round < 5; round++)
        {
            var id = $"upsert000000{round:d3}";
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => shared.App.SendAsync(
                "POST", "/api/batch", new { requests = new[] { new { method = "PUT", url = "/api/collections/counted/records", body = new { id, n } } } }, shared.Root)));
            answers.Select(answer => answer.Status).ShouldAllBe(status => status == HttpStatusCode.OK, answers.FirstOrDefault(answer => answer.Status != HttpStatusCode.OK)?.Text);
        }
        (await shared.App.GetAsync("/api/collections/counted/records", shared.Root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(5);
    }
}
