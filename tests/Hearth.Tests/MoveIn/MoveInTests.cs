using System.Net;
using Hearth.App;
using Hearth.Records.Moving;
using Hearth.Resources.Tokens;
using Hearth.Tests.Moving;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shouldly;
using Xunit;

namespace Hearth.Tests.MoveIn;

/// <summary>What worked with the old app works with the new one, on the engine of the run; the old one does not notice.</summary>
public sealed class MoveInTests
{
    [Fact]
    public async Task A_whole_app_moves_in()
    {
        await using var old = PocketBaseFolder.Make().WithFiles();
        var before = old.Tell();
        var to = await PlaceAsync(old);
        var report = (await old.ImportAsync(to)).Value;

        old.Tell().ShouldBe(before);
        report.Notes.ShouldBe(["1 file had no attributes: what it is was found out from the content."]);
        report.Moved.ShouldBe(new MoveReport(9, 16, 2, 11, 0, 0, report.Moved!.LeftOut));
        report.Checks.Count.ShouldBe(7);
        Directory.EnumerateFileSystemEntries(to.Folder, ".hearth*").ShouldBeEmpty();

        await using var server = await ServeAsync(to);
        foreach (var (identity, collection) in new[] { ("root@example.org", "_superusers"), ("ann@example.org", "users"), ("ben@example.org", "users"), ("cyd@example.org", "users") })
        {
            (await server.SendAsync("POST", $"/api/collections/{collection}/auth-with-password", new { identity, password = PocketBaseFolder.Password })).Status.ShouldBe(HttpStatusCode.OK, identity);
        }
        (await server.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = "ann@example.org", password = "another password" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        var root = OldToken("pbc_3142635823", "superuser000001", "root", "Super");
        (await server.SendAsync("POST", "/api/collections/users/auth-refresh", token: OldToken("_pb_users_auth_", "benbenbenbenben", "ben", "Users"))).Status.ShouldBe(HttpStatusCode.OK);
        (await server.SendAsync("POST", "/api/collections/users/auth-refresh", token: OldToken("_pb_users_auth_", "benbenbenbenben", "ann", "Users"))).Status.ShouldBe(HttpStatusCode.Unauthorized);

        var posts = (await server.GetAsync("/api/collections/posts/records?expand=author,fans")).Body;
        posts.GetProperty("items").EnumerateArray().Select(post => post.GetProperty("id").GetString()).ShouldBe(["post00000000001", "post00000000002", "aaaaaaaaaaaaaaa"]);
        var first = posts.GetProperty("items")[0];
        first.GetProperty("kinds").GetRawText().ShouldBe("""["d","a"]""");
        first.GetProperty("meta").GetRawText().ShouldBe("""{"b":[1,null,"x"],"a":{}}""");
        first.GetProperty("place").GetRawText().ShouldBe("""{"lon":-122.37,"lat":37.62}""");
        first.GetProperty("updated").GetString().ShouldBe("2024-03-01 10:00:05.000Z");
        first.TryGetProperty("inner", out _).ShouldBeFalse();
        posts.GetProperty("items")[2].GetProperty("n").GetDouble().ShouldBe(12345678901234);
        (await server.GetAsync("/api/collections/topPosts/records")).Body.GetProperty("items").EnumerateArray().Select(post => post.GetProperty("title").GetString()).ShouldBe(["First", "Third"], ignoreOrder: true);
        (await server.SendAsync("POST", "/api/collections/posts/records", new { title = "FIRST" }, root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await server.GetAsync("/api/collections/papers/records")).Status.ShouldBe(HttpStatusCode.Forbidden);

        var settings = (await server.GetAsync("/api/settings", root)).Body;
        settings.GetProperty("meta").GetProperty("appName").GetString().ShouldBe("Ember");
        settings.GetProperty("batch").GetProperty("maxRequests").GetInt32().ShouldBe(77);
        server.App.Settings.Current.Smtp.Password.ShouldBe("smtp-secret");
        var users = server.App.Schema.Find("users")!;
        (users.Id, users.Auth!.OAuth2.Providers[0].ClientSecret, users.Auth.AuthToken.Secret).ShouldBe(("_pb_users_auth_", "the-google-secret", "UsersAuth".PadRight(50, 'S')));
        server.App.Schema.Find("notes")!.Indexes.Single().Name.ShouldBe("idx_notes_post");
        (await server.GetAsync("/api/collections/_externalAuths/records", root)).Body.GetProperty("items")[0].GetProperty("providerId").GetString().ShouldBe("7");
        // What a new app has beside these is there.
        server.App.Schema.Find("_sessions").ShouldNotBeNull();
        server.App.Schema.Find("_superusers")!.Auth!.AuthToken.Duration.ShouldBe(86_400);
    }

    [Fact]
    public async Task What_stands_in_the_log_is_taken_and_nothing_is_written_beside_it()
    {
        await using var old = PocketBaseFolder.Make(sql: "UPDATE `posts` SET `title` = 'In the log' WHERE `id` = 'post00000000002'", log: true);
        Protect(old.Path, true);
        var before = old.Tell();
        before.ShouldContain("data.db-wal");
        var to = await PlaceAsync(old);
        try
        {
            (await old.ImportAsync(to)).Fault.ShouldBeNull();
            old.Tell().ShouldBe(before);
        }
        finally
        {
            Protect(old.Path, false);
        }
        await using var server = await ServeAsync(to);
        (await server.GetAsync("/api/collections/posts/records/post00000000002")).Body.GetProperty("title").GetString().ShouldBe("In the log");
    }

    [Fact]
    public async Task Afterwards_the_two_can_be_held_against_each_other()
    {
        await using var old = PocketBaseFolder.Make().WithFiles();
        var before = old.Tell();
        var to = await PlaceAsync(old);
        (await old.ImportAsync(to)).Fault?.Message.ShouldBeNull();
        var same = (await VerifyAsync()).Value;
        same.Notes.ShouldBeEmpty();
        same.Missing.ShouldBeEmpty();
        same.Checks.Count(check => check.StartsWith("Every record of ", StringComparison.Ordinal)).ShouldBe(9);

        await MoveWorld.WithAsync(to, app => MoveWorld.AddAsync(app, "posts", """{"title":"Written since"}"""));
        File.Delete(Path.Combine(to.Folder, "storage/pbc_papers/paper0000000001/contract_4444444444.pdf"));
        (await VerifyAsync()).Value.Missing.ShouldBe(
        [
            "posts had 3 records and has 4.", "The file pbc_papers/paper0000000001/contract_4444444444.pdf is not found, or is not as long as it was.",
            "posts: not every record is as it was.",
        ], ignoreOrder: true);
        old.Tell().ShouldBe(before);
        await Should.ThrowAsync<Hearth.Data.DataException>(() => Hearth.App.MovingIn.MoveIn.VerifyAsync(old.Path, PocketBaseFolder.OptionsOf(old.World.Folder("nothing")), new()));
        Directory.Exists(old.World.Folder("nothing").Folder).ShouldBeFalse();

        Task<Hearth.Basics.Outcome<Hearth.App.MovingIn.MoveInReport>> VerifyAsync() => Hearth.App.MovingIn.MoveIn.VerifyAsync(old.Path, PocketBaseFolder.OptionsOf(to), new());
    }

    [Fact]
    public async Task Files_are_served_as_before()
    {
        await using var old = PocketBaseFolder.Make().WithFiles();
        File.WriteAllText(Path.Combine(old.Path, "storage/pbc_1125843985/post00000000001/one_2222222222.txt.attrs"), "{ broken");
        old.Change("UPDATE posts SET pages = json_array('one_2222222222.txt', 'two_3333333333.bin', '../../../../../../../../etc/passwd', '..', 'a/b', '') WHERE id = 'post00000000001'");
        var before = old.Tell();
        var to = await PlaceAsync(old);
        var report = (await old.ImportAsync(to)).Value;
        old.Tell().ShouldBe(before);
        report.Notes.ShouldContain(note => note.StartsWith("2 files had no attributes", StringComparison.Ordinal));
        report.Checks.ShouldContain(check => check.StartsWith("5 files are found where their records name them", StringComparison.Ordinal));

        await using var server = await ServeAsync(to);
        var cover = await server.Client.GetAsync("/api/files/posts/post00000000001/sun_1111111111.png");
        (cover.StatusCode, cover.Content.Headers.ContentType?.MediaType, await cover.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.OK, "image/png", "sun"));
        cover.Headers.ETag.ShouldNotBeNull();
        foreach (var (name, content) in new[] { ("one_2222222222.txt", "one"), ("two_3333333333.bin", "two") })
        {
            // Neither had attributes that can be read; both are text.
            var page = await server.Client.GetAsync($"/api/files/pbc_1125843985/post00000000001/{name}");
            (page.Content.Headers.ContentType?.MediaType, await page.Content.ReadAsStringAsync()).ShouldBe(("text/plain", content));
        }
        (await server.GetAsync("/api/files/papers/paper0000000001/contract_4444444444.pdf")).Status.ShouldBe(HttpStatusCode.NotFound);
        // Tokens for files, too, are good as the old app signed them.
        var mine = await server.Client.GetAsync($"/api/files/papers/paper0000000001/contract_4444444444.pdf?token={OldToken("_pb_users_auth_", "annannannannann", "ann", "Users", "file", "File")}");
        (mine.StatusCode, await mine.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.OK, "%PDF-1.7 secret"));
        (await server.GetAsync($"/api/files/papers/paper0000000001/contract_4444444444.pdf?token={OldToken("_pb_users_auth_", "benbenbenbenben", "ben", "Users", "file", "File")}")).Status.ShouldBe(HttpStatusCode.NotFound);
        // A record that goes takes its files along, as if they had been uploaded here.
        (await server.SendAsync("DELETE", "/api/collections/papers/records/paper0000000001", token: await server.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.NoContent);
        for (var tries = 0; File.Exists(Path.Combine(to.Folder, "storage/pbc_papers/paper0000000001/contract_4444444444.pdf")) && tries < 100; tries++) await Task.Delay(100);
        File.Exists(Path.Combine(to.Folder, "storage/pbc_papers/paper0000000001/contract_4444444444.pdf")).ShouldBeFalse();
    }

    [Fact]
    public async Task Files_in_a_bucket_stay_there()
    {
        await using var old = PocketBaseFolder.Make();
        old.Change("UPDATE _params SET value = json_set(CAST(value AS TEXT), '$.s3', json('{\"enabled\":true,\"bucket\":\"embers\",\"region\":\"x\",\"endpoint\":\"http://127.0.0.1:9\",\"accessKey\":\"k\",\"secret\":\"the-s3-secret\",\"forcePathStyle\":true}'))");
        var to = await PlaceAsync(old);
        var report = (await old.ImportAsync(to)).Value;
        report.Notes.ShouldHaveSingleItem().ShouldStartWith("The files stay in ");
        await using var server = await ServeAsync(to);
        (server.App.Settings.Current.S3.Bucket, server.App.Settings.Current.S3.Secret).ShouldBe(("embers", "the-s3-secret"));
    }

    [Fact]
    public async Task The_history_of_migrations_goes_along_and_further()
    {
        await using var old = PocketBaseFolder.Make();
        var to = await PlaceAsync(old);
        (await old.ImportAsync(to)).Fault.ShouldBeNull();
        (await HistoryAsync(to)).ShouldBe(["1640988000_aux_init.go 1709287200000001", "1640988000_init.go 1709287200000000", "1650000000_old.js 1650000000", "1709290000_created_posts.js 1709290000000000"]);

        // From there on it is an app of Hearth like any other.
        var (next, told) = (old.World.Folder("next"), await MoveWorld.TellAsync(to));
        (await MoveWorld.MoveAsync(to, next)).Fault.ShouldBeNull();
        (await HistoryAsync(next)).Count.ShouldBe(4);
        (await MoveWorld.TellAsync(next)).ShouldBe(told);
    }

    private static void Protect(string folder, bool on)
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.EnumerateFiles(folder)) File.SetUnixFileMode(file, UnixFileMode.UserRead);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | (on ? 0 : UnixFileMode.UserWrite));
    }

    private static Task<List<string>> HistoryAsync(MovePlace place) => MoveWorld.WithAsync(place, async app =>
    {
        using var session = await app.Engine.ReadAsync(default);
        return (await MoveSource.ReadAsync(session, default)).History.Select(row => FormattableString.Invariant($"{row[0].AsText} {row[1].AsNumber}")).Order(StringComparer.Ordinal).ToList();
    });

    internal static async Task<MovePlace> PlaceAsync(PocketBaseFolder old, string name = "new") => TestEngine.IsPostgres ? await old.World.DatabaseAsync(name) : old.World.Folder(name);

    internal static Task<TestApp> ServeAsync(MovePlace place, Action<HearthOptions>? configure = null) => TestApp.StartAsync(options =>
    {
        options.DataDirectory = place.Folder;
        if (place.Postgres is not null) options.UsePostgres(place.Postgres);
        configure?.Invoke(options);
    });

    /// <summary>A token as the old app made it: from the words of the contract (7.1), with nothing of Hearth.</summary>
    internal static string OldToken(string collection, string id, string key, string secret, string type = "auth", string kind = "Auth")
    {
        var signing = new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(key.PadRight(50, 'k') + (secret + kind).PadRight(50, 'S')));
        var exp = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            $$"""{"collectionId":"{{collection}}","exp":{{exp}},"id":"{{id}}","refreshable":true,"type":"{{type}}"}""", new SigningCredentials(signing, SecurityAlgorithms.HmacSha256));
    }
}
