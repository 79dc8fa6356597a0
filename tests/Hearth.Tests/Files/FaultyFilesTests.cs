using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Files;
using Hearth.Resources.Blobs;
using Hearth.Resources.Passwords;
using Hearth.Schema;
using Hearth.Schema.Changes;
using Hearth.Schema.Stock;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Files;

/// <summary>
/// Random writes from several sides while the place for files fails at random, before and after it did what it was asked for: whatever happened, once all debts are paid every name has
/// its bytes and all bytes have a name.
/// </summary>
public sealed class FaultyFilesTests
{
    private const int Seeds = 6;
    private const int Writers = 4;
    private const int Steps = 40;

    [Fact]
    public async Task No_failure_leaves_an_orphan_or_a_dangling_name()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        await using var engine = await TestEngine.OpenAsync(folder);
        await engine.StartAsync(default);
        var schemas = new SchemaStore(engine, TimeProvider.System);
        await schemas.LoadAsync(default);
        var docs = new Collection
        {
            Id = "docs00000000001", Name = "docs", ListRule = "", Fields = [StockFields.Id, new FileField { Name = "one", Id = "one" }, new FileField { Name = "many", Id = "many", MaxSelect = 5 },
                new TextField { Name = "key", Id = "key", Max = 3 }],
            Indexes = [new IndexDefinition("idx_docs_key", true, [new IndexColumn("key")], "key != ''")],
        };
        (await schemas.ChangeAsync(schema => new SchemaProposal([.. schema.Collections, docs], [new ProposedCollection(null, docs, new FaultMap())], ""), default)).Failed(out var refused).ShouldBeFalse(refused?.Cause);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var files = new FaultyFiles(seed);
            var debts = new FileDebts(engine, files, () => schemas.Current, TimeProvider.System, NullLogger<FileDebts>.Instance);
            var store = new RecordStore(engine, new RecordEvents(), new PasswordHashes(new(64, 1)), TimeProvider.System, NullLogger<RecordStore>.Instance, null, debts);
            var collection = schemas.Current.Find("docs")!;
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(store, schemas.Current, collection, files, new Random((seed * 100) + writer)))));

            files.Sound = true;
            for (var i = 0; i < 100 && (await debts.KeysAsync(default)).Count > 0; i++)
            {
                debts.PaySoon();
                await debts.TidyAsync(default);
                await Task.Delay(20);
            }
            await debts.StopAsync(default);
            (await debts.KeysAsync(default)).ShouldBeEmpty();
            var named = new List<string>();
            using (var session = await engine.ReadAsync(default))
            {
                foreach (var record in await StoredRows.ListAsync(session, StoredRows.Plan(collection, static _ => null), default))
                {
                    named.AddRange(record.GetList("one").Concat(record.GetList("many")).Where(name => name.Length > 0).Select(name => FileKeys.Of(collection, record.Id, name)));
                }
            }
            files.Stored.Keys.Order(StringComparer.Ordinal).ShouldBe(named.Order(StringComparer.Ordinal), $"seed {seed}");
            files.Failures.ShouldBeGreaterThan(5);
            named.Count.ShouldBeGreaterThan(5);
            await ForgetAsync(engine, store, schemas.Current, collection);
        }
        await engine.DisposeAsync();
        await TestEngine.RemoveAsync(folder);
    }

    /// <summary>The next round begins with nothing: neither records nor what is owed for them.</summary>
    private static async Task ForgetAsync(Engine engine, RecordStore store, SchemaSnapshot schema, Collection collection)
    {
        await store.TruncateAsync(schema, collection, RequestFacts.None);
        await engine.WriteAsync(
            async session =>
            {
                var debts = await StoredRows.ListAsync(session, StoredRows.Plan(InternalTables.FileDebts, static _ => null), default);
                foreach (var debt in debts) await session.ExecuteAsync(new DeleteRow(InternalTables.FileDebts, debt.Id), default);
                return true;
            },
            null,
            default);
    }

    private static async Task WriteAsync(RecordStore store, SchemaSnapshot schema, Collection collection, FaultyFiles files, Random random)
    {
        var own = new List<string>();
        for (var step = 0; step < Steps; step++)
        {
            using var gone = new CancellationTokenSource();
            if (random.Next(6) == 0) gone.CancelAfter(random.Next(6));
            try
            {
                var submission = await SubmissionAsync(collection, random);
                Outcome<Hearth.Records.Record> outcome;
                if (own.Count > 0 && random.Next(3) > 0)
                {
                    var id = own[random.Next(own.Count)];
                    outcome = random.Next(5) == 0 ? await store.DeleteAsync(schema, collection, id, RequestFacts.None, gone.Token) : await store.UpdateAsync(schema, collection, id, submission, RequestFacts.None, gone.Token);
                }
                else
                {
                    outcome = await store.CreateAsync(schema, collection, submission, RequestFacts.None, gone.Token);
                }
                if (!outcome.Failed(out _)) own.Add(outcome.Value.Id);
            }
            catch (Exception e) when (e is BlobException or OperationCanceledException)
            {
                // What a client would be told; the data must be right all the same.
            }
        }
    }

    private static async Task<Submission> SubmissionAsync(Collection collection, Random random)
    {
        var body = new Dictionary<string, JsonElement>();
        // Every now and then too long, or taken already: that the database finds out when the files are there.
        if (random.Next(4) == 0) body["key"] = JsonSerializer.SerializeToElement(random.Next(2) == 0 ? "long text" : "ok");
        if (random.Next(6) == 0) body["many"] = JsonSerializer.SerializeToElement(Array.Empty<string>());
        if (random.Next(8) == 0) body["one"] = JsonSerializer.SerializeToElement("");
        var uploads = new List<Upload>();
        for (var i = random.Next(3); i > 0; i--)
        {
            var key = random.Next(4) switch { 0 => "one", 1 => "many", 2 => "many+", _ => "+many" };
            uploads.Add(await Upload.ReadAsync(key, "a.txt", 3, static () => new MemoryStream([1, 2, 3]), default));
        }
        return new Submission(collection, body, uploads);
    }
}
