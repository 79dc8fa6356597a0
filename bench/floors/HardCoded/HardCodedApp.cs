using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Hearth.Floors.HardCoded;

/// <summary>
/// Floor (b): every work item as its own lines of code over prepared statements, one set a thread, rows written straight to JSON.
/// Routes: <c>GET /posts/ID</c>, <c>GET /posts?from=&amp;to=[&amp;expand=author]</c>, <c>GET /posts?author=NAME</c>,
/// <c>GET /drafts?from=&amp;to=</c>, <c>POST /posts</c>, <c>PATCH /posts/ID</c>, <c>POST /batch</c>.
/// </summary>
internal static class HardCodedApp
{
    private const int IdLength = 15;

    public static WebApplication Build(FloorOptions options)
    {
        SQLitePCL.Batteries_V2.Init();
        var writer = new Writer(options.Data, options.Synchronous);
        var readers = new ThreadLocal<Reader>(() => new Reader(options.Data));
        var token = new Token(options.Secret);
        var app = LeanHost.Create(options);
        app.Run(context => Answer(context, readers, writer, token));
        return app;
    }

    private static Task Answer(HttpContext context, ThreadLocal<Reader> readers, Writer writer, Token token)
    {
        var request = context.Request;
        var path = request.Path.Value ?? "";
        return request.Method switch
        {
            "GET" when path.Length == 7 + IdLength && path.StartsWith("/posts/", StringComparison.Ordinal) => One(context, Reader(readers), path),
            "GET" when path == "/posts" => List(context, Reader(readers)),
            "GET" when path == "/drafts" => Mine(context, Reader(readers), token),
            "POST" when path == "/posts" => CreateAsync(context, writer),
            "PATCH" when path.Length == 7 + IdLength => UpdateAsync(context, writer, path[7..]),
            "POST" when path == "/batch" => BatchAsync(context, writer),
            _ => Status(context, 404),
        };
    }

    /// <summary>The reader of this thread; ThreadLocal makes it, so it is never null.</summary>
    private static Reader Reader(ThreadLocal<Reader> readers) => readers.Value!;

    private static Task One(HttpContext context, Reader reader, string path)
    {
        Span<byte> id = stackalloc byte[IdLength];
        return Encoding.ASCII.TryGetBytes(path.AsSpan(7), id, out _) ? Send(context, reader.One(id)) : Status(context, 404);
    }

    private static Task List(HttpContext context, Reader reader)
    {
        var query = context.Request.QueryString.Value ?? "";
        if (query.StartsWith("?author=", StringComparison.Ordinal)) return Send(context, reader.ListByAuthor(Uri.UnescapeDataString(query[8..])));
        var (from, to) = Range(query, out var rest);
        return Send(context, reader.List(from, to, rest is "&expand=author"));
    }

    private static Task Mine(HttpContext context, Reader reader, Token token)
    {
        if (token.UserOf(context.Request.Headers.Authorization) is not { } user) return Status(context, 401);
        var (from, to) = Range(context.Request.QueryString.Value ?? "", out _);
        return Send(context, reader.ListMine(from, to, user));
    }

    /// <summary>Reads <c>?from=N&amp;to=N</c> and gives what follows.</summary>
    private static (long From, long To) Range(ReadOnlySpan<char> query, out ReadOnlySpan<char> rest)
    {
        rest = [];
        var and = query.IndexOf("&to=");
        if (!query.StartsWith("?from=") || and < 0 || !long.TryParse(query[6..and], out var from)) return (0, 0);
        var last = query[(and + 4)..];
        var end = last.IndexOf('&') is var found and >= 0 ? found : last.Length;
        rest = last[end..];
        return long.TryParse(last[..end], out var to) ? (from, to) : (0, 0);
    }

    private static async Task CreateAsync(HttpContext context, Writer writer)
    {
        var post = await ReadAsync(context.Request, (ref Utf8JsonReader json) => NewPost.Read(ref json));
        await Finish(context, post is null ? null : await writer.DoAsync(new Change.Create(post)));
    }

    private static async Task BatchAsync(HttpContext context, Writer writer)
    {
        var posts = await ReadAsync(context.Request, (ref Utf8JsonReader json) => NewPost.ReadBatch(ref json));
        await Finish(context, posts is null ? null : await writer.DoAsync(new Change.Batch(posts)));
    }

    private static async Task UpdateAsync(HttpContext context, Writer writer, string id)
    {
        var change = await ReadAsync(context.Request, (ref Utf8JsonReader json) => Change.Update.Read(id, ref json));
        await Finish(context, change is null ? null : await writer.DoAsync(change));
    }

    private delegate T? Reading<T>(ref Utf8JsonReader json) where T : class;

    /// <summary>Reads the whole body as one JSON object; null when it is not one, or is refused.</summary>
    private static async ValueTask<T?> ReadAsync<T>(HttpRequest request, Reading<T> reading) where T : class
    {
        var body = (await request.BodyReader.ReadAtLeastAsync((int)(request.ContentLength ?? 0))).Buffer;
        try
        {
            var json = new Utf8JsonReader(body);
            return json.Read() && json.TokenType == JsonTokenType.StartObject ? reading(ref json) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
        finally
        {
            request.BodyReader.AdvanceTo(body.End);
        }
    }

    private static Task Finish(HttpContext context, byte[]? answer) => answer is null ? Status(context, 400) : Send(context, answer);

    private static Task Send(HttpContext context, ReadOnlySpan<byte> answer)
    {
        if (answer.IsEmpty) return Status(context, 404);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        // Kestrel sends head and body together at the end of the request.
        context.Response.BodyWriter.Write(answer);
        return Task.CompletedTask;
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
