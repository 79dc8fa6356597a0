using Hearth.App.MovingIn;
using Hearth.App.MovingIn.Beside;
using Hearth.Tests.Moving;
using Shouldly;
using Xunit;

namespace Hearth.Tests.MoveIn;

/// <summary>Code beside an app is named with what it does. Without a word the app is not imported, and with it the check-up goes on naming it.</summary>
public sealed class HooksTests
{
    private const string Script =
        """
        /// <reference path="../pb_data/types.d.ts" />
        // onRecordDelete((e) => {}) is a comment
        const text = "routerAdd('GET', '/no')", pattern = /onServe\(["'`]/;
        onRecordCreateRequest((e) => {
            if (e.auth == null) { throw new ForbiddenError("no", {}) }
            e.next()
        }, "posts", 'notes')
        routerAdd("get", "/hello/{name}", (e) => e.json(200, { a: 4 / 2 }))
        routerUse((e) => e.next())
        cronAdd("tidy", "0 3 * * *", () => { $app.logger().info(`gone ${1 + 1}`) })
        $app.onServe()
        function onServeMine() {}
        """;

    [Fact]
    public void A_script_is_read_without_running_it() => HookScript.Tell(Script).ShouldBe(
        ["onRecordCreateRequest (posts, notes)", "the route GET /hello/{name}", "a middleware for all routes", "the schedule tidy (0 3 * * *)"]);

    [Theory]
    [InlineData("onServe(")]
    [InlineData("cronAdd('a")]
    [InlineData("/* onServe()")]
    [InlineData("`${`")]
    [InlineData("routerAdd(")]
    [InlineData("\"\\")]
    [InlineData("/[")]
    public void Broken_scripts_do_no_harm(string script) => HookScript.Tell(script).Count.ShouldBeLessThan(2);

    [Fact]
    public void Code_is_found_wherever_the_app_stands()
    {
        var root = Directory.CreateTempSubdirectory("hearth-test-node_modules-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "pb_hooks", "node_modules"));
            File.WriteAllText(Path.Combine(root, "pb_hooks", "main.pb.js"), "routerUse((e) => e.next())");
            File.WriteAllText(Path.Combine(root, "pb_hooks", "node_modules", "package.js"), "");
            BesideFolders.Hooks(Path.Combine(root, "pb_data")).ShouldBe(["main.pb.js: a middleware for all routes"]);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task An_app_with_code_beside_it_is_imported_only_on_purpose()
    {
        await using var old = PocketBaseFolder.Make();
        Put(old, "pb_hooks/main.pb.js", Script);
        Put(old, "pb_hooks/empty.pb.js", "");
        Put(old, "pb_hooks/lib/tools.js", "module.exports = {}");
        Put(old, "pb_migrations/1709290000_created_posts.js", "migrate(() => {})");
        Put(old, "pb_public/index.html", "<p>Hello</p>");
        var to = await MoveInTests.PlaceAsync(old);
        var refused = (await old.ImportAsync(to)).Fault.ShouldNotBeNull().Message;
        refused.ShouldContain("pb_hooks");
        refused.ShouldContain("main.pb.js: onRecordCreateRequest (posts, notes), the route GET /hello/{name}");
        refused.ShouldContain("empty.pb.js: nothing that could be recognized");
        refused.ShouldContain("--without-hooks");
        if (!TestEngine.IsPostgres) Directory.Exists(to.Folder).ShouldBeFalse();

        var report = (await old.ImportAsync(to, options: new MoveInOptions { WithoutHooks = true })).Value;
        report.Notes.ShouldContain(note => note.Contains("pb_migrations holds 1 migration; what it has done is in the data", StringComparison.Ordinal));
        report.Notes.ShouldContain(note => note.Contains("pb_public holds 1 file", StringComparison.Ordinal) && note.Contains("--public-dir", StringComparison.Ordinal));
        (await FindingsAsync()).ShouldHaveSingleItem().ShouldBe(["empty.pb.js: nothing that could be recognized", $"main.pb.js: {string.Join(", ", HookScript.Tell(Script))}", "and 1 more file that these may load"]);
        (await MoveWorld.WithAsync(to, app => app.ForgetOldHooksAsync())).ShouldBeTrue();
        (await FindingsAsync()).ShouldBeEmpty();

        Task<List<IReadOnlyList<string>>> FindingsAsync() => MoveWorld.WithAsync(to, async app =>
            (await app.ExamineAsync()).Where(finding => finding.Text.StartsWith("This app moved in without the code", StringComparison.Ordinal)).Select(finding => finding.Lines).ToList());
    }

    [Fact]
    public async Task Migrations_that_were_never_run_are_named()
    {
        await using var old = PocketBaseFolder.Make();
        Put(old, "pb_migrations/1709290000_created_posts.js", "");
        Put(old, "pb_migrations/1999999999_later.js", "");
        var report = (await old.ImportAsync(old.World.Folder("new"))).Value;
        report.Notes.ShouldContain(note => note.Contains("holds 1 migration that was never run: 1999999999_later.js.", StringComparison.Ordinal));
    }

    private static void Put(PocketBaseFolder old, string name, string content)
    {
        var path = Path.Combine(old.World.Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
