using System.Data;
using System.Security.Cryptography;
using Hearth.Floors.HandWritten;
using Npgsql;

namespace Hearth.Floors.HandWrittenPostgres;

/// <summary>The queries of the hand-written application on PostgreSQL. A page and its total go to the server together.</summary>
internal sealed class PostgresPosts(NpgsqlDataSource source)
{
    private const string Columns = "p.id, p.title, p.body, p.views, p.author, p.tags, p.published, p.created, p.updated";
    private const string Range = "p.views >= $1 AND p.views < $2";
    private const string ByAuthorName = "FROM posts p JOIN authors a ON a.id = p.author WHERE a.name = $1";
    private const string MineInRange =
        "FROM drafts d WHERE d.views >= $1 AND d.views < $2 AND EXISTS (SELECT 1 FROM members m WHERE m.author = d.author AND m.\"user\" = $3)";

    // One statement, so that it is a transaction of its own and needs one way to the server. The author cannot go at the same moment, as with a foreign key.
    private const string Insert = """
        INSERT INTO posts (id, title, body, views, author, tags, published, created, updated)
        SELECT $1, $2, $3, $4, a.id, $6, $7, $8, $8 FROM authors a WHERE a.id = $5 FOR KEY SHARE
        """;

    public async Task<Post?> OneAsync(string id, CancellationToken stop)
    {
        await using var command = source.CreateCommand($"SELECT {Columns} FROM posts p WHERE p.id = $1");
        command.Parameters.Add(Text(id));
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, stop);
        return await reader.ReadAsync(stop) ? PostgresRows.Post(reader) : null;
    }

    public Task<Listing<Post>> ListAsync(long from, long to, CancellationToken stop) => PageAsync(
        $"SELECT count(*) FROM posts p WHERE {Range}", $"SELECT {Columns} FROM posts p WHERE {Range} ORDER BY p.views DESC LIMIT 30",
        () => [Number(from), Number(to)], PostgresRows.Post, stop);

    public Task<Listing<Post>> ListExpandedAsync(long from, long to, CancellationToken stop) => PageAsync(
        $"SELECT count(*) FROM posts p WHERE {Range}",
        $"""
        SELECT {Columns}, a.id, a.name, a.bio, a.created, a.updated
        FROM posts p JOIN authors a ON a.id = p.author WHERE {Range} ORDER BY p.views DESC LIMIT 30
        """,
        () => [Number(from), Number(to)], PostgresRows.PostWithAuthor, stop);

    public Task<Listing<Post>> ListByAuthorAsync(string author, CancellationToken stop) => PageAsync(
        $"SELECT count(*) {ByAuthorName}", $"SELECT {Columns} {ByAuthorName} ORDER BY p.views DESC LIMIT 30", () => [Text(author)], PostgresRows.Post, stop);

    public Task<Listing<Draft>> ListMineAsync(long from, long to, string user, CancellationToken stop) => PageAsync(
        $"SELECT count(*) {MineInRange}", $"SELECT d.id, d.title, d.body, d.views, d.author, d.created, d.updated {MineInRange} ORDER BY d.views DESC LIMIT 30",
        () => [Number(from), Number(to), Text(user)], PostgresRows.Draft, stop);

    public async Task<Post?> CreateAsync(NewPost post, CancellationToken stop)
    {
        if (!post.IsValid) return null;
        await using var command = source.CreateCommand(Insert);
        var row = Fill(command.Parameters, post);
        return await command.ExecuteNonQueryAsync(stop) == 1 ? row : null;
    }

    public async Task<List<BatchAnswer>?> CreateAllAsync(BatchRequest batch, CancellationToken stop)
    {
        if (!batch.Requests.All(item => item.Body.IsValid)) return null;
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var commands = new NpgsqlBatch(connection, transaction);
        var answers = new List<BatchAnswer>(batch.Requests.Count);
        foreach (var item in batch.Requests)
        {
            var command = new NpgsqlBatchCommand(Insert);
            answers.Add(new BatchAnswer(200, Fill(command.Parameters, item.Body)));
            commands.BatchCommands.Add(command);
        }

        if (await commands.ExecuteNonQueryAsync(stop) != answers.Count) return null;
        await transaction.CommitAsync(stop);
        return answers;
    }

    public async Task<Post?> UpdateAsync(string id, PostPatch patch, CancellationToken stop)
    {
        if (patch.Title is { Length: 0 or > Shape.MaxTitle }) return null;
        await using var command = source.CreateCommand($"""
            UPDATE posts p SET title = coalesce($2, title), views = coalesce($3, views), updated = $4 WHERE id = $1 RETURNING {Columns}
            """);
        command.Parameters.AddRange(new NpgsqlParameter[] { Text(id), Text(patch.Title), new NpgsqlParameter<double?> { TypedValue = patch.Views }, Text(Now()) });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, stop);
        return await reader.ReadAsync(stop) ? PostgresRows.Post(reader) : null;
    }

    private async Task<Listing<T>> PageAsync<T>(string count, string rows, Func<NpgsqlParameter[]> parameters, Func<NpgsqlDataReader, T> read, CancellationToken stop)
    {
        await using var batch = source.CreateBatch();
        foreach (var text in (ReadOnlySpan<string>)[count, rows])
        {
            var command = new NpgsqlBatchCommand(text);
            command.Parameters.AddRange(parameters());
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        var total = reader.GetInt64(0);
        await reader.NextResultAsync(stop);
        var items = new List<T>(Shape.PerPage);
        while (await reader.ReadAsync(stop)) items.Add(read(reader));
        return Listing<T>.First(total, items);
    }

    private static Post Fill(NpgsqlParameterCollection parameters, NewPost post)
    {
        var now = Now();
        var row = new Post(
            Shape.PostsId, "posts", RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 15), post.Title ?? "", post.Body ?? "", post.Views,
            post.Author ?? "", post.Tags ?? [], post.Published, now, now, null);
        parameters.AddRange(new NpgsqlParameter[]
        {
            Text(row.Id), Text(row.Title), Text(row.Body), Number(row.Views), Text(row.Author), new NpgsqlParameter<string[]> { TypedValue = row.Tags },
            new NpgsqlParameter<bool> { TypedValue = row.Published }, Text(now),
        });
        return row;
    }

    private static NpgsqlParameter<string?> Text(string? value) => new() { TypedValue = value };

    private static NpgsqlParameter<double> Number(long value) => new() { TypedValue = value };

    private static string Now() => DateTime.UtcNow.ToString(Shape.Date);
}
