using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Attacks;

/// <summary>
/// Guessing what hidden rows hold by the time that answers take, as an attacker would: a filter that costs a lot where a guess is right, several
/// requests for each guess, letter by letter. Whatever else the machine does only adds to a time, so the least of them counts. The answers themselves are always the same one row. That the method works on this machine is shown by a
/// superuser, from whom nothing is hidden.
/// </summary>
[Collection("Alone")]
public sealed class TimeAttackTests(TimedApp app) : IClassFixture<TimedApp>
{
    private const int Samples = 4, Costly = 30, Most = 12;

    [Theory]
    [InlineData("wall", "author.nick", "title", "")] // the rule that collections of accounts begin with
    [InlineData("wall", "author.nick", "title", "&sort=author.nick&skipTotal=0")]
    [InlineData("wall", "authors.nick", "authors.life", "")] // SQLite asks the columns of a row before rows elsewhere, so the cost must lie there, too
    [InlineData("wall", "notes_via_wall.word", "notes_via_wall.body", "")]
    [InlineData("by_team", "word", "title", "")]
    [InlineData("by_team", "word", "title", "&sort=-word&skipTotal=0")]
    [InlineData("by_label", "word", "title", "")] // without an index: SQLite goes through all rows
    [InlineData("by_label", "word", "title", "&sort=-word&skipTotal=0")]
    [InlineData("by_members", "word", "title", "")]
    [InlineData("by_readers", "word", "title", "")]
    [InlineData("by_any", "word", "title", "")]
    [InlineData("by_owner", "word", "title", "&sort=word")]
    [InlineData("addresses", "email", "title", "")]
    public async Task What_rows_hold_that_one_may_not_see_is_told_by_no_clock(string collection, string secret, string large, string more)
    {
        // What it knows already helps it: each letter is guessed behind the right ones.
        var knows = await RecoversAsync(collection, secret, large, more, await app.App.SuperuserTokenAsync());
        for (var again = 1; again < Most && !knows; again++) knows = await RecoversAsync(collection, secret, large, more, await app.App.SuperuserTokenAsync());
        knows.ShouldBeTrue("the attack finds nothing even where nothing is hidden");
        // By chance it guesses all letters once in 625 times, and in two of three tries never.
        var (told, missed) = (0, 0);
        while (told < 2 && missed < 2)
        {
            if (await RecoversAsync(collection, secret, large, more, app.Token)) told++;
            else missed++;
        }
        told.ShouldBeLessThan(2);
    }

    private async Task<bool> RecoversAsync(string collection, string secret, string large, string more, string token)
    {
        for (var known = 0; known < TimedApp.Secret.Length; known++)
        {
            var times = TimedApp.Letters.ToDictionary(letter => letter, _ => new List<double>());
            for (var sample = 0; sample <= Samples; sample++)
            {
                foreach (var letter in TimedApp.Letters)
                {
                    var took = await TimeAsync(collection, secret, TimedApp.Secret[..known] + letter, large, more, token);
                    if (sample > 0) times[letter].Add(took);
                }
            }
            if (times.MaxBy(of => of.Value.Min()).Key != TimedApp.Secret[known]) return false;
        }
        return true;
    }

    private async Task<double> TimeAsync(string collection, string secret, string guess, string large, string more, string token)
    {
        var costly = string.Join(" && ", Enumerable.Range(0, Costly).Select(i => $"{large} ?!~ '%a{i}b%'"));
        var filter = $"id = '{app.SeenOf(collection)}' || ({secret} ?~ '{guess}%' && {costly})";
        var began = Stopwatch.GetTimestamp();
        var answer = await app.App.GetAsync($"/api/collections/{collection}/records?fields=id&skipTotal=1{more}&filter={Uri.EscapeDataString(filter)}", token);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        if (token == app.Token) answer.Body.GetProperty("items").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(app.SeenOf(collection));
        return took;
    }
}

/// <summary>An app in which each collection has one row that Eve may see and one that she may not, under rules of every form.</summary>
public sealed class TimedApp : IAsyncLifetime
{
    public const string Secret = "dbec", Letters = "abcde";

    private static readonly string Large = new('a', 30_000);
    private readonly Dictionary<string, string> seen = [];

    public TestApp App { get; private set; } = null!;

    public string Token { get; private set; } = "";

    public string SeenOf(string collection) => seen[collection];

    public async Task InitializeAsync()
    {
        App = await TestApp.StartAsync();
        await MakeAsync("people", "id = @request.auth.id", [Text("nick"), Text("life")], type: "auth");
        var ann = await App.CreateAsync("people", new { email = "ann@example.com", password = "ann's long word", nick = Secret, life = Large });
        var eve = await App.CreateAsync("people", new { email = "eve@example.com", password = "eve's long word", nick = "eve" });
        Token = App.TokenOf(eve);

        await MakeAsync("wall", "", [Text("title"), To("author", "people"), To("authors", "people", 9)]);
        var hidden = await App.CreateAsync("wall", new { title = Large, author = ann.Id, authors = new[] { ann.Id } });
        seen["wall"] = (await App.CreateAsync("wall", new { title = "seen" })).Id;
        await MakeAsync("notes", "owner = @request.auth.id", [Text("word"), Text("body"), To("owner", "people"), To("wall", "wall")]);
        await App.CreateAsync("notes", new { word = Secret, body = Large, owner = ann.Id, wall = hidden.Id });

        await MakeAsync("teams", null, [To("owner", "people"), Text("label")]);
        await RowsAsync("by_team", "team.owner = @request.auth.id", [To("team", "teams")], async (owner, word, title) => new { word, title, team = (await App.CreateAsync("teams", new { owner })).Id }, ann.Id, eve.Id);
        await RowsAsync("by_label", "team.label = @request.auth.nick", [To("team", "teams")], async (owner, word, title) => new { word, title, team = (await App.CreateAsync("teams", new { label = owner == eve.Id ? "eve" : "ann" })).Id }, ann.Id, eve.Id);
        await RowsAsync("by_readers", "readers.id ?= @request.auth.id", [To("readers", "people", 9)], (owner, word, title) => Task.FromResult<object>(new { word, title, readers = new[] { owner } }), ann.Id, eve.Id);
        await RowsAsync("by_any", "@collection.teams.owner ?= @request.auth.id && @collection.teams.owner ?= owner", [To("owner", "people")], (owner, word, title) => Task.FromResult<object>(new { word, title, owner }), ann.Id, eve.Id);
        await RowsAsync("by_owner", "owner = @request.auth.id", [To("owner", "people")], (owner, word, title) => Task.FromResult<object>(new { word, title, owner }), ann.Id, eve.Id,
            "CREATE INDEX `idx_by_owner` ON `by_owner` (`word`, `title`)");

        await MakeAsync("by_members", "", [Text("word"), Text("title")]);
        await MakeAsync("members", null, [To("user", "people"), To("row", "by_members")]);
        foreach (var (user, word, title) in ((string, string, string)[])[(ann.Id, Secret, Large), (eve.Id, "seen", "seen")])
        {
            var row = (await App.CreateAsync("by_members", new { word, title })).Id;
            await App.CreateAsync("members", new { user, row });
            seen["by_members"] = row;
        }
        await SendAsync("PATCH", "/api/collections/by_members", new { listRule = "members_via_row.user ?= @request.auth.id" });

        await MakeAsync("addresses", "", [Text("title")], type: "auth");
        await App.CreateAsync("addresses", new { email = Secret + "@example.com", password = "a long enough word", title = Large, emailVisibility = false });
        seen["addresses"] = (await App.CreateAsync("addresses", new { email = "seen@example.com", password = "a long enough word", title = "seen", emailVisibility = true })).Id;
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    // One row that Ann alone may see, and one that Eve may.
    private async Task RowsAsync(string name, string rule, object[] fields, Func<string, string, string, Task<object>> row, string ann, string eve, params string[] indexes)
    {
        await MakeAsync(name, rule, [Text("word"), Text("title"), .. fields], indexes: indexes);
        await App.CreateAsync(name, await row(ann, Secret, Large));
        seen[name] = (await App.CreateAsync(name, await row(eve, "seen", "seen"))).Id;
    }

    private Task MakeAsync(string name, string? rule, object[] fields, string type = "base", string[]? indexes = null) =>
        SendAsync("POST", "/api/collections", new { name, type, listRule = rule, viewRule = rule, fields, indexes = indexes ?? [] });

    private async Task SendAsync(string method, string path, object body)
    {
        var answer = await App.SendAsync(method, path, JsonSerializer.SerializeToElement(body), await App.SuperuserTokenAsync());
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }

    private static object Text(string name) => new { name, type = "text", max = 100_000 };

    private object To(string name, string collection, int most = 1) => new { name, type = "relation", collectionId = App.App.Schema.Find(collection)!.Id, maxSelect = most };
}
