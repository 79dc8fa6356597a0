using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>Whose account it becomes (contract 7.6): found, linked, made, and taken from who prepared it for somebody else.</summary>
public sealed class AccountTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private SignInWorld world = null!;

    public async Task InitializeAsync()
    {
        world = await SignInWorld.BeginAsync(shared);
        await world.UseAsync(world.Service.Provider("google"), world.Service.Provider("gitlab"));
        world.Comes(new { sub = "g1", name = "Ann A", email = "ann@example.com", email_verified = true, picture = "https://p/1" });
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Who_comes_for_the_first_time_signs_up_and_is_known_from_then_on()
    {
        var first = await world.SignedInAsync("google");
        first.GetProperty("meta").GetProperty("isNew").GetBoolean().ShouldBeTrue();
        var record = first.GetProperty("record");
        record.GetProperty("email").GetString().ShouldBe("ann@example.com");
        record.GetProperty("verified").GetBoolean().ShouldBeTrue();
        record.GetProperty("name").GetString().ShouldBe("Ann A");
        record.GetProperty("avatar").GetString().ShouldBe(""); // files come later
        var link = (await world.LinksAsync()).ShouldHaveSingleItem();
        link.GetProperty("provider").GetString().ShouldBe("google");
        link.GetProperty("providerId").GetString().ShouldBe("g1");
        link.GetProperty("collectionRef").GetString().ShouldBe("_pb_users_auth_");
        link.GetProperty("recordRef").GetString().ShouldBe(record.GetProperty("id").GetString());

        // The address may change: the id at the service decides.
        world.Comes(new { sub = "g1", name = "Other", email = "new@example.com", email_verified = true });
        var second = await world.SignedInAsync("google");
        second.GetProperty("meta").GetProperty("isNew").GetBoolean().ShouldBeFalse();
        second.GetProperty("record").GetRawText().ShouldBe(record.GetRawText());
        (await world.LinksAsync()).Length.ShouldBe(1);
        // The token works.
        (await world.App.GetAsync($"/api/collections/users/records/{record.GetProperty("id").GetString()}", second.GetProperty("token").GetString())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_client_fills_the_record_and_the_service_what_is_left()
    {
        await world.PatchAsync(new { createRule = "@request.context = 'oauth2' && @request.body.name = 'Given' && @request.body.email = 'ann@example.com'" });
        var body = await world.SignedInAsync("google", new { name = "Given", emailVisibility = true });
        body.GetProperty("record").GetProperty("name").GetString().ShouldBe("Given");
        body.GetProperty("record").GetProperty("emailVisibility").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Another_address_than_the_services_is_not_verified()
    {
        var body = await world.SignedInAsync("google", new { email = "other@example.com" });
        body.GetProperty("record").GetProperty("email").GetString().ShouldBe("other@example.com");
        body.GetProperty("record").GetProperty("verified").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_makes_a_record_that_the_rules_do_not_allow()
    {
        await world.PatchAsync(new { createRule = (string?)null });
        var closed = await world.SignInAsync("google");
        closed.Status.ShouldBe(HttpStatusCode.Forbidden);
        closed.Message.ShouldBe("Only superusers can perform this action.");
        await world.PatchAsync(new { createRule = "@request.context != 'oauth2'" });
        var refused = await world.SignInAsync("google");
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Message.ShouldBe("Failed to create record.");
        await world.PatchAsync(new { createRule = "" });
        var wrong = await world.SignInAsync("google", new { verified = true, password = "short", passwordConfirm = "short" });
        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Body.GetProperty("data").TryGetProperty("verified", out _).ShouldBeTrue(wrong.Text);
        var weak = await world.SignInAsync("google", new { password = "short", passwordConfirm = "short" });
        weak.Body.GetProperty("data").TryGetProperty("password", out _).ShouldBeTrue(weak.Text);
        (await world.UsersAsync()).ShouldBe(0);
        (await world.LinksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_says_of_themselves_what_only_the_server_may_say()
    {
        // The address differs from the service's, so it stays unproven whatever the client says.
        var answer = await world.SignInAsync("google", new { email = "boss@example.com", verified = true, tokenKey = new string('k', 40) });
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Body.GetProperty("data").TryGetProperty("verified", out _).ShouldBeTrue(answer.Text);
        var made = await world.SignedInAsync("google", new { email = "boss@example.com", tokenKey = new string('k', 40) });
        var schema = world.App.App.Schema;
        var record = await world.App.App.Records.FindAsync(schema.Find("users")!, made.GetProperty("record").GetProperty("id").GetString()!);
        record!.GetText("tokenKey").ShouldNotBe(new string('k', 40));
    }

    [Fact]
    public async Task A_proven_address_leads_to_its_account_and_links_it()
    {
        var ann = await world.App.CreateAsync("users", new { email = "ann@example.com", password = "12345678", verified = true });
        var body = await world.SignedInAsync("google");
        body.GetProperty("record").GetProperty("id").GetString().ShouldBe(ann.Id);
        body.GetProperty("meta").GetProperty("isNew").GetBoolean().ShouldBeFalse();
        (await world.LinksAsync()).Length.ShouldBe(1);
        // The password of a proven account stays.
        (await PasswordAsync("ann@example.com", "12345678")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unproven_address_of_the_service_leads_nowhere()
    {
        var ann = await world.App.CreateAsync("users", new { email = "ann@example.com", password = "12345678", verified = true });
        world.Comes(new { sub = "thief", name = "T", email = "ann@example.com", email_verified = false });
        var body = await world.SignedInAsync("google");
        body.GetProperty("record").GetProperty("id").GetString().ShouldNotBe(ann.Id);
        body.GetProperty("record").GetProperty("email").GetString().ShouldBe("");
    }

    [Fact]
    public async Task An_account_that_somebody_prepared_for_another_is_taken_from_them()
    {
        // The attacker signs up with the victim's address, signs in, and links an account of a service of their own.
        var trap = await world.App.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        var attacker = (await PasswordAsync("ann@example.com", "12345678")).Body.GetProperty("token").GetString()!;
        world.Comes(new { id = 66, username = "mallory", email = "mallory@example.com", confirmed_at = "2020" });
        (await world.SignInAsync("gitlab", token: attacker)).Status.ShouldBe(HttpStatusCode.OK);
        (await world.LinksAsync()).Single().GetProperty("providerId").GetString().ShouldBe("66");

        world.Comes(new { sub = "g1", name = "Ann A", email = "ann@example.com", email_verified = true });
        var body = await world.SignedInAsync("google");
        body.GetProperty("record").GetProperty("id").GetString().ShouldBe(trap.Id);
        body.GetProperty("record").GetProperty("verified").GetBoolean().ShouldBeTrue();

        // Nothing that the attacker knows opens it any more.
        (await PasswordAsync("ann@example.com", "12345678")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await world.App.SendAsync("POST", "/api/collections/users/auth-refresh", token: attacker)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.LinksAsync()).Single().GetProperty("providerId").GetString().ShouldBe("g1");
        world.Comes(new { id = 66, username = "mallory", email = "mallory@example.com", confirmed_at = "2020" });
        (await world.SignedInAsync("gitlab")).GetProperty("record").GetProperty("id").GetString().ShouldNotBe(trap.Id);
    }

    [Fact]
    public async Task Who_is_signed_in_links_a_service_and_keeps_password_and_token()
    {
        var bob = await world.App.CreateAsync("users", new { email = "bob@example.com", password = "12345678" });
        var token = world.App.TokenOf(bob);
        var body = await world.SignedInAsync("google", token: token);
        body.GetProperty("record").GetProperty("id").GetString().ShouldBe(bob.Id);
        body.GetProperty("record").GetProperty("email").GetString().ShouldBe("bob@example.com");
        body.GetProperty("record").GetProperty("verified").GetBoolean().ShouldBeFalse(); // ann's address proves nothing of bob's
        (await PasswordAsync("bob@example.com", "12345678")).Status.ShouldBe(HttpStatusCode.OK);
        (await world.App.SendAsync("POST", "/api/collections/users/auth-refresh", token: token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_api_key_links_nothing()
    {
        (await world.PatchAsync(new { apiKeys = new { enabled = true } })).Status.ShouldBe(HttpStatusCode.OK);
        await world.App.CreateAsync("users", new { email = "bob@example.com", password = "12345678", verified = true });
        var token = (await PasswordAsync("bob@example.com", "12345678")).Body.GetProperty("token").GetString();
        var made = await world.App.SendAsync(
            "POST", "/api/collections/users/api-keys",
            new { name = "k", password = "12345678", scope = new { collections = new { users = new[] { "create" } }, routes = new[] { "POST /api/collections/{collection}/auth-with-oauth2" } } }, token);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var body = await world.SignedInAsync("google", token: made.Body.GetProperty("key").GetString());
        body.GetProperty("record").GetProperty("email").GetString().ShouldBe("ann@example.com");
        body.GetProperty("meta").GetProperty("isNew").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task One_person_of_a_service_to_an_account()
    {
        await world.App.CreateAsync("users", new { email = "ann@example.com", password = "12345678", verified = true });
        await world.SignedInAsync("google");
        // The service has given the address to somebody else since.
        world.Comes(new { sub = "g2", name = "New owner", email = "ann@example.com", email_verified = true });
        var answer = await world.SignInAsync("google");
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Message.ShouldBe("Failed to authenticate.");
        (await world.LinksAsync()).Single().GetProperty("providerId").GetString().ShouldBe("g1");
    }

    [Fact]
    public async Task A_blank_address_is_filled_and_proven()
    {
        var carl = await world.App.CreateAsync("users", new { password = "12345678" });
        var body = await world.SignedInAsync("google", token: world.App.TokenOf(carl));
        body.GetProperty("record").GetProperty("email").GetString().ShouldBe("ann@example.com");
        body.GetProperty("record").GetProperty("verified").GetBoolean().ShouldBeTrue();
        (await world.LinksAsync()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Fields_take_over_what_the_service_tells_unless_it_does_not_fit()
    {
        var users = await world.App.GetAsync("/api/collections/users", await world.App.SuperuserTokenAsync());
        var fields = users.Body.GetProperty("fields").EnumerateArray().Select(f => (object)f).Concat(
        [
            new { name = "nick", type = "text", pattern = "^[a-z]+$" }, new { name = "picture", type = "url" }, new { name = "at", type = "text" },
        ]);
        var indexes = users.Body.GetProperty("indexes").EnumerateArray().Select(i => i.GetString()).Append("CREATE UNIQUE INDEX idx_nick ON users (nick COLLATE NOCASE) WHERE nick != ''");
        (await world.PatchAsync(new { fields, indexes, oauth2 = new { mappedFields = new { id = "at", name = "name", username = "nick", avatarURL = "picture" } } })).Status.ShouldBe(HttpStatusCode.OK);
        world.Comes(new { id = 1, username = "ann", name = "Ann", avatar_url = "https://example.com/1.png" });
        var first = (await world.SignedInAsync("gitlab")).GetProperty("record");
        (first.GetProperty("at").GetString(), first.GetProperty("nick").GetString(), first.GetProperty("picture").GetString()).ShouldBe(("1", "ann", "https://example.com/1.png"));
        world.Comes(new { id = 2, username = "ann", name = "Another Ann" });
        (await world.SignedInAsync("gitlab")).GetProperty("record").GetProperty("nick").GetString().ShouldBe("");
        world.Comes(new { id = 3, username = "not allowed!" });
        (await world.SignedInAsync("gitlab")).GetProperty("record").GetProperty("nick").GetString().ShouldBe("");
    }

    [Fact]
    public async Task Two_first_sign_ins_at_once_make_one_account()
    {
        for (var round = 0; round < 5; round++)
        {
            world.Comes(new { sub = $"r{round}", name = "R", email = $"r{round}@example.com", email_verified = true });
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.SignInAsync("google")));
            answers.ShouldAllBe(a => a.Status == HttpStatusCode.OK);
            answers.Select(a => a.Body.GetProperty("record").GetProperty("id").GetString()).Distinct().Count().ShouldBe(1);
            answers.Count(a => a.Body.GetProperty("meta").GetProperty("isNew").GetBoolean()).ShouldBe(1);
        }
        (await world.UsersAsync()).ShouldBe(5);
        (await world.LinksAsync()).Length.ShouldBe(5);
    }

    [Fact]
    public async Task Letter_case_of_addresses_counts_where_the_index_says_so()
    {
        var ann = await world.App.CreateAsync("users", new { email = "Ann@Example.com", password = "12345678" });
        var indexes = (await world.App.GetAsync("/api/collections/users", await world.App.SuperuserTokenAsync())).Body.GetProperty("indexes").EnumerateArray()
            .Select(i => i.GetString()!.Replace("(`email`)", "(`email` COLLATE NOCASE)", StringComparison.Ordinal)).ToArray();
        indexes.ShouldContain(i => i.Contains("NOCASE"));
        var patched = await world.PatchAsync(new { indexes });
        patched.Status.ShouldBe(HttpStatusCode.OK, patched.Text);
        var record = (await world.SignedInAsync("google")).GetProperty("record");
        (record.GetProperty("id").GetString(), record.GetProperty("verified").GetBoolean()).ShouldBe((ann.Id, true));
        (await PasswordAsync("Ann@Example.com", "12345678")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_service_is_one_of_two_factors()
    {
        await world.App.CreateAsync("users", new { email = "ann@example.com", password = "12345678", verified = true });
        (await world.PatchAsync(new { mfa = new { enabled = true } })).Status.ShouldBe(HttpStatusCode.OK);
        var first = await world.SignInAsync("google");
        first.Status.ShouldBe(HttpStatusCode.Unauthorized);
        var mfaId = first.Body.GetProperty("mfaId").GetString();
        var same = await world.App.SendAsync("POST", SignInWorld.Path, new { provider = "google", code = "good", mfaId });
        same.Message.ShouldBe("A different authentication method is required.");
        (await world.App.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = "ann@example.com", password = "12345678", mfaId })).Status.ShouldBe(HttpStatusCode.OK);
        // And the other way around.
        mfaId = (await PasswordAsync("ann@example.com", "12345678")).Body.GetProperty("mfaId").GetString();
        var second = await world.App.SendAsync("POST", SignInWorld.Path, new { provider = "google", code = "good", mfaId });
        second.Status.ShouldBe(HttpStatusCode.OK, second.Text);
        second.Body.GetProperty("meta").GetProperty("id").GetString().ShouldBe("g1");
    }

    [Fact]
    public async Task The_auth_rule_has_its_say()
    {
        await world.PatchAsync(new { authRule = "name = 'Nobody'" });
        (await world.SignInAsync("google")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Links_are_records_that_their_owner_lists_and_removes()
    {
        var body = await world.SignedInAsync("google");
        var token = body.GetProperty("token").GetString();
        var own = await world.App.GetAsync("/api/collections/_externalAuths/records", token);
        var id = own.Body.GetProperty("items")[0].GetProperty("id").GetString();
        var stranger = world.App.TokenOf(await world.App.CreateAsync("users", new { email = "x@example.com", password = "12345678" }));
        (await world.App.SendAsync("DELETE", $"/api/collections/_externalAuths/records/{id}", token: stranger)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await world.App.SendAsync("DELETE", $"/api/collections/_externalAuths/records/{id}", token: token)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await world.App.SendAsync("POST", "/api/collections/_externalAuths/records", new { collectionRef = "users", recordRef = "x", provider = "google", providerId = "1" }, token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var unknown = await world.App.SendAsync(
            "POST", "/api/collections/_externalAuths/records",
            new { collectionRef = "_pb_users_auth_", recordRef = body.GetProperty("record").GetProperty("id").GetString(), provider = "nobody", providerId = "1" }, await world.App.SuperuserTokenAsync());
        unknown.Body.GetProperty("data").GetProperty("provider").GetProperty("code").GetString().ShouldBe("validation_invalid_provider");
    }

    private Task<Answer> PasswordAsync(string identity, string password) => world.App.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity, password });
}
