using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>What an index cannot hold is told at its field (an index of PostgreSQL holds 2,700 bytes, after compression).</summary>
public sealed class LargeValueTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_value_too_long_for_its_index()
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse("""{"name":"long","fields":[{"name":"t","type":"text","max":100000}],"indexes":["CREATE INDEX idx_long ON long (t)"]}"""), shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var text = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(2_500));
        var answer = await shared.App.SendAsync("POST", "/api/collections/long/records", new { t = text }, shared.Root);
        if (!TestEngine.IsPostgres)
        {
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            return;
        }
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Body.GetProperty("data").GetProperty("t").GetProperty("code").GetString().ShouldBe("validation_value_too_large");
    }
}
