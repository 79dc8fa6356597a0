using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using SQLitePCL;

namespace Hearth.Floors.HardCoded;

/// <summary>
/// The only writing connection, on a thread of its own. It takes all changes that wait, commits them with one fsync, and answers them only
/// then: the best that a durable SQLite writer can do.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int MostRowsAtOnce = 1000;
    private readonly BlockingCollection<Change> waiting = [];
    private readonly sqlite3 connection;
    private readonly Statement insert, update, authorExists, begin, commit, savepoint, release, undo;
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    private readonly Utf8JsonWriter json;

    public Writer(string file, string synchronous)
    {
        connection = Connection.Open(file, writes: true, synchronous);
        insert = new Statement(connection, Sql.Insert);
        update = new Statement(connection, Sql.Update);
        authorExists = new Statement(connection, Sql.AuthorExists);
        begin = new Statement(connection, "BEGIN IMMEDIATE");
        commit = new Statement(connection, "COMMIT");
        savepoint = new Statement(connection, "SAVEPOINT one");
        release = new Statement(connection, "RELEASE one");
        undo = new Statement(connection, "ROLLBACK TO one");
        json = new Utf8JsonWriter(buffer, RowJson.Options);
        new Thread(Run) { IsBackground = true, Name = "writer" }.Start();
    }

    /// <summary>Does a change durably; the answer's bytes, or null when it was refused.</summary>
    public Task<byte[]?> DoAsync(Change change)
    {
        waiting.Add(change);
        return change.Done.Task;
    }

    public void Dispose() => waiting.CompleteAdding();

    private void Run()
    {
        var taken = new List<(Change Change, byte[]? Answer)>();
        foreach (var first in waiting.GetConsumingEnumerable())
        {
            begin.Execute();
            var rows = 0;
            for (var change = first; ; )
            {
                taken.Add((change, Apply(change)));
                rows += change is Change.Batch batch ? batch.Posts.Count : 1;
                if (rows >= MostRowsAtOnce || !waiting.TryTake(out change!)) break;
            }

            commit.Execute();
            foreach (var (change, answer) in taken) change.Done.SetResult(answer);
            taken.Clear();
        }
    }

    private byte[]? Apply(Change change)
    {
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        var done = change switch
        {
            Change.Create create => Insert(create.Post),
            Change.Batch batch => InsertAll(batch.Posts),
            Change.Update patch => Update(patch),
            _ => false,
        };
        json.Flush();
        return done ? buffer.WrittenSpan.ToArray() : null;
    }

    private bool InsertAll(IReadOnlyList<NewPost> posts)
    {
        savepoint.Execute();
        json.WriteStartArray();
        foreach (var post in posts)
        {
            json.WriteStartObject();
            json.WriteNumber("status"u8, 200);
            json.WritePropertyName("body"u8);
            if (!Insert(post))
            {
                undo.Execute();
                release.Execute();
                return false;
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        release.Execute();
        return true;
    }

    private bool Insert(NewPost post)
    {
        if (post.Author.Length > 0 && !Exists(post.Author)) return false;
        insert.Bind(1, NewPost.NewId()).Bind(2, post.Title).Bind(3, post.Body).Bind(4, post.Views).Bind(5, post.Author)
            .Bind(6, post.Tags).Bind(7, post.Published ? 1 : 0).Bind(8, Now());
        return WriteRow(insert);
    }

    private bool Update(Change.Update patch)
    {
        update.Bind(1, patch.Id).Bind(2, patch.Title).Bind(3, patch.Views).Bind(4, Now());
        return WriteRow(update);
    }

    private bool WriteRow(Statement statement)
    {
        if (!statement.Step()) return false;
        RowJson.Post(json, statement);
        statement.Execute();
        return true;
    }

    private bool Exists(string author)
    {
        if (!authorExists.Bind(1, author).Step()) return false;
        authorExists.Reset();
        return true;
    }

    private static string Now() => DateTime.UtcNow.ToString(Shape.Date);
}
