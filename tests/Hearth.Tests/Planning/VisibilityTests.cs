using System.Text;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Meaning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Planning;

/// <summary>What callers see of records and of their order, on a real database (contract 1.10 and 2.4).</summary>
public sealed class VisibilityTests
{
    private static readonly SchemaSnapshot Schema = SchemaText.Read("""
        auth users
          list:
          manage: team.title = "staff" && @request.auth.boss = true
          boss bool
          team relation teams
          secret text hidden
        teams
          list:
          title text
        posts
          list:
          title text
        comments
          list: open = true
          post relation posts
          text text
          open bool
        """);

    private static Collection Users => Schema.Find("users")!;

    [Theory]
    [InlineData("guest", "- - pub@x")]
    [InlineData("u1", "u1@x - pub@x")]
    [InlineData("boss", "- u2@x pub@x")]
    [InlineData("superuser", "u1@x u2@x pub@x")]
    public async Task Addresses(string who, string seen)
    {
        await using var database = await TestDatabase.OpenAsync([.. Schema.Collections]);
        await database.InsertAsync(Schema.Find("teams")!, ("id", "t1"), ("title", "staff"));
        await database.InsertAsync(Users, ("id", "u1"), ("email", "u1@x"), ("tokenKey", "1"), ("team", "t0"));
        await database.InsertAsync(Users, ("id", "u2"), ("email", "u2@x"), ("tokenKey", "2"), ("team", "t1"));
        await database.InsertAsync(Users, ("id", "u3"), ("email", "pub@x"), ("tokenKey", "3"), ("emailVisibility", true));
        var caller = who switch
        {
            "guest" => Caller.Guest,
            "superuser" => Caller.System,
            _ => Caller.Of(Users, TestDatabase.Insert(Users, ("id", who), ("boss", who == "boss")).Values),
        };
        var plan = new Planner(Schema, new RequestFacts { Caller = caller }).List(Users, "", new ListQuery("", "id", 1, 30)).Value;
        var names = plan.Columns.Select(c => c.Field.Name).ToList();
        names.ShouldNotContain("password");
        names.ShouldNotContain("tokenKey");
        names.Contains("secret").ShouldBe(who == "superuser");
        (await ColumnAsync(database, plan, names.IndexOf("email"))).ShouldBe(seen);
    }

    [Fact]
    public async Task Hidden_rows_do_not_decide_a_filter_or_an_order()
    {
        await using var database = await TestDatabase.OpenAsync([.. Schema.Collections]);
        var (posts, comments) = (Schema.Find("posts")!, Schema.Find("comments")!);
        await database.InsertAsync(posts, ("id", "p1"));
        await database.InsertAsync(posts, ("id", "p2"));
        await database.InsertAsync(comments, ("id", "c1"), ("post", "p1"), ("text", "m"), ("open", true));
        await database.InsertAsync(comments, ("id", "c2"), ("post", "p2"), ("text", "n"), ("open", true));
        await database.InsertAsync(comments, ("id", "c3"), ("post", "p2"), ("text", "a"));

        async Task<string> Ids(Caller caller, string filter, string sort) =>
            await database.IdsAsync(new Planner(Schema, new RequestFacts { Caller = caller }).List(posts, "", new ListQuery(filter, sort, 1, 30)).Value);

        (await Ids(Caller.Guest, "comments_via_post.text ?= 'a'", "")).ShouldBe("");
        (await Ids(Caller.System, "comments_via_post.text ?= 'a'", "")).ShouldBe("p2");
        (await Ids(Caller.Guest, "comments_via_post.text != 'a'", "")).ShouldBe("p1 p2");
        (await Ids(Caller.System, "comments_via_post.text != 'a'", "")).ShouldBe("p1");
        (await Ids(Caller.Guest, "", "comments_via_post.text")).ShouldBe("p1 p2");
        (await Ids(Caller.System, "", "comments_via_post.text")).ShouldBe("p2 p1");
    }

    private static async Task<string> ColumnAsync(TestDatabase database, ReadPlan plan, int column)
    {
        using var session = await database.Engine.ReadAsync(default);
        using var rows = await session.QueryAsync(plan, default);
        var cells = new List<string>();
        while (await rows.NextAsync(default)) cells.Add(rows.KindOf(column) == CellKind.Null ? "-" : Encoding.UTF8.GetString(rows.Utf8Of(column)));
        return string.Join(' ', cells);
    }
}
