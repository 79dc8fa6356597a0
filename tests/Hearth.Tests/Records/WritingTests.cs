using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Create and update: values, modifiers, validation, ids and dates (contract 1.9, 5, 6.3, 6.4).</summary>
public sealed class WritingTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private Blog blog = null!;

    public async Task InitializeAsync() => blog = await Blog.BeginAsync(shared);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_new_record_gets_an_id_generated_texts_dates_and_zero_values()
    {
        var answer = await blog.SendAsync("POST", "posts/records", new { title = "one" });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var post = answer.Body;
        post.Id().ShouldMatch("^[a-z0-9]{15}$");
        post.Text("slug").ShouldMatch("^s-[a-z]{5}$");
        post.Text("created").ShouldMatch(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$");
        post.Text("updated").ShouldBe(post.Text("created"));
        (post.Text("collectionId"), post.Text("collectionName")).ShouldBe(("posts000000000", "posts"));
        post.GetProperty("views").GetRawText().ShouldBe("0");
        post.GetProperty("kinds").GetRawText().ShouldBe("[]");
        post.GetProperty("meta").ValueKind.ShouldBe(JsonValueKind.Null);
        post.TryGetProperty("secret", out _).ShouldBeFalse();
        JsonElement.DeepEquals(post, (await blog.SendAsync("GET", $"posts/records/{post.Id()}")).Body).ShouldBeTrue();
    }

    [Theory]
    [InlineData("views", "5", "{\"views+\":2}", "7")]
    [InlineData("views", "5", "{\"views-\":2}", "3")]
    [InlineData("views", "5", "{\"views\":10,\"views+\":1}", "11")]
    [InlineData("views", "5", "{\"views+\":1,\"views\":10}", "11")]
    [InlineData("kinds", "[\"a\"]", "{\"kinds+\":\"b\"}", "[\"a\",\"b\"]")]
    [InlineData("kinds", "[\"a\"]", "{\"+kinds\":[\"c\",\"b\"]}", "[\"c\",\"b\",\"a\"]")]
    [InlineData("kinds", "[\"a\",\"b\"]", "{\"kinds-\":\"a\"}", "[\"b\"]")]
    [InlineData("kinds", "[\"a\",\"b\"]", "{\"kinds+\":\"a\"}", "[\"a\",\"b\"]")]
    [InlineData("kind", "\"a\"", "{\"kind+\":\"b\"}", "\"b\"")]
    [InlineData("kind", "\"a\"", "{\"kind-\":\"a\"}", "\"\"")]
    [InlineData("title", "\"x\"", "{\"title+\":\"y\"}", "\"x\"")]
    [InlineData("meta", "1", "{\"meta\":{\"a\":[1,null]}}", "{\"a\":[1,null]}")]
    [InlineData("meta", "1", "{\"meta\":\"{\\\"b\\\":2}\"}", "{\"b\":2}")]
    [InlineData("meta", "1", "{\"meta\":1.50}", "1.5")]
    [InlineData("created", "\"\"", "{\"title\":\"z\"}", "same")]
    public async Task A_change_is_applied_to_the_stored_value(string field, string before, string change, string after)
    {
        var post = await blog.AddAsync("posts", $$"""{"title":"t","{{field}}":{{before}}}""".Replace("\"title\":\"t\",\"title\"", "\"title\"", StringComparison.Ordinal));
        var answer = await blog.SendAsync("PATCH", $"posts/records/{post.Id()}", change);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var wanted = after == "same" ? post.GetProperty(field).GetRawText() : after;
        answer.Body.GetProperty(field).GetRawText().ShouldBe(wanted);
        (await blog.GetAsync("posts", post.Id())).GetProperty(field).GetRawText().ShouldBe(wanted);
    }

    [Theory]
    [InlineData("{\"title\":\"t\",\"views\":1e308,\"views+\":1e308}", "views", "validation_not_a_number")]
    [InlineData("{\"meta+\":1,\"meta\":DEEP}", "title", "validation_required")]
    public async Task Rules_see_what_was_sent_before_it_is_checked(string body, string field, string code)
    {
        await blog.ChangeAsync("posts", new { createRule = "@request.body.views != 5" });
        body = body.Replace("DEEP", new string('[', 100) + new string(']', 100), StringComparison.Ordinal);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await blog.Server.SendAsync("POST", "/api/collections/posts/records", content);
        ((int)answer.Status, answer.Code(field)).ShouldBe((400, code), answer.Text);
    }

    [Fact]
    public async Task Autogenerate_takes_a_prefix()
    {
        (await blog.AddAsync("posts", """{"title":"t","slug:autogenerate":"pre-"}""")).Text("slug").ShouldMatch("^pre-s-[a-z]{5}$");
    }

    [Theory]
    [InlineData("posts", "{}", "title", "validation_required")]
    [InlineData("posts", "{\"title\":\"12345678901\"}", "title", "validation_max_text_constraint")]
    [InlineData("posts", "{\"title\":\"t\",\"views\":-1}", "views", "validation_min_number_constraint")]
    [InlineData("posts", "{\"title\":\"t\",\"kinds\":[\"x\"]}", "kinds", "validation_invalid_value")]
    [InlineData("posts", "{\"title\":\"t\",\"kinds\":[\"a\",\"b\",\"c\",\"d\"]}", "kinds", "validation_too_many_values")]
    [InlineData("posts", "{\"title\":\"t\",\"link\":\"nope\"}", "link", "validation_invalid_url")]
    [InlineData("posts", "{\"title\":\"t\",\"author\":\"nobody000000000\"}", "author", "validation_missing_rel_records")]
    [InlineData("posts", "{\"title\":\"t\",\"photo\":\"a.png\"}", "photo", "validation_invalid_file")]
    [InlineData("posts", "{\"title\":\"t\",\"id\":\"short\"}", "id", "validation_min_text_constraint")]
    [InlineData("posts", "{\"title\":\"t\",\"id\":\"ABCDEFGHIJKLMNO\"}", "id", "validation_invalid_format")]
    public async Task What_is_wrong_is_told_by_field(string collection, string body, string field, string code)
    {
        var answer = await blog.SendAsync("POST", $"{collection}/records", body);
        ((int)answer.Status, answer.Message, answer.Code(field)).ShouldBe((400, "Failed to create record.", code), answer.Text);
        (await blog.CountAsync(collection)).ShouldBe(0);
    }

    [Fact]
    public async Task All_faults_are_told_together()
    {
        var answer = await blog.SendAsync("POST", "posts/records", new { views = -1, author = "nobody000000000" });
        answer.Body.GetProperty("data").EnumerateObject().Select(p => p.Name).Order().ShouldBe(["author", "title", "views"]);
    }

    [Fact]
    public async Task A_unique_index_names_every_column_of_it()
    {
        await blog.AddAsync("tags", new { name = "x", weight = 1 });
        var other = await blog.AddAsync("tags", new { name = "x", weight = 2 });
        var created = await blog.SendAsync("POST", "tags/records", new { name = "x", weight = 1 });
        ((int)created.Status, created.Code("name"), created.Code("weight")).ShouldBe((400, "validation_not_unique", "validation_not_unique"), created.Text);
        var updated = await blog.SendAsync("PATCH", $"tags/records/{other.Id()}", new { weight = 1 });
        ((int)updated.Status, updated.Message, updated.Code("name")).ShouldBe((400, "Failed to update record.", "validation_not_unique"), updated.Text);
    }

    [Fact]
    public async Task Ids_are_the_clients_to_choose_once()
    {
        await blog.AddAsync("posts", new { id = "abcdefghij12345", title = "t" });
        (await blog.SendAsync("POST", "posts/records", new { id = "abcdefghij12345", title = "t" })).Code("id").ShouldBe("validation_not_unique");
        (await blog.SendAsync("PATCH", "posts/records/abcdefghij12345", new { id = "other0000000000" })).Code("id").ShouldBe("validation_pk_change");
        (await blog.SendAsync("PATCH", "posts/records/abcdefghij12345", new { id = "abcdefghij12345", title = "u" })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Dates_of_the_server_and_hidden_fields_are_not_the_clients_to_write()
    {
        var post = await blog.AddAsync("posts", """{"title":"t","created":"2001-01-01 00:00:00.000Z","secret":"s"}""");
        post.Text("created").ShouldNotStartWith("2001");
        post.Text("secret").ShouldBe("s");
        (await blog.SendAsync("PATCH", $"posts/records/{post.Id()}", new { secret = "mine", title = "u" })).Status.ShouldBe(HttpStatusCode.OK);
        (await blog.GetAsync("posts", post.Id())).Text("secret").ShouldBe("s");
    }

    [Fact]
    public async Task Every_concurrent_increment_counts_and_sees_its_own_result()
    {
        var post = await blog.AddAsync("posts", new { title = "t" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => blog.SendAsync("PATCH", $"posts/records/{post.Id()}", """{"views+":1}""")));
        answers.ShouldAllBe(a => a.Status == HttpStatusCode.OK);
        answers.Select(a => a.Body.GetProperty("views").GetInt32()).Order().ShouldBe(Enumerable.Range(1, 60));
        (await blog.GetAsync("posts", post.Id())).GetProperty("views").GetInt32().ShouldBe(60);
    }

    [Fact]
    public async Task Unknown_collections_records_and_view_collections()
    {
        (await blog.SendAsync("GET", "nope/records")).Message.ShouldBe("Missing collection context.");
        (await blog.SendAsync("POST", "nope/records", new { })).Message.ShouldBe("Missing or invalid collection context.");
        (await blog.SendAsync("GET", "posts/records/nope")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await blog.SendAsync("PATCH", "posts/records/nope", new { title = "x" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await blog.SendAsync("DELETE", "posts/records/nope")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
