using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Hearth.Floors.HandWritten;

/// <summary>The queries of the hand-written application.</summary>
internal sealed class Posts(Database database)
{
    private const string Columns = "p.id, p.title, p.body, p.views, p.author, p.tags, p.published, p.created, p.updated";
    private const string Range = "p.views >= @from AND p.views < @to";
    private const string ByAuthorName = "FROM posts p JOIN authors a ON a.id = p.author WHERE a.name = @author";
    private const string MineInRange =
        "FROM drafts d WHERE d.views >= @from AND d.views < @to AND EXISTS (SELECT 1 FROM members m WHERE m.author = d.author AND m.user = @user)";

    public Post? One(string id)
    {
        using var connection = database.Open();
        return connection.QuerySingleOrDefault<PostRow>($"SELECT {Columns} FROM posts p WHERE p.id = @id", new { id })?.ToAnswer();
    }

    public Listing<Post> List(long from, long to)
    {
        using var connection = database.Open();
        var total = connection.ExecuteScalar<long>($"SELECT count(*) FROM posts p WHERE {Range}", new { from, to });
        var rows = connection.Query<PostRow>($"SELECT {Columns} FROM posts p WHERE {Range} ORDER BY p.views DESC LIMIT 30", new { from, to });
        return Listing<Post>.First(total, rows.Select(row => row.ToAnswer()));
    }

    public Listing<Post> ListExpanded(long from, long to)
    {
        using var connection = database.Open();
        var total = connection.ExecuteScalar<long>($"SELECT count(*) FROM posts p WHERE {Range}", new { from, to });
        var rows = connection.Query<PostRow, AuthorRow, Post>(
            $"""
            SELECT {Columns}, a.id, a.name, a.bio, a.created, a.updated
            FROM posts p JOIN authors a ON a.id = p.author WHERE {Range} ORDER BY p.views DESC LIMIT 30
            """,
            (post, author) => post.ToAnswer(author), new { from, to });
        return Listing<Post>.First(total, rows);
    }

    public Listing<Post> ListByAuthor(string author)
    {
        using var connection = database.Open();
        var total = connection.ExecuteScalar<long>($"SELECT count(*) {ByAuthorName}", new { author });
        var rows = connection.Query<PostRow>($"SELECT {Columns} {ByAuthorName} ORDER BY p.views DESC LIMIT 30", new { author });
        return Listing<Post>.First(total, rows.Select(row => row.ToAnswer()));
    }

    public Listing<Draft> ListMine(long from, long to, string user)
    {
        using var connection = database.Open();
        var total = connection.ExecuteScalar<long>($"SELECT count(*) {MineInRange}", new { from, to, user });
        var rows = connection.Query<DraftRow>(
            $"SELECT d.id, d.title, d.body, d.views, d.author, d.created, d.updated {MineInRange} ORDER BY d.views DESC LIMIT 30", new { from, to, user });
        return Listing<Draft>.First(total, rows.Select(row => row.ToAnswer()));
    }

    public async Task<Post?> CreateAsync(NewPost post)
    {
        if (!post.IsValid) return null;
        var row = await database.WriteAsync((connection, transaction) => Insert(post, connection, transaction));
        return row?.ToAnswer();
    }

    public async Task<List<BatchAnswer>?> CreateAllAsync(BatchRequest batch)
    {
        if (!batch.Requests.All(item => item.Body.IsValid)) return null;
        return await database.WriteAsync((connection, transaction) =>
        {
            var answers = new List<BatchAnswer>(batch.Requests.Count);
            foreach (var item in batch.Requests)
            {
                if (Insert(item.Body, connection, transaction) is not { } row) return null;
                answers.Add(new BatchAnswer(200, row.ToAnswer()));
            }

            return answers;
        });
    }

    public async Task<Post?> UpdateAsync(string id, PostPatch patch)
    {
        if (patch.Title is { Length: 0 or > Shape.MaxTitle }) return null;
        var row = await database.WriteAsync((connection, transaction) => connection.QuerySingleOrDefault<PostRow>(
            """
            UPDATE posts SET title = coalesce(@Title, title), views = coalesce(@Views, views), updated = @Now WHERE id = @Id
            RETURNING id, title, body, views, author, tags, published, created, updated
            """,
            new { Id = id, patch.Title, patch.Views, Now = Now() }, transaction));
        return row?.ToAnswer();
    }

    private static PostRow? Insert(NewPost post, SqliteConnection connection, SqliteTransaction transaction)
    {
        var author = post.Author ?? "";
        if (author.Length > 0 && connection.ExecuteScalar<long>("SELECT count(*) FROM authors WHERE id = @author", new { author }, transaction) == 0) return null;

        var now = Now();
        var row = new PostRow
        {
            Id = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 15),
            Title = post.Title ?? "",
            Body = post.Body ?? "",
            Views = post.Views,
            Author = author,
            Tags = JsonSerializer.Serialize(post.Tags ?? [], Json.Default.StringArray),
            Published = post.Published,
            Created = now,
            Updated = now,
        };
        connection.Execute(
            """
            INSERT INTO posts (id, title, body, views, author, tags, published, created, updated)
            VALUES (@Id, @Title, @Body, @Views, @Author, @Tags, @Published, @Created, @Updated)
            """,
            row, transaction);
        return row;
    }

    private static string Now() => DateTime.UtcNow.ToString(Shape.Date);
}
