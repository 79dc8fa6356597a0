using System.Net;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Resources.Tokens;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

/// <summary>
/// Whoever has taken a token has not got the account: its password cannot be tried without limit at any place that compares it, and what keeps others out of the
/// account goes only with a proof of this moment.
/// </summary>
public sealed class OwnerProofTests(OwnerProofTests.Place place) : IClassFixture<OwnerProofTests.Place>
{
    private const string Password = "12345678";
    private const string Next = "quite another 9";
    private const string Users = "/api/collections/users/records/";
    private TestApp App => place.App;

    [Fact]
    public async Task The_old_password_is_tried_five_times_at_most()
    {
        var account = await place.AccountAsync();
        var taken = App.TokenOf(account);
        for (var i = 0; i < 5; i++)
        {
            var wrong = await ChangeAsync(account.Id, "guess " + i, taken);
            wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
            wrong.Body.GetProperty("data").GetProperty("oldPassword").GetProperty("code").GetString().ShouldBe("validation_invalid_old_password");
        }
        var late = await ChangeAsync(account.Id, Password, taken);
        late.Status.ShouldBe(HttpStatusCode.TooManyRequests, late.Text);
        late.Headers.RetryAfter.ShouldNotBeNull();
        // Each place where the password is compared has the same count.
        (await App.SendAsync("POST", "/api/collections/users/totp/begin", new { password = Password }, taken)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await App.SendAsync("POST", "/api/collections/users/confirm-email-change", new { token = EmailToken(account), password = Password })).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await place.NotedAsync("proof.failed", account.Id)).ShouldBe(5);
        place.Clock.Ahead += TimeSpan.FromMinutes(6);
        (await ChangeAsync(account.Id, Password, taken)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task So_is_it_in_batches_and_side_by_side()
    {
        var account = await place.AccountAsync();
        var taken = App.TokenOf(account);
        object Guess(string old) => new { method = "PATCH", url = Users + account.Id, body = new { oldPassword = old, password = Next, passwordConfirm = Next } };
        for (var i = 0; i < 5; i++) (await App.SendAsync("POST", "/api/batch", new { requests = new[] { Guess("guess " + i) } }, taken)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await App.SendAsync("POST", "/api/batch", new { requests = new[] { Guess(Password) } }, taken)).Status.ShouldNotBe(HttpStatusCode.OK);

        var other = await place.AccountAsync();
        var token = App.TokenOf(other);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ChangeAsync(other.Id, "guess " + i, token)));
        answers.Count(answer => answer.Status == HttpStatusCode.BadRequest).ShouldBe(5);
        answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests).ShouldBe(15);
    }

    [Fact]
    public async Task A_new_address_is_confirmed_with_five_tries()
    {
        var account = await place.AccountAsync();
        var token = EmailToken(account);
        for (var i = 0; i < 5; i++) (await ConfirmAsync("guess " + i)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await ConfirmAsync(Password)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        place.Clock.Ahead += TimeSpan.FromMinutes(6);
        (await ConfirmAsync(Password)).Status.ShouldBe(HttpStatusCode.NoContent);

        Task<Answer> ConfirmAsync(string password) => App.SendAsync("POST", "/api/collections/users/confirm-email-change", new { token, password });
    }

    [Fact]
    public async Task Nobody_uses_up_the_tries_of_another_or_asks_for_nothing()
    {
        var account = await place.AccountAsync();
        var stranger = App.TokenOf(await place.AccountAsync());
        foreach (var path in new[] { "", "batch" })
        {
            for (var i = 0; i < 6; i++)
            {
                if (path.Length == 0) (await ChangeAsync(account.Id, "guess " + i, stranger)).Status.ShouldBe(HttpStatusCode.NotFound);
                else await App.SendAsync("POST", "/api/batch", new { requests = new[] { new { method = "PATCH", url = Users + account.Id, body = new { oldPassword = "x", password = Next, passwordConfirm = Next } } } }, stranger);
            }
        }
        // A superuser need not say it, so whether it is right is not told and not counted.
        for (var i = 0; i < 6; i++) (await ChangeAsync(account.Id, "guess " + i, place.Root)).Status.ShouldBe(HttpStatusCode.OK);
        var token = App.TokenOf((await App.App.Records.FindAsync(account.Collection, account.Id))!);
        (await ChangeAsync(account.Id, Next, token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("_passkeys")]
    [InlineData("_authOrigins")]
    public async Task What_keeps_others_out_goes_with_a_fresh_proof_only(string table)
    {
        var account = await place.AccountAsync();
        var taken = App.TokenOf(account);
        var path = $"/api/collections/{table}/records/{await place.RowAsync(table, account)}";
        var refused = await App.SendAsync("DELETE", path, token: taken);
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Message.ShouldBe("Please sign in again, or send your password.");
        (await App.SendAsync("DELETE", path, new { password = "wrong" }, taken)).Status.ShouldBe(HttpStatusCode.BadRequest);
        object batch = new { requests = new[] { new { method = "DELETE", url = path, body = new { password = Password } } } };
        (await App.SendAsync("POST", "/api/batch", batch, taken)).Status.ShouldBe(HttpStatusCode.BadRequest, "in a batch only a fresh session counts");
        (await App.SendAsync("DELETE", path, new { password = Password }, App.TokenOf(await place.AccountAsync()))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await App.SendAsync("DELETE", path, new { password = Password }, taken)).Status.ShouldBe(HttpStatusCode.NoContent);

        var session = await place.SignInAsync(account);
        (await App.SendAsync("DELETE", $"/api/collections/{table}/records/{await place.RowAsync(table, account)}", token: session)).Status.ShouldBe(HttpStatusCode.NoContent, "signed in a moment ago");
        place.Clock.Ahead += TimeSpan.FromMinutes(11);
        path = $"/api/collections/{table}/records/{await place.RowAsync(table, account)}";
        (await App.SendAsync("DELETE", path, token: session)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await App.SendAsync("POST", "/api/batch", new { requests = new[] { new { method = "DELETE", url = path } } }, session)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await place.NotedAsync("key.deleted", path[(path.LastIndexOf('/') + 1)..])).ShouldBe(0);
        (await App.SendAsync("DELETE", path, token: place.Root)).Status.ShouldBe(HttpStatusCode.NoContent, "superusers look after others");
        (await place.NotedAsync("key.deleted", path[(path.LastIndexOf('/') + 1)..])).ShouldBe(1);
    }

    [Theory]
    [InlineData("_passkeys")]
    [InlineData("_authOrigins")]
    [InlineData("_totps")]
    [InlineData("_recoveryCodes")]
    public async Task A_superuser_proves_it_for_the_own_ones_too(string table)
    {
        var root = (await App.App.Records.FindByAsync(App.App.Schema.Find("_superusers")!, "email", TestApp.SuperuserEmail))!;
        var path = $"/api/collections/{table}/records/{await place.RowAsync(table, root)}";
        (await App.SendAsync("DELETE", path, token: place.Root)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await App.SendAsync("DELETE", path, new { password = TestApp.SuperuserPassword }, place.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    private Task<Answer> ChangeAsync(string id, string old, string token) =>
        App.SendAsync("PATCH", Users + id, new { oldPassword = old, password = Next, passwordConfirm = Next }, token);

    private string EmailToken(Hearth.Records.Record account) =>
        App.App.Tokens.Issue(account.Collection, TokenKind.EmailChange, account.Id, account.GetText("tokenKey"), email: account.GetText("email"), newEmail: $"new-{account.Id}@example.com");

    public sealed class Place : IAsyncLifetime
    {
        private int accounts;

        public TestApp App { get; private set; } = null!;

        internal ShiftedClock Clock { get; } = new();

        public string Root { get; private set; } = "";

        public async Task InitializeAsync()
        {
            App = await TestApp.StartAsync(options => options.Clock = Clock);
            Root = await App.SuperuserTokenAsync();
            await App.SendAsync("PATCH", "/api/collections/users", JsonElement.Parse("""{"totp":{"enabled":true},"passkeys":{"enabled":true},"updateRule":"id = @request.auth.id","authToken":{"duration":2592000}}"""), Root);
            await App.SendAsync("PATCH", "/api/settings", JsonElement.Parse("""{"batch":{"enabled":true}}"""), Root);
        }

        public async Task DisposeAsync() => await App.DisposeAsync();

        public Task<Hearth.Records.Record> AccountAsync() => App.CreateAsync("users", new { email = $"ann{Interlocked.Increment(ref accounts)}@example.com", password = Password });

        public async Task<string> SignInAsync(Hearth.Records.Record account) =>
            (await App.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = account.GetText("email"), password = Password })).Body.GetProperty("token").GetString()!;

        public async Task<string> RowAsync(string table, Hearth.Records.Record account)
        {
            var own = new { collectionRef = account.Collection.Id, recordRef = account.Id };
            var row = table switch
            {
                "_passkeys" => await App.CreateAsync(table, new { own.collectionRef, own.recordRef, name = "Phone", credentialId = RandomText.RecordId(), publicKey = "x" }),
                "_authOrigins" => await App.CreateAsync(table, new { own.collectionRef, own.recordRef, fingerprint = RandomText.RecordId() }),
                "_totps" => await App.CreateAsync(table, new { own.collectionRef, own.recordRef, secret = "a long secret", confirmed = true }),
                _ => await App.CreateAsync(table, new { own.collectionRef, own.recordRef, hash = RandomText.RecordId() }),
            };
            return row.Id;
        }

        public async Task<int> NotedAsync(string action, string record) =>
            (await App.GetAsync("/api/audit?filter=" + Uri.EscapeDataString($"action = '{action}' && record = '{record}'"), Root)).Body.GetProperty("totalItems").GetInt32();
    }
}
