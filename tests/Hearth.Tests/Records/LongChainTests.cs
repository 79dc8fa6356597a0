using System.Net;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Deleting;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Long chains of records that go with each other: the whole table is not looked through for each of them.</summary>
public sealed class LongChainTests : IAsyncLifetime
{
    private const int Length = 120;
    private Blog blog = null!; // made before each test

    public async Task InitializeAsync()
    {
        blog = await Blog.StartAsync();
        var answer = await blog.Server.SendAsync("POST", "/api/collections", """
            {"name":"replies","type":"base","id":"replies0000000","listRule":"","viewRule":"","createRule":"","deleteRule":"","fields":[
              {"name":"n","type":"number"},
              {"name":"parent","type":"relation","collectionId":"replies0000000","maxSelect":1,"cascadeDelete":true},
              {"name":"parents","type":"relation","collectionId":"replies0000000","maxSelect":9,"cascadeDelete":true},
              {"name":"mentions","type":"relation","collectionId":"replies0000000","maxSelect":9}]}
            """.AsJson(), blog.Root);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }

    public async Task DisposeAsync() => await blog.DisposeAsync();

    [Theory]
    [InlineData("parent", 3)]
    [InlineData("parents", 6)]
    public async Task A_chain_goes_with_a_few_looks_through_the_table(string field, int most)
    {
        var first = (await blog.AddAsync("replies", new { n = 0 })).Id();
        var last = first;
        for (var i = 1; i < Length; i++)
        {
            object body = field == "parent" ? new { n = i, parent = last } : new { n = i, parents = new[] { last } };
            last = (await blog.AddAsync("replies", body)).Id();
        }
        // Refers to the first and to the last of them, and to one that stays.
        var stays = (await blog.AddAsync("replies", new { n = 1000 })).Id();
        var rest = (await blog.AddAsync("replies", new { n = 1001, mentions = new[] { first, stays, last } })).Id();
        var app = blog.Server.App;
        var replies = app.Schema.Find("replies")!;
        var looks = 0;

        var fault = await app.Engine.WriteAsync(async session =>
        {
            var record = await StoredRows.FindAsync(session, replies, first, default);
            var counting = new CountingSession(session, plan => looks += LooksThroughAll(session, plan) ? 1 : 0);
            return await new DeleteCascade(app.Schema).RemoveAsync(counting, [record!], "2026-01-01 00:00:00.000Z", default);
        }, static fault => fault is null, default);

        fault.ShouldBeNull();
        looks.ShouldBeInRange(0, most);
        (await blog.CountAsync("replies")).ShouldBe(2);
        (await blog.GetAsync("replies", rest)).GetProperty("mentions").GetRawText().ShouldBe($"[\"{stays}\"]");
    }

    [Fact]
    public async Task What_was_foreseen_goes_with_a_few_questions_and_only_if_it_is_still_true()
    {
        var app = blog.Server.App;
        var replies = app.Schema.Find("replies")!;
        var first = (await blog.AddAsync("replies", new { n = 0 })).Id();
        var last = first;
        for (var i = 1; i < Length; i++) last = (await blog.AddAsync("replies", new { n = i, parent = last })).Id();
        var freed = (await blog.AddAsync("replies", new { n = 1000, parent = last })).Id();
        var questions = 0;
        List<Hearth.Records.Record> foreseen;
        Hearth.Records.Record record;
        using (var session = await app.Engine.ReadAsync(default))
        {
            record = (await StoredRows.FindAsync(session, replies, first, default))!;
            foreseen = await new DeleteCascade(app.Schema).FindAsync(session, [record], default);
        }
        (await blog.SendAsync("PATCH", $"replies/records/{freed}", new { parent = "" }, blog.Root)).Status.ShouldBe(HttpStatusCode.OK);
        var late = (await blog.AddAsync("replies", new { n = 1001, parent = last })).Id();

        var fault = await app.Engine.WriteAsync(
            session => new DeleteCascade(app.Schema) { Foreseen = foreseen }.RemoveAsync(new CountingSession(session, _ => questions++), [record], "2026-01-01 00:00:00.000Z", default),
            static fault => fault is null, default);

        fault.ShouldBeNull();
        questions.ShouldBeLessThan(10);
        (await blog.CountAsync("replies")).ShouldBe(1);
        (await blog.SendAsync("GET", $"replies/records/{freed}")).Status.ShouldBe(HttpStatusCode.OK);
        (await blog.SendAsync("GET", $"replies/records/{late}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_hooks_see_the_same_records()
    {
        var seen = new List<int>();
        await using var heard = await Blog.StartAsync(builder => builder.Records.Deleting.Add(e => seen.Add((int)e.Record["n"].AsNumber), "replies"));
        (await heard.Server.SendAsync("POST", "/api/collections", """
            {"name":"replies","type":"base","id":"replies0000000","deleteRule":"","fields":[{"name":"n","type":"number"},
              {"name":"parents","type":"relation","collectionId":"replies0000000","maxSelect":9,"cascadeDelete":true}]}
            """.AsJson(), heard.Root)).Status.ShouldBe(HttpStatusCode.OK);
        var ids = new List<string> { (await heard.AddAsync("replies", new { n = 0 })).Id() };
        for (var i = 1; i < 8; i++) ids.Add((await heard.AddAsync("replies", new { n = i, parents = new[] { ids[^1] } })).Id());
        var other = (await heard.AddAsync("replies", new { n = 100 })).Id();
        await heard.AddAsync("replies", new { n = 101, parents = new[] { ids[3], other } });

        (await heard.SendAsync("DELETE", $"replies/records/{ids[0]}")).Status.ShouldBe(HttpStatusCode.NoContent);

        seen.Order().ShouldBe(Enumerable.Range(0, 8));
        (await heard.CountAsync("replies")).ShouldBe(2);
    }

    [Fact]
    public async Task Work_that_takes_too_long_ends_and_nothing_of_it_is_kept()
    {
        var app = blog.Server.App;
        var people = app.Schema.Find("people")!;
        var slow = await Should.ThrowAsync<DataException>(() => app.Engine.WriteAsync<bool>(app.Schema, async session =>
        {
            session.LimitTo(TimeSpan.FromMilliseconds(100));
            for (var i = 0; ; i++)
            {
                var row = Hearth.Records.Record.New(people);
                (row["id"], row["name"]) = (FieldValue.Text($"row{i:000000000000}"), FieldValue.Text("n"));
                (await session.ExecuteAsync(row.ToInsert(), default)).ShouldBeNull();
            }
        }, null, default));
        slow.Fault.Kind.ShouldBe(DataFaultKind.Timeout);
        (await blog.CountAsync("people")).ShouldBe(0);
        await blog.AddAsync("people", new { name = "after" });
    }

    // Where an index leads to the ids in lists, nothing is looked through.
    private static bool LooksThroughAll(ReadSession session, ReadPlan plan) => !session.IndexesLists && plan.Where is null or RefersTo { Field.Multiple: true };

    private sealed class CountingSession(WriteSession inner, Action<ReadPlan> asked) : WriteSession
    {
        public override bool IndexesLists => inner.IndexesLists;

        public override void LimitTo(TimeSpan time) => inner.LimitTo(time);

        public override ValueTask<RowCursor> QueryAsync(ReadPlan plan, CancellationToken stop)
        {
            asked(plan);
            return inner.QueryAsync(plan, stop);
        }

        public override ValueTask<long> CountAsync(ReadPlan plan, CancellationToken stop) => inner.CountAsync(plan, stop);

        public override ValueTask<bool> AnyAsync(ReadPlan plan, CancellationToken stop) => inner.AnyAsync(plan, stop);

        public override ValueTask<RowCursor> QueryNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop) => inner.QueryNativeSqlAsync(sql, parameters, stop);

        public override ValueTask<DataFault?> ExecuteAsync(WritePlan plan, CancellationToken stop) => inner.ExecuteAsync(plan, stop);

        public override ValueTask ApplyAsync(SchemaStep step, CancellationToken stop) => inner.ApplyAsync(step, stop);

        public override ValueTask<long> ExecuteNativeSqlAsync(string sql, IReadOnlyList<FieldValue> parameters, CancellationToken stop) => inner.ExecuteNativeSqlAsync(sql, parameters, stop);

        public override ValueTask<long> ExecuteConsoleSqlAsync(string sql, SchemaSnapshot schema, CancellationToken stop) => inner.ExecuteConsoleSqlAsync(sql, schema, stop);

        public override void Dispose() => inner.Dispose();
    }
}
