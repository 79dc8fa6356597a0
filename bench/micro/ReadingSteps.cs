using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Reading;
using Hearth.Schema;

namespace Hearth.Micro;

/// <summary>From a plan to JSON, on a real file with 1,000 rows: what a request costs from the database on.</summary>
public class ReadingSteps
{
    private const int Rows = 1000;
    private readonly string folder = Directory.CreateTempSubdirectory("hearth-micro-").FullName;
    private readonly RecordReader reader = new();
    private readonly ReadRequest request = new(Blog.Schema, Blog.Guest, ExpandTree.Parse(""), null, null);
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    private readonly Utf8JsonWriter json;
    private Engine engine = null!; // Setup makes these three before anything is measured
    private ReadPlan one = null!, list = null!;

    public ReadingSteps() =>
        json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    [GlobalSetup]
    public void Setup()
    {
        engine = Engines.OpenData(folder, null, TimeProvider.System);
        var posts = Blog.Find("posts");
        // The SQLite threads are the engine's own; a benchmark has nothing else to do meanwhile.
        FillAsync(posts).GetAwaiter().GetResult();
        var planner = new Planner(Blog.Schema, Blog.Guest);
        one = planner.One(posts, IdOf(7), "").Value;
        list = planner.List(posts, "", new ListQuery("views >= 100 && views < 600", Blog.Sort, 1, 30)).Value;
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Takes a reading connection and gives it back.</summary>
    [Benchmark]
    public async Task Session()
    {
        using var session = await engine.ReadAsync(default);
    }

    /// <summary>Compiles, runs and writes one record.</summary>
    [Benchmark]
    public Task<int> RunOne() => RunAsync(one);

    /// <summary>Compiles, runs and writes 30 records.</summary>
    [Benchmark]
    public Task<int> RunList() => RunAsync(list);

    /// <summary>Compiles and runs the count behind a list: 500 index entries.</summary>
    [Benchmark]
    public async Task<long> RunCount()
    {
        using var session = await engine.ReadAsync(default);
        return await session.CountAsync(list, default);
    }

    private async Task<int> RunAsync(ReadPlan plan)
    {
        buffer.ResetWrittenCount();
        json.Reset();
        using var session = await engine.ReadAsync(default);
        var written = await reader.WriteRowsAsync(session, plan, json, request, default);
        json.Flush();
        return written.Value.Found;
    }

    private async Task FillAsync(Collection posts)
    {
        await engine.StartAsync(default);
        await engine.WriteAsync(
            async session =>
            {
                await session.ApplyAsync(new CreateTable(posts), default);
                await session.ExecuteNativeSqlAsync("CREATE INDEX idx_posts_views ON posts (views)", [], default);
                for (var i = 0; i < Rows; i++) await session.ExecuteAsync(new InsertRow(posts, Row(i)), default);
                return true;
            },
            null,
            default);
    }

    private static FieldValue[] Row(int i) =>
    [
        FieldValue.Text(IdOf(i)), FieldValue.Text("A title of some words"), FieldValue.Text(string.Concat(Enumerable.Repeat("several words of prose ", 9))),
        FieldValue.Number(i), FieldValue.Text("a00000000000001"), FieldValue.List(["news", "tech"]), FieldValue.Bool(true),
        FieldValue.Text("2026-01-02 03:04:05.678Z"), FieldValue.Text("2026-01-02 03:04:05.678Z"),
    ];

    private static string IdOf(int i) => $"p{i:D14}";
}
