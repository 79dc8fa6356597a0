using System.Net;
using System.Text.Json;
using Hearth.Schema.Sql;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>Texts in double quotes in views, indexes and the SQL console mean what they mean in SQLite.</summary>
public sealed class QuotedTextTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("SELECT id FROM posts WHERE status = \"active\"", "SELECT id FROM posts WHERE status = 'active'")]
    [InlineData("SELECT id, strftime(\"%Y\", created) AS y FROM posts", "SELECT id, strftime('%Y', created) AS y FROM posts")]
    [InlineData("SELECT id, json_extract(meta, \"$.a\") a, coalesce(title, \"\") \"Title\" FROM posts", "SELECT id, json_extract(meta, '$.a') a, coalesce(title, '') \"Title\" FROM posts")]
    [InlineData("SELECT id, iif(n > 1, \"y\", \"it's\") AS x FROM posts", "SELECT id, iif(n > 1, 'y', 'it''s') AS x FROM posts")]
    [InlineData("SELECT \"id\", \"two\" AS two FROM \"posts\"", "SELECT \"id\", 'two' AS two FROM \"posts\"")]
    [InlineData("SELECT id, upper(title) AS \"big\" FROM posts WHERE \"big\" = \"A\" ORDER BY \"big\"", "SELECT id, upper(title) AS \"big\" FROM posts WHERE \"big\" = 'A' ORDER BY \"big\"")]
    [InlineData("SELECT p.\"id\", \"p\".\"title\" FROM \"posts\" AS \"p\" JOIN \"notes\" \"n\" ON \"n\".\"post\" = p.id AND \"text\" LIKE \"%a%\"", "SELECT p.\"id\", \"p\".\"title\" FROM \"posts\" AS \"p\" JOIN \"notes\" \"n\" ON \"n\".\"post\" = p.id AND \"text\" LIKE '%a%'")]
    [InlineData("SELECT id FROM posts WHERE status IN (\"a\",\"b\") AND title || \"x\" > \"\"\"q\"\"\"", "SELECT id FROM posts WHERE status IN ('a','b') AND title || 'x' > '\"q\"'")]
    [InlineData("WITH w(a) AS (SELECT \"title\" FROM posts) SELECT \"a\" AS id, \"b\" AS c FROM w", "WITH w(a) AS (SELECT \"title\" FROM posts) SELECT \"a\" AS id, 'b' AS c FROM w")]
    [InlineData("SELECT id, COUNT(\"*\") AS n FROM posts GROUP BY \"status\"", "SELECT id, COUNT('*') AS n FROM posts GROUP BY \"status\"")]
    [InlineData("SELECT id FROM (SELECT \"title\" AS id, \"lit\" AS \"kind\" FROM posts) x WHERE \"kind\" = \"lit\"", "SELECT id FROM (SELECT \"title\" AS id, 'lit' AS \"kind\" FROM posts) x WHERE \"kind\" = 'lit'")]
    [InlineData("SELECT \"TITLE\", \"rowid\", j.\"value\", \"key\" FROM posts, json_each(posts.meta) j WHERE \"atom\" = \"x\"", "SELECT \"TITLE\", \"rowid\", j.\"value\", \"key\" FROM posts, json_each(posts.meta) j WHERE \"atom\" = 'x'")]
    [InlineData("SELECT id FROM elsewhere WHERE a = \"b\"", "SELECT id FROM elsewhere WHERE a = \"b\"")]
    [InlineData("UPDATE \"posts\" SET \"title\" = \"t\" WHERE \"n\" = 1", "UPDATE \"posts\" SET \"title\" = 't' WHERE \"n\" = 1")]
    [InlineData("INSERT INTO posts (\"id\", \"title\") VALUES (\"a\", \"b\")", "INSERT INTO posts (\"id\", \"title\") VALUES ('a', 'b')")]
    [InlineData("CREATE INDEX i ON \"posts\" (\"title\")", "CREATE INDEX i ON \"posts\" (\"title\")")]
    [InlineData("SELECT id FROM posts WHERE extract(year FROM \"created\") = \"2024\"", "SELECT id FROM posts WHERE extract(year FROM \"created\") = '2024'")]
    [InlineData("SELECT id FROM posts -- \"x\"\n WHERE title = \"x\" /* \"y\" */", "SELECT id FROM posts -- \"x\"\n WHERE title = 'x' /* \"y\" */")]
    public void A_name_that_no_column_has_is_a_text(string sql, string settled) => QuotedTexts.InStatement(sql, table => table.ToLowerInvariant() switch
    {
        "posts" => ["id", "title", "status", "n", "meta", "created"],
        "notes" => ["id", "post", "text"],
        _ => null,
    }).ShouldBe(settled);

    [Fact]
    public async Task Views_read_them()
    {
        await MakeAsync("posts");
        await RowAsync("posts", "postsactive0001", "active", "a, b");
        await RowAsync("posts", "postsdraft00002", "draft", "");
        var view = await shared.App.SendAsync(
            "POST", "/api/collections", new { name = "posts_view", type = "view", listRule = "", viewQuery = "SELECT id, \"lit\" AS kind, coalesce(nullif(title, \"\"), \"none\") AS shown FROM posts WHERE status IN (\"active\", \"x\")" }, shared.Root);
        view.Status.ShouldBe(HttpStatusCode.OK, view.Text);
        view.Body.GetProperty("viewQuery").GetString()!.ShouldContain("\"lit\"");
        Items(await shared.App.GetAsync("/api/collections/posts_view/records")).ShouldBe(["postsactive0001 lit a, b"]);
        var tried = await shared.App.SendAsync("POST", "/api/collections/meta/dry-run-view", new { query = "SELECT id, \"lit\" AS kind, title AS shown FROM posts WHERE status = \"draft\"" }, shared.Root);
        tried.Status.ShouldBe(HttpStatusCode.OK, tried.Text);
        tried.Body.GetProperty("sample")[0].GetProperty("kind").GetString().ShouldBe("lit");
        // The view is made again when its table changes.
        (await shared.App.SendAsync("PATCH", "/api/collections/posts", JsonElement.Parse("""{"fields":[{"name":"status","type":"text"},{"name":"title","type":"text"},{"name":"more","type":"text"}]}"""), shared.Root)).Status.ShouldBe(HttpStatusCode.OK);
        Items(await shared.App.GetAsync("/api/collections/posts_view/records")).ShouldBe(["postsactive0001 lit a, b"]);
    }

    [Fact]
    public async Task Indexes_read_them()
    {
        await MakeAsync("tags", "CREATE UNIQUE INDEX idx_tags_title ON tags (title) WHERE title != \"\"");
        (await RowAsync("tags", "tagone000000001", "", "")).ShouldBe(HttpStatusCode.OK);
        (await RowAsync("tags", "tagone000000002", "", "")).ShouldBe(HttpStatusCode.OK);
        (await RowAsync("tags", "tagone000000003", "", "t")).ShouldBe(HttpStatusCode.OK);
        (await RowAsync("tags", "tagone000000004", "", "t")).ShouldBe(HttpStatusCode.BadRequest);
        var read = await shared.App.GetAsync("/api/collections/tags", shared.Root);
        read.Body.GetProperty("indexes")[0].GetString().ShouldBe("CREATE UNIQUE INDEX `idx_tags_title` ON `tags` (`title`) WHERE title != \"\"");
    }

    [Fact]
    public async Task The_console_reads_them()
    {
        await MakeAsync("rows");
        var changed = await shared.App.SendAsync("POST", "/api/sql", new { query = "INSERT INTO rows (id, status) VALUES (\"rowone000000001\", \"new\")" }, shared.Root);
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        var read = await shared.App.SendAsync("POST", "/api/sql", new { query = "SELECT \"status\", \"x\" AS x FROM rows WHERE \"status\" = \"new\"" }, shared.Root);
        read.Status.ShouldBe(HttpStatusCode.OK, read.Text);
        read.Body.GetProperty("rows")[0].EnumerateArray().Select(cell => cell.GetString()).ShouldBe(["new", "x"]);
    }

    private static string[] Items(Answer answer) =>
        [.. answer.Body.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("id").GetString()} {item.GetProperty("kind").GetString()} {item.GetProperty("shown").GetString()}")];

    private async Task MakeAsync(string name, params string[] indexes)
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", new { name, fields = new[] { new { name = "status", type = "text" }, new { name = "title", type = "text" } }, indexes }, shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
    }

    private async Task<HttpStatusCode> RowAsync(string collection, string id, string status, string title) =>
        (await shared.App.SendAsync("POST", $"/api/collections/{collection}/records", new { id, status, title }, shared.Root)).Status;
}
