using System.Text;
using Hearth.Data;
using Hearth.Data.Compile;
using Hearth.Data.Postgres;
using Hearth.Data.Postgres.Compile;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Meaning;
using Npgsql;
using Shouldly;
using Xunit;
using static Hearth.Tests.Meaning.Shop;

namespace Hearth.Tests.Postgres;

/// <summary>Queries that must stay fast on large tables use an index, as PostgreSQL itself tells (EXPLAIN) of its plan for any values.</summary>
public sealed class PostgresQueryPlanTests(PostgresQueryPlanTests.Data data) : IClassFixture<PostgresQueryPlanTests.Data>
{
    // Each step that must be seen, then words that must not.
    private static readonly (string Name, Func<Shop, ReadPlan> Plan, string[] Seen, string[] NotSeen)[] Cases =
    [
        ("by id", s => Plan(s, new IdIn(s.Base, ["p77"])), ["Index Scan using posts_pkey"], ["Seq Scan"]),
        ("by ids", s => Plan(s, new IdIn(s.Base, ["p1", "p2"])), ["posts_pkey"], ["Seq Scan"]),
        ("newest first, a page", s => Plan(s, null, new SortKey(new StorageOrder(s.Base), true)), ["Index Scan Backward using \"posts_hearth$row_key\""], ["Sort"]),
        ("indexed number range, count", s => Plan(s, Within(s)) with { Columns = [] }, ["ix_views"], ["Seq Scan"]),
        ("indexed number, sorted by it, a page", s => Plan(s, Within(s), new SortKey(s.F("views"), true)), ["Index Scan Backward using ix_views", "Presorted Key:"], ["Seq Scan"]),
        ("the same with its total", s => Plan(s, Within(s), new SortKey(s.F("views"), true)) with { Counted = true }, ["CTE page", "Index Scan Backward using ix_views", "Presorted Key:"], ["Seq Scan"]),
        ("sorted by an index, no filter", s => Plan(s, null, new SortKey(s.F("views"), false)), ["Index Scan using ix_views"], ["Seq Scan"]),
        ("equality on text", s => Plan(s, Is(s.F("title"), "=", "title 77")), ["ix_title"], ["Seq Scan"]),
        ("an address, with an index that leaves empty ones out", s => Accounts(u => Is(Of(u, "email"), "=", "a@x.test")), ["uq_email"], ["Seq Scan"]),
        ("a literal on the left", s => Accounts(u => Is(Lit("a@x.test"), "=", Of(u, "email"))), ["uq_email"], ["Seq Scan"]),
        ("a name without regard to case", s => Accounts(u => Is(new Lower(Of(u, "name")), "=", new Lower(Lit("ANN")))), ["uq_name"], ["Seq Scan"]),
        ("rows of an owner", s => Plan(s, Is(s.F("author"), "=", "u7")), ["_rel_posts_author"], ["Seq Scan"]),
        ("what refers to a record", s => Plan(s, new RefersTo(s.Base, Relation(Posts, "author"), ["u7"])), ["_rel_posts_author"], ["Seq Scan"]),
        // Counted: for a page the server begins with what was stored first, since it takes any id of a list to be as frequent as any other.
        ("what refers to a record in a list", s => Plan(s, new RefersTo(s.Base, Relation(Posts, "tags"), ["t7"])) with { Columns = [] }, ["Bitmap Index Scan on _rel_posts_tags"], ["Seq Scan"]),
        ("what refers to one of several in a list", s => Plan(s, new RefersTo(s.Base, Relation(Posts, "tags"), ["t7", "t8"])) with { Columns = [] }, ["Bitmap Index Scan on _rel_posts_tags"], ["Seq Scan"]),
        ("relation join and an indexed number", s => Plan(s, new AllOf([Within(s), Is(Of(s.Author, "verified"), "=", true)]), new SortKey(s.F("views"), false)), ["ix_views"], ["Seq Scan on posts"]),
        ("by id and a rule through a relation", s => Plan(s, new AllOf([new IdIn(s.Base, ["p77"]), Is(Of(s.Author, "name"), "=", "Ann")])), ["posts_pkey", "users_pkey"], ["Seq Scan"]),
        ("what a user commented", s => Plan(s, Is(Of(s.PostComments, "author"), "?=", "u7")), ["_rel_comments_author", "posts_pkey"], ["Seq Scan"]),
        ("whether a user commented one", s => Plan(s, new AllOf([new IdIn(s.Base, ["p1"]), Is(Of(s.PostComments, "author"), "?=", "u7")])), ["posts_pkey", "_rel_comments_"], ["Seq Scan"]),
        ("what was commented, of an author", s => Plan(s, new AllOf([Is(s.F("author"), "=", "u7"), Is(Of(s.PostComments, "hot"), "?=", true)])), ["_rel_posts_author", "_rel_comments_post"], ["Seq Scan on comments"]),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    [PostgresTheory, MemberData(nameof(Names))]
    public async Task Uses_an_index(string name)
    {
        var (_, plan, seen, notSeen) = Cases.Single(c => c.Name == name);
        var asked = plan(new Shop());
        var sql = SelectCompiler.Compile(asked, asked.Columns.IsEmpty ? Asked.Count : asked.Counted ? Asked.RowsAndCount : Asked.Rows, PostgresWords.Reading);
        var steps = await data.ExplainAsync(sql);
        foreach (var step in seen) steps.ShouldContain(step, Case.Sensitive, $"{sql.Text}\n{steps}");
        foreach (var step in notSeen) steps.ShouldNotContain(step, Case.Sensitive, $"{sql.Text}\n{steps}");
    }

    private static readonly Collection Named = new()
    {
        Id = "named",
        Name = "named",
        Fields = [new TextField { Name = "id", Id = "id", PrimaryKey = true }, new TextField { Name = "name", Id = "name" }, new EmailField { Name = "email", Id = "email" }],
        Indexes =
        [
            new IndexDefinition("uq_email", true, [new IndexColumn("email")], "`email` != ''"),
            new IndexDefinition("uq_name", true, [new IndexColumn("name", Collation: "NOCASE")], "name != ''"),
        ],
    };

    private static AllOf Within(Shop shop) => new([Is(shop.F("views"), ">=", 500), Is(shop.F("views"), "<", 510)]);

    private static ReadPlan Accounts(Func<BaseSource, Filter> where)
    {
        var from = new BaseSource(Named);
        return new ReadPlan { From = from, Where = where(from), Columns = [new OutputColumn(Named.Fields[0])] };
    }

    private static ReadPlan Plan(Shop shop, Filter? where, params SortKey[] sort) =>
        new() { From = shop.Base, Where = where, Sort = [.. sort], Limit = 30, Columns = [.. Posts.Fields.Select(f => new OutputColumn(f))] };

    public sealed class Data : IAsyncLifetime
    {
        private PostgresDatabase? database;

        public async Task<string> ExplainAsync(SqlStatement sql)
        {
            await using var connection = new NpgsqlConnection(database!.Address); // there is one when a test runs
            await connection.OpenAsync();
            var types = string.Join(", ", sql.Arguments.Select(TypeOf));
            var values = string.Join(", ", sql.Arguments.Select(ValueOf));
            var steps = new StringBuilder();
            await using var command = new NpgsqlCommand(
                $"SET plan_cache_mode = force_generic_plan; PREPARE asked{(types.Length > 0 ? $"({types})" : "")} AS {sql.Text}; EXPLAIN (COSTS OFF) EXECUTE asked{(values.Length > 0 ? $"({values})" : "")}", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) steps.AppendLine(reader.GetString(0));
            return steps.ToString();
        }

        public async Task InitializeAsync()
        {
            if (!PostgresCluster.IsHere) return;
            database = await PostgresDatabase.OpenAsync();
            await database.Engine.WriteAsync(async session =>
            {
                foreach (var collection in new[] { Users, Tags, Posts, Comments, Profiles, Named })
                {
                    await session.ApplyAsync(new CreateTable(collection), default);
                    foreach (var index in collection.Indexes) await session.ApplyAsync(new CreateIndex(collection, index), default);
                }
                await session.ApplyAsync(new CreateIndex(Posts, new IndexDefinition("ix_views", false, [new IndexColumn("views")], null)), default);
                await session.ApplyAsync(new CreateIndex(Posts, new IndexDefinition("ix_title", false, [new IndexColumn("title")], null)), default);
                return true;
            }, null, default);
            await using var connection = new NpgsqlConnection(database.Address);
            await connection.OpenAsync();
            await using var fill = new NpgsqlCommand(
                """
                INSERT INTO users (id, name, age) SELECT 'u' || n, 'name ' || n, n % 90 FROM generate_series(1, 1000) n;
                INSERT INTO tags (id, name, weight) SELECT 't' || n, 'tag ' || n, n FROM generate_series(1, 500) n;
                INSERT INTO posts (id, title, views, hot, author, tags) SELECT 'p' || n, 'title ' || n, n % 1000, n % 2 = 1, 'u' || (n % 1000 + 1), ARRAY['t' || (n % 500 + 1)] FROM generate_series(1, 50000) n;
                INSERT INTO comments (id, post, author, hot) SELECT 'c' || n, 'p' || (n * 7 % 50000), 'u' || (n % 1000 + 1), n % 3 = 0 FROM generate_series(1, 50000) n;
                INSERT INTO named (id, name, email) SELECT 'n' || n, 'Name ' || n, 'n' || n || '@x.test' FROM generate_series(1, 10000) n;
                ANALYZE;
                """, connection);
            await fill.ExecuteNonQueryAsync();
        }

        public async Task DisposeAsync()
        {
            if (database is not null) await database.DisposeAsync();
        }

        private static string TypeOf(SqlArgument argument) => argument switch
        {
            { IsInteger: true } => "bigint",
            { Value.Kind: FieldValueKind.Number } => "double precision",
            { Value.Kind: FieldValueKind.Bool } => "boolean",
            { Value.Kind: FieldValueKind.List } => "text[]",
            _ => "text",
        };

        private static string ValueOf(SqlArgument argument) => argument switch
        {
            { IsInteger: true } => argument.Integer.ToString(System.Globalization.CultureInfo.InvariantCulture),
            { Value.Kind: FieldValueKind.Number or FieldValueKind.Bool } => argument.Value.ToString() ?? "",
            { Value.Kind: FieldValueKind.List } => $"ARRAY[{string.Join(", ", argument.Value.AsList.Select(SqlWriter.QuoteText))}]",
            _ => SqlWriter.QuoteText(argument.Value.AsText),
        };
    }
}
