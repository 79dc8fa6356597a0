using System.Net;
using Hearth.App;
using Hearth.Tests.Postgres;
using Npgsql;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Sql;

/// <summary>What the SQL console refuses is refused by the database, however it is written. On PostgreSQL with a plain role, as the guide asks for.</summary>
public sealed class ConsoleBoundsTests(ConsoleBoundsTests.ConsoleApp console) : IClassFixture<ConsoleBoundsTests.ConsoleApp>
{
    private const string OfOwn = "Hearth keeps itself in";
    private const string OfGone = "would be gone";

    [Theory]
    [InlineData("CREATE TEMP TABLE posts (id TEXT, title TEXT)")]
    [InlineData("CREATE TEMPORARY TABLE posts AS SELECT 1 AS id")]
    [InlineData("create temporary view posts as select 1 as id")]
    [InlineData("UPDATE posts SET title = title; CREATE /* x */ TEMP TABLE posts (id TEXT)")]
    public async Task Nothing_stays_on_a_connection_to_hide_a_collection(string query)
    {
        (await console.RunAsync(query)).ShouldContain("emp");
        await console.ShouldKeepWritesAsync();
    }

    [Theory]
    [InlineData("CREATE TABLE temp.posts (id TEXT)")]
    [InlineData("CREATE TABLE \"TEMP\".posts (id TEXT)")]
    [InlineData("CREATE TEMP TRIGGER t AFTER INSERT ON posts BEGIN DELETE FROM posts; END")]
    [InlineData("CREATE VIRTUAL TABLE temp.posts USING fts5(title)")]
    public async Task Nothing_temporary_on_SQLite(string query)
    {
        if (TestEngine.IsPostgres) return;
        await console.RunAsync(query);
        await console.ShouldKeepWritesAsync();
    }

    [Theory]
    [InlineData("CREATE TABLE pg_temp.posts (id text)")]
    [InlineData("CREATE TABLE pg_temp.posts AS SELECT 'x' AS id")]
    [InlineData("CREATE TEMP SEQUENCE s")]
    [InlineData("CREATE DOMAIN pg_temp.text AS varchar")]
    [InlineData("CREATE TABLE U&\"pg!005ftemp\" UESCAPE '!'.posts (id text)")]
    // A schema in front of ours.
    [InlineData("CREATE SCHEMA plain_console CREATE TABLE posts (id text)")]
    [InlineData("UPDATE posts SET title = set_config('search_path', 'nowhere', false); DELETE FROM nowhere.posts")]
    public async Task Nothing_temporary_and_no_other_path_on_PostgreSQL(string query)
    {
        if (!TestEngine.IsPostgres) return;
        await console.RunAsync(query);
        await console.ShouldKeepWritesAsync();
    }

    [Theory]
    [InlineData("DELETE FROM _audit")]
    [InlineData("DELETE FROM main._audit", false)]
    [InlineData("DELETE FROM [_AUDIT]", false)]
    [InlineData("DELETE FROM `_audit`", false)]
    [InlineData("UPDATE '_collections' SET name = name", false)]
    [InlineData("REPLACE INTO _params (id) VALUES ('x')", false)]
    [InlineData("INSERT INTO _jobs (id) VALUES ('x') ON CONFLICT DO NOTHING")]
    [InlineData("CREATE INDEX mine ON _audit (id)")]
    [InlineData("DROP INDEX idx__audit_number")]
    [InlineData("DROP TABLE _tries")]
    [InlineData("ALTER TABLE _tries RENAME TO tries")]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON posts BEGIN DELETE FROM _audit; END", false)]
    [InlineData("CREATE TRIGGER t INSTEAD OF DELETE ON seen BEGIN DELETE FROM _audit; END; DELETE FROM seen", false)]
    [InlineData("CREATE TRIGGER t AFTER UPDATE OF title ON posts BEGIN UPDATE _params SET value = '{}'; END", false)]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON _audit BEGIN DELETE FROM posts; END", false)]
    [InlineData("DELETE FROM U&\"!005faudit\" UESCAPE '!'", true)]
    [InlineData("UPDATE U&\"!005fcollections\" UESCAPE '!' SET name = name", true)]
    [InlineData("CREATE TABLE mine () INHERITS (_audit)", true)]
    [InlineData("CREATE TABLE mine (id text REFERENCES _collections (id))", true)]
    [InlineData("CREATE RULE r AS ON INSERT TO _audit DO INSTEAD NOTHING", true)]
    [InlineData("UPDATE posts SET title = hearth$note('a', '', 'b')", true)]
    [InlineData("UPDATE posts SET title = title; TRUNCATE _signals", true)]
    [InlineData("ALTER SEQUENCE _signals_id_seq RESTART", true)]
    [InlineData("DELETE FROM _nodes", true)]
    [InlineData("DELETE FROM _logs", true)]
    [InlineData("CREATE VIEW mine AS SELECT * FROM _leases; DELETE FROM mine", true)]
    public async Task Tables_in_which_Hearth_keeps_itself_are_left_alone(string query, bool? postgres = null)
    {
        if (postgres is { } only && only != TestEngine.IsPostgres) return;
        var entries = await console.CountAsync("_audit");
        var message = await console.RunAsync(query);
        (message.Contains(OfOwn, StringComparison.Ordinal) || message.Contains(OfGone, StringComparison.Ordinal)).ShouldBeTrue($"{query}: {message}");
        (await console.CountAsync("_audit")).ShouldBeGreaterThanOrEqualTo(entries);
        await console.ShouldKeepWritesAsync();
    }

    [Theory]
    [InlineData("DROP TABLE posts")]
    [InlineData("drop table if exists \"POSTS\"", false)] // on PostgreSQL another name, of nothing
    [InlineData("ALTER TABLE posts RENAME TO other")]
    [InlineData("ALTER TABLE posts ADD COLUMN more text")]
    [InlineData("DROP INDEX idx_title")]
    [InlineData("DROP VIEW seen")]
    [InlineData("ALTER TABLE U&\"p!006fsts\" UESCAPE '!' ADD COLUMN more text", true)]
    [InlineData("DROP INDEX U&\"idx!005ftitle\" UESCAPE '!'", true)]
    [InlineData("ALTER TABLE posts ENABLE ROW LEVEL SECURITY", true)]
    [InlineData("ALTER TABLE posts ADD CHECK (title <> 'x')", true)]
    [InlineData("DROP SCHEMA public CASCADE", true)]
    [InlineData("ALTER SCHEMA public RENAME TO mine", true)]
    [InlineData("DROP FUNCTION hearth$enter(bigint)", true)]
    [InlineData("DROP OWNED BY plain_console", true)]
    public async Task Collections_are_changed_as_such(string query, bool? postgres = null)
    {
        if (postgres is { } only && only != TestEngine.IsPostgres) return;
        await console.RunAsync(query);
        await console.ShouldKeepWritesAsync();
    }

    [Fact]
    public async Task A_table_of_one_s_own_is_changed_as_one_likes()
    {
        foreach (var query in new[] { "CREATE TABLE mine (a text, b text)", "ALTER TABLE mine RENAME COLUMN a TO c", "ALTER TABLE mine DROP COLUMN b", "ALTER TABLE mine RENAME TO yours", "DROP TABLE yours" })
        {
            await console.RunAsync(query, HttpStatusCode.OK);
        }
        await console.ShouldKeepWritesAsync();
    }

    [Theory]
    [InlineData("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN EXECUTE ''DELETE FROM _au''||''dit''; RETURN 1; END'")]
    [InlineData("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; UPDATE posts SET title = title WHERE f() = 1")]
    [InlineData("CREATE OR REPLACE FUNCTION hearth$enter(bigint) RETURNS void LANGUAGE sql AS 'SELECT'")]
    [InlineData("CREATE PROCEDURE p() LANGUAGE sql AS 'DELETE FROM _audit'")]
    [InlineData("CREATE AGGREGATE a (float8) (SFUNC = float8pl, STYPE = float8)")]
    [InlineData("CREATE RULE r AS ON INSERT TO posts DO ALSO DELETE FROM _audit")]
    [InlineData("CREATE TRIGGER t BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()")]
    [InlineData("CREATE OPERATOR = (LEFTARG = text, RIGHTARG = text, FUNCTION = textne)")]
    [InlineData("CREATE POLICY p ON posts USING (false)")]
    [InlineData("ALTER ROLE plain_console SET search_path = nowhere")]
    [InlineData("ALTER ROLE plain_console PASSWORD 'x'")]
    [InlineData("ALTER -- \r ROLE plain_console PASSWORD 'x' -- \n TABLE y")]
    [InlineData("ALTER /* /* */ TABLE y */ ROLE plain_console PASSWORD 'x'")]
    [InlineData("CREATE SCHEMA mine GRANT ALL ON SEQUENCE _signals_id_seq TO plain_console")]
    [InlineData("UPDATE posts SET title = setval('_signals_id_seq', 1)")]
    [InlineData("DO 'BEGIN DELETE FROM _audit; END'")]
    [InlineData("SET hearth.console = off")]
    [InlineData("RESET ROLE")]
    [InlineData("COMMIT")]
    [InlineData("UPDATE posts SET title = title; COMMIT; DELETE FROM _audit")]
    [InlineData("CREATE TABLE \u0000mine (id text)")]
    public async Task Nothing_that_would_run_later_or_elsewhere_is_made_on_PostgreSQL(string query)
    {
        if (!TestEngine.IsPostgres) return;
        await console.RunAsync(query);
        await console.ShouldKeepWritesAsync();
    }

    [Fact]
    public async Task What_stays_within_the_bounds_is_done()
    {
        foreach (var query in new[]
        {
            "CREATE TABLE beside (id text PRIMARY KEY, n integer)", "INSERT INTO beside VALUES ('a', 1), ('b', 2)", "CREATE INDEX by_n ON beside (n)", "CREATE VIEW both_of AS SELECT id FROM beside",
            "ALTER TABLE beside ADD COLUMN more text", "UPDATE beside SET more = 'x'; DELETE FROM beside WHERE n = 2", "CREATE INDEX mine ON posts (title)", "DROP INDEX mine", "DROP VIEW both_of", "DROP TABLE beside",
            TestEngine.IsPostgres ? "CREATE TYPE mood AS ENUM ('a'); CREATE TYPE span AS RANGE (SUBTYPE = date); DROP TYPE span" : "CREATE TRIGGER t AFTER UPDATE ON posts BEGIN DELETE FROM posts WHERE title = 'gone'; END; DROP TRIGGER t",
        }) await console.RunAsync(query, HttpStatusCode.OK);
        await console.ShouldKeepWritesAsync();
    }

    [Fact]
    public async Task A_trigger_from_elsewhere_does_not_reach_into_Hearths_own_tables()
    {
        if (TestEngine.IsPostgres) return;
        // Past the console, as a program with the file at hand could have made it.
        await console.App.App.Engine.WriteAsync(session => session.ExecuteNativeSqlAsync("CREATE TABLE wild (a); CREATE TRIGGER w AFTER INSERT ON wild BEGIN DELETE FROM _audit; END", [], default), null, default);
        (await console.RunAsync("INSERT INTO wild VALUES (1)")).ShouldContain(OfOwn);
        await console.App.App.Engine.WriteAsync(session => session.ExecuteNativeSqlAsync("DROP TABLE wild", [], default), null, default);
    }

    [Fact]
    public async Task The_checkup_tells_of_rights_that_are_not_needed()
    {
        var text = (await console.App.GetAsync("/api/doctor", console.Root)).Text;
        text.ShouldNotContain("can do more than Hearth needs");
        if (!TestEngine.IsPostgres) return;
        await using var app = await TestApp.StartAsync(); // as the administrator of the server
        (await app.GetAsync("/api/doctor", await app.SuperuserTokenAsync())).Text.ShouldContain("it is a superuser");
    }

    [Theory]
    [InlineData("SELECT interval '1 mon 2 days'", "1 mon 2 days")]
    [InlineData("SELECT 1e400", null)]
    [InlineData("SELECT 'NaN'::numeric, 'Infinity'::numeric", "NaN")]
    [InlineData("SELECT 12.50::numeric", "12.50")]
    [InlineData("SELECT '0044-03-15 BC'::date, '0044-03-15 BC'::timestamptz", "0044-03-15 BC")]
    [InlineData("SELECT 'infinity'::timestamp", "infinity")]
    [InlineData("SELECT '{NULL,1}'::int[]", "{NULL,1}")]
    [InlineData("SELECT ROW(1, 'a')", "(1,a)")]
    [InlineData("SELECT p FROM posts p LIMIT 1", null)]
    [InlineData("SELECT 'pg_class'::regclass", "pg_class")]
    [InlineData("SELECT '192.168.0.0/16'::cidr", "192.168.0.0/16")]
    [InlineData("SELECT true, 1.5::float8, 'x'::bytea", "1")]
    public async Task Every_value_of_PostgreSQL_can_be_looked_at(string query, string? first)
    {
        if (!TestEngine.IsPostgres) return;
        var answer = await console.SendAsync(query);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        if (first is not null) answer.Body.GetProperty("rows")[0][0].GetString().ShouldBe(first);
        var view = await console.App.SendAsync("POST", "/api/collections/meta/dry-run-view", new { query = $"SELECT p.id, ({query.Replace("FROM posts p LIMIT 1", "", StringComparison.Ordinal).Split(',')[0]}) AS v FROM posts p" }, console.Root);
        ((int)view.Status).ShouldBeLessThan(500, view.Text);
    }

    [Theory]
    [InlineData("SELECT 'a\0b'")]
    [InlineData("DELETE FROM posts WHERE title = 'a\0b'")]
    public async Task The_character_NUL_is_refused_as_such(string query) => (await console.RunAsync(query)).ShouldContain("NUL");

    [Fact]
    public async Task Values_that_no_answer_can_hold_are_refused()
    {
        var huge = TestEngine.IsPostgres ? "repeat('x', 140000000)" : "replace(hex(zeroblob(70000000)), '0', 'x')";
        await console.RunAsync($"SELECT {huge}");
        ((int)(await console.App.SendAsync("POST", "/api/collections/meta/dry-run-view", new { query = $"SELECT id, {huge} AS v FROM posts WHERE title = 'first'" }, console.Root)).Status).ShouldBe(400);
        ((int)(await console.App.SendAsync("POST", "/api/collections/meta/dry-run-view", new { query = "SELECT id, 'a\0b' AS v FROM posts" }, console.Root)).Status).ShouldBe(400);
    }

    public sealed class ConsoleApp : IAsyncLifetime
    {
        private const string Plain = "plain_console";
        private string? database;

        public TestApp App { get; private set; } = null!;

        public string Root { get; private set; } = "";

        public async Task InitializeAsync()
        {
            App = await TestApp.StartAsync(TestEngine.IsPostgres ? await PlainAsync() : null);
            Root = await App.SuperuserTokenAsync();
            var fields = new object[] { new { name = "title", type = "text" } };
            (await App.SendAsync("POST", "/api/collections", new { name = "posts", type = "base", fields, createRule = "", viewRule = "", indexes = new[] { "CREATE INDEX idx_title ON posts (title)" } }, Root)).Status.ShouldBe(HttpStatusCode.OK);
            (await App.SendAsync("POST", "/api/collections", new { name = "seen", type = "view", viewQuery = "SELECT id, title FROM posts" }, Root)).Status.ShouldBe(HttpStatusCode.OK);
            await App.CreateAsync("posts", new { title = "first" });
        }

        public async Task DisposeAsync()
        {
            await App.DisposeAsync();
            if (database is null) return;
            await PostgresCluster.OfThisRun.DropAsync(database);
            await PostgresCluster.OfThisRun.ExecuteAsync($"DROP ROLE {Plain}");
        }

        public Task<Answer> SendAsync(string query) => App.SendAsync("POST", "/api/sql", new { query }, Root);

        /// <summary>Runs it and gives the message.</summary>
        public async Task<string> RunAsync(string query, HttpStatusCode expected = HttpStatusCode.BadRequest)
        {
            var answer = await SendAsync(query);
            answer.Status.ShouldBe(expected, $"{query}: {answer.Text}");
            return expected == HttpStatusCode.OK ? "" : answer.Message;
        }

        public async Task<int> CountAsync(string table) => int.Parse((await SendAsync($"SELECT count(*) FROM {table}")).Body.GetProperty("rows")[0][0].GetString()!, System.Globalization.CultureInfo.InvariantCulture);

        /// <summary>What is acknowledged can be read.</summary>
        public async Task ShouldKeepWritesAsync()
        {
            var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => App.SendAsync("POST", "/api/collections/posts/records", new { title = "kept" })));
            foreach (var one in made)
            {
                one.Status.ShouldBe(HttpStatusCode.OK, one.Text);
                (await App.GetAsync($"/api/collections/posts/records/{one.Body.GetProperty("id").GetString()}")).Status.ShouldBe(HttpStatusCode.OK);
            }
        }

        private async Task<Action<HearthOptions>> PlainAsync()
        {
            var cluster = PostgresCluster.OfThisRun;
            database = $"console_{Environment.ProcessId}";
            var address = await cluster.DatabaseAsync(database);
            await cluster.ExecuteAsync($"CREATE ROLE {Plain} LOGIN PASSWORD 'plain'");
            await cluster.ExecuteAsync($"ALTER DATABASE {database} OWNER TO {Plain}");
            var plain = new NpgsqlConnectionStringBuilder(address) { Username = Plain, Password = "plain" }.ConnectionString;
            return options => options.UsePostgres(plain);
        }
    }
}
