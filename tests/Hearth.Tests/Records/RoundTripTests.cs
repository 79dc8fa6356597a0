using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Whatever is sent to a field of any type: what the answer shows is what is stored, and sending that again changes nothing.</summary>
public sealed class RoundTripTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private static readonly string[] Awkward =
    [
        "\"\"", "\"x\"", "\"[\\\"a\\\"]\"", "\"[\"", "\"{}\"", "\"null\"", "\"12.50\"", "\"-0\"", "\"2024-02-30\"", "\"2024-02-29T10:00:00+02:00\"", "\"\\u0000\\uD83D\\uDE00 é\"",
        "\"\\ud800\"", "0", "-0.0", "1e300", "1e400", "12345678901234567890", "0.1", "1.50", "true", "false", "null", "[]", "[\"a\",\"b\",\"a\",\"\"]", "[1,null,{\"a\":1}]", "[[1]]",
        "{}", "{\"lon\":200,\"lat\":1}", "{\"lon\":\"23.5\",\"lat\":42}", "{\"a\":{\"b\":[1,2.50,\"\\u0001\"]}}", "\"a@example.com\"", "\"https://example.com/x?y=1\"", "\"b\"",
        new string('[', 200) + new string(']', 200), "\"" + new string('[', 100) + new string(']', 100) + "\"",
    ];

    private Blog blog = null!;

    public async Task InitializeAsync()
    {
        blog = await Blog.BeginAsync(shared);
        var answer = await blog.Server.SendAsync("POST", "/api/collections", """
            {"name":"all","type":"base","listRule":"","viewRule":"","createRule":"","updateRule":"","fields":[
              {"name":"t","type":"text"},{"name":"e","type":"editor"},{"name":"n","type":"number"},{"name":"b","type":"bool"},{"name":"m","type":"email"},
              {"name":"u","type":"url"},{"name":"d","type":"date"},{"name":"s","type":"select","maxSelect":1,"values":["a","b"]},
              {"name":"ss","type":"select","maxSelect":2,"values":["a","b"]},{"name":"r","type":"relation","collectionId":"people00000000","maxSelect":1},
              {"name":"rr","type":"relation","collectionId":"people00000000","maxSelect":3},{"name":"j","type":"json"},{"name":"g","type":"geoPoint"},
              {"name":"f","type":"file","maxSelect":1},{"name":"ff","type":"file","maxSelect":2},{"name":"p","type":"password"}]}
            """.AsJson(), blog.Root);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Every_type_takes_or_refuses_every_value_and_keeps_what_it_took()
    {
        var taken = 0;
        foreach (var field in (string[])["t", "e", "n", "b", "m", "u", "d", "s", "ss", "r", "rr", "j", "g", "f", "ff", "p"])
        {
            foreach (var value in Awkward)
            {
                using var content = new StringContent($$"""{"{{field}}":{{value}}}""", System.Text.Encoding.UTF8, "application/json");
                var created = await blog.Server.SendAsync("POST", "/api/collections/all/records", content);
                var what = $"{field} = {value}: {created.Text}";
                ((int)created.Status).ShouldBeOneOf(200, 400);
                if (created.Status != HttpStatusCode.OK) continue;
                taken++;
                created.Body.GetProperty(field).ValueKind.ShouldNotBe(JsonValueKind.Undefined, what);
                var stored = await blog.SendAsync("GET", $"all/records/{created.Body.Id()}");
                stored.Text.ShouldBe(created.Text, what);
                if (field is "p") continue;
                using var same = new StringContent($$"""{"{{field}}":{{created.Body.GetProperty(field).GetRawText()}}}""", System.Text.Encoding.UTF8, "application/json");
                var again = await blog.Server.SendAsync("PATCH", $"/api/collections/all/records/{created.Body.Id()}", same);
                again.Text.ShouldBe(created.Text, what);
            }
        }
        taken.ShouldBeGreaterThan(200);
    }

    [Fact]
    public async Task A_password_of_a_plain_collection_is_never_read_back()
    {
        var created = await blog.AddAsync("all", new { p = "12345678" });
        created.Text("p").ShouldBe("");
        (await blog.GetAsync("all", created.Id())).Text("p").ShouldBe("");
        var record = await blog.Server.App.Records.FindAsync(blog.Server.App.Schema.Find("all")!, created.Id());
        record!.GetText("p").ShouldStartWith("$");
    }
}
