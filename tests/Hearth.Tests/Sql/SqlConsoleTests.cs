using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Sql;

public sealed class SqlConsoleTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private TestApp app = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync(async made =>
        {
            (app, root) = (made, await made.SuperuserTokenAsync());
            var fields = new object[] { new { name = "title", type = "text" }, new { name = "count", type = "number" } };
            (await app.SendAsync("POST", "/api/collections", new { name = "posts", type = "base", fields, indexes = new[] { "CREATE INDEX idx_title ON posts (title)" } }, root)).Status.ShouldBe(HttpStatusCode.OK);
        });
        root = await app.SuperuserTokenAsync();
        for (var i = 0; i < 3; i++) await app.CreateAsync("posts", new { id = $"post{i:d11}", title = $"title {i}", count = i });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Reads_give_columns_and_texts()
    {
        var answer = await RunAsync("SELECT id, count, NULL AS missing FROM posts ORDER BY id");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Body.GetProperty("affectedRows").GetInt64().ShouldBe(0);
        answer.Body.GetProperty("execTime").ValueKind.ShouldBe(JsonValueKind.Number);
        answer.Body.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()).ShouldBe(["id", "count", "missing"]);
        answer.Body.GetProperty("rows").GetRawText().Replace(" ", "").ShouldBe("""[["post00000000000","0",null],["post00000000001","1",null],["post00000000002","2",null]]""");
    }

    [Fact]
    public async Task At_most_a_thousand_rows_and_the_last_of_several_statements()
    {
        var many = await RunAsync("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i FROM n");
        many.Body.GetProperty("rows").GetArrayLength().ShouldBe(1000);
        (await RunAsync("SELECT 1 AS a; /* and */ SELECT 2 AS b;;")).Body.GetProperty("columns")[0].GetProperty("name").GetString().ShouldBe("b");
    }

    [Fact]
    public async Task Changes_tell_how_many_rows_and_are_seen_at_once()
    {
        await app.GetAsync("/api/collections/posts/records/post00000000000", root);
        var answer = await RunAsync("update posts set title = 'other' where count < 2");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Body.GetProperty("affectedRows").GetInt64().ShouldBe(2);
        answer.Body.GetProperty("rows").GetArrayLength().ShouldBe(0);
        (await app.GetAsync("/api/collections/posts/records/post00000000000", root)).Body.GetProperty("title").GetString().ShouldBe("other");
        (await RunAsync("INSERT INTO posts (id, title) VALUES ('post00000000009', 'nine'); DELETE FROM posts WHERE count = 2")).Body.GetProperty("affectedRows").GetInt64().ShouldBe(2);
        // One transaction: what comes after a mistake was not, and neither was what came before.
        (await RunAsync("DELETE FROM posts; DELETE FROM nowhere")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await RunAsync("SELECT count(*) FROM posts")).Body.GetProperty("rows")[0][0].GetString().ShouldBe("3");
        (await RunAsync("CREATE TABLE beside (a integer)")).Status.ShouldBe(HttpStatusCode.OK);
        (await RunAsync("DROP TABLE beside")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("SELEKT 1")]
    [InlineData("SELECT * FROM nowhere")]
    [InlineData("SELECT 'open")]
    [InlineData("-- nothing")]
    [InlineData(";")]
    [InlineData("SELECT 1; DELETE FROM posts")]
    [InlineData("WITH gone AS (DELETE FROM posts RETURNING id) SELECT * FROM gone")]
    [InlineData("VACUUM")]
    [InlineData("BEGIN")]
    [InlineData("COMMIT")]
    [InlineData("DETACH DATABASE main")]
    [InlineData("DROP TABLE posts")]
    [InlineData("drop table if exists posts")]
    [InlineData("ALTER TABLE posts ADD COLUMN more text")]
    [InlineData("DROP INDEX idx_title")]
    [InlineData("DELETE FROM _collections")]
    [InlineData("UPDATE _params SET value = '{}'")]
    [InlineData("INSERT INTO _migrations (file, applied) VALUES ('a', 1)")]
    [InlineData("DELETE FROM _audit")]
    [InlineData("DELETE FROM '_audit'")]
    [InlineData("UPDATE posts SET title = title WHERE count > 100; WITH one AS (SELECT 1 FROM posts) DELETE FROM _audit")]
    [InlineData("UPDATE posts SET title = title WHERE count > 100; TRUNCATE _audit")]
    [InlineData("UPDATE posts SET title = title WHERE count > 100; TRUNCATE U&\"\\005faudit\"")]
    [InlineData("DROP TABLE IF EXISTS nowhere, posts")]
    [InlineData("UPDATE posts SET title = $$ ' $$ WHERE count > 100; COPY posts TO PROGRAM 'cat'; --'")]
    [InlineData("UPDATE posts SET title = E'a\\'' WHERE count > 100; COPY posts TO PROGRAM 'cat'; --'")]
    [InlineData("UPDATE posts SET title = (ARRAY['a]'])[1] WHERE count > 100; COPY posts TO PROGRAM 'cat'; --]'")]
    [InlineData("DELETE FROM _fileDebts")]
    public async Task Refused_with_the_reason(string query)
    {
        var answer = await RunAsync(query);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Message.ShouldStartWith("Failed to execute query. Raw error: ");
        (await RunAsync("SELECT count(*) FROM posts")).Body.GetProperty("rows")[0][0].GetString().ShouldBe("3");
    }

    [Fact]
    public async Task Only_superusers_and_only_a_text_of_some_length()
    {
        (await app.SendAsync("POST", "/api/sql", new { query = "SELECT 1" })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var user = await app.CreateAsync("users", new { email = "a@example.com", password = "correct horse 1" });
        (await app.SendAsync("POST", "/api/sql", new { query = "SELECT 1" }, app.TokenOf(user))).Status.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var (query, code) in new[] { ("", "validation_required"), ("SELECT '" + new string('x', 5000) + "'", "validation_length_too_long") })
        {
            var refused = await RunAsync(query);
            refused.Status.ShouldBe(HttpStatusCode.BadRequest);
            refused.Body.GetProperty("data").GetProperty("query").GetProperty("code").GetString().ShouldBe(code);
        }
    }

    [Fact]
    public async Task The_audit_log_has_every_use_without_values()
    {
        await RunAsync("SELECT title FROM posts WHERE title = 'a secret' AND count > 42");
        await RunAsync("UPDATE posts SET title = 'hush' WHERE count = 77");
        await RunAsync("DELETE FROM _audit WHERE id = 'hush'");
        var entries = (await app.GetAsync("/api/audit?perPage=100&filter=" + Uri.EscapeDataString("action ~ 'sql.'"), root)).Body.GetProperty("items").EnumerateArray().ToList();
        var queries = entries.Select(entry => (entry.GetProperty("action").GetString(), entry.GetProperty("data").GetProperty("query").GetString())).ToList();
        queries.ShouldContain(("sql.read", "SELECT title FROM posts WHERE title = ? AND count > ?"));
        queries.ShouldContain(("sql.changed", "UPDATE posts SET title = ? WHERE count = ?"));
        queries.ShouldContain(("sql.refused", "DELETE FROM _audit WHERE id = ?"));
    }

    private Task<Answer> RunAsync(string query) => app.SendAsync("POST", "/api/sql", new { query }, root);
}
