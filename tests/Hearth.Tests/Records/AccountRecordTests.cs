using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Records that can sign in: who may change what of them, and what a change makes void (contract 6.7).</summary>
public sealed class AccountRecordTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Password = "moss-lamp-57";
    private Blog blog = null!;
    private string id = "";
    private string own = "";

    public async Task InitializeAsync()
    {
        blog = await Blog.BeginAsync(shared);
        var record = await blog.Server.CreateAsync("users", new { email = "ann@example.com", password = Password });
        (id, own) = (record.Id, blog.Server.TokenOf(record));
        await blog.Server.CreateAsync("_otps", new { collectionRef = "_pb_users_auth_", recordRef = id, password = "123456" });
        await blog.Server.CreateAsync("_authOrigins", new { collectionRef = "_pb_users_auth_", recordRef = id, fingerprint = "f" });
        await blog.Server.CreateAsync("_externalAuths", new { collectionRef = "_pb_users_auth_", recordRef = id, provider = "github", providerId = "1" });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("{}", "password", "validation_required")]
    [InlineData("{\"password\":\"moss-lamp-57\"}", "passwordConfirm", "validation_required")]
    [InlineData("{\"password\":\"moss-lamp-57\",\"passwordConfirm\":\"x\"}", "passwordConfirm", "validation_values_mismatch")]
    [InlineData("{\"password\":\"1\",\"passwordConfirm\":\"1\"}", "password", "validation_min_text_constraint")]
    [InlineData("{\"password\":\"moss-lamp-57\",\"passwordConfirm\":\"moss-lamp-57\",\"verified\":true,\"email\":\"b@example.com\"}", "verified", "validation_values_mismatch")]
    [InlineData("{\"password\":\"moss-lamp-57\",\"passwordConfirm\":\"moss-lamp-57\",\"email\":\"ann@example.com\"}", "email", "validation_not_unique")]
    public async Task Signing_up_is_checked(string body, string field, string code)
    {
        var answer = await blog.SendAsync("POST", "users/records", body);
        ((int)answer.Status, answer.Code(field)).ShouldBe((400, code), answer.Text);
    }

    [Theory]
    [InlineData("{\"email\":\"new@example.com\"}", "email", "validation_values_mismatch")]
    [InlineData("{\"verified\":true}", "verified", "validation_values_mismatch")]
    [InlineData("{\"password\":\"87654321\",\"passwordConfirm\":\"87654321\"}", "oldPassword", "validation_required")]
    [InlineData("{\"password\":\"87654321\",\"passwordConfirm\":\"87654321\",\"oldPassword\":\"wrong\"}", "oldPassword", "validation_invalid_old_password")]
    [InlineData("{\"password\":\"87654321\",\"oldPassword\":\"moss-lamp-57\"}", "passwordConfirm", "validation_required")]
    [InlineData("{\"password\":87654321}", "oldPassword", "validation_required")]
    [InlineData("{\"password\":87654321,\"passwordConfirm\":87654321,\"oldPassword\":11111111}", "oldPassword", "validation_invalid_old_password")]
    public async Task The_owner_is_no_manager(string body, string field, string code)
    {
        var answer = await blog.SendAsync("PATCH", $"users/records/{id}", body, own);
        ((int)answer.Status, answer.Code(field)).ShouldBe((400, code), answer.Text);
    }

    [Fact]
    public async Task A_form_may_bring_a_password_of_digits_only()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = "digits@example.com", ["password"] = "24682468", ["passwordConfirm"] = "24682468" });
        var answer = await blog.Server.SendAsync("POST", "/api/collections/users/records", form);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var signIn = await blog.SendAsync("POST", "users/auth-with-password", new { identity = "digits@example.com", password = "24682468" });
        signIn.Status.ShouldBe(HttpStatusCode.OK, signIn.Text);
    }

    [Fact]
    public async Task A_new_password_ends_tokens_and_forgets_places_and_codes()
    {
        var answer = await blog.SendAsync("PATCH", $"users/records/{id}", new { password = "maple-43", passwordConfirm = "maple-43", oldPassword = Password }, own);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Body.TryGetProperty("password", out _).ShouldBeFalse();
        answer.Body.TryGetProperty("tokenKey", out _).ShouldBeFalse();
        (await blog.SendAsync("GET", $"users/records/{id}", token: own)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await blog.CountAsync("_otps"), await blog.CountAsync("_authOrigins"), await blog.CountAsync("_externalAuths")).ShouldBe((0, 0, 1));
    }

    [Fact]
    public async Task Becoming_verified_unlinks_other_services()
    {
        (await blog.SendAsync("PATCH", $"users/records/{id}", new { verified = true }, blog.Root)).Status.ShouldBe(HttpStatusCode.OK);
        (await blog.CountAsync("_externalAuths")).ShouldBe(0);
        (await blog.SendAsync("GET", $"users/records/{id}", token: own)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_removed_account_takes_its_rows_along()
    {
        (await blog.SendAsync("DELETE", $"users/records/{id}", token: own)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await blog.CountAsync("_otps"), await blog.CountAsync("_authOrigins"), await blog.CountAsync("_externalAuths")).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Addresses_are_shown_to_who_may_see_them()
    {
        await blog.ChangeAsync("users", new { viewRule = "", manageRule = "@request.auth.name = 'boss'" });
        var boss = await blog.Server.CreateAsync("users", new { email = "boss@example.com", password = Password, name = "boss" });
        string?[] tokens = [null, own, blog.Server.TokenOf(boss), blog.Root];
        bool[] shown = [false, true, true, true];
        foreach (var (token, visible) in tokens.Zip(shown))
        {
            (await blog.SendAsync("GET", $"users/records/{id}", token: token)).Body.TryGetProperty("email", out _).ShouldBe(visible);
        }
        await blog.ChangeAsync("users", new { updateRule = "" });
        (await blog.SendAsync("PATCH", $"users/records/{id}", new { name = "x" })).Body.TryGetProperty("email", out _).ShouldBeFalse();
        (await blog.SendAsync("PATCH", $"users/records/{id}", new { name = "x", email = "ann2@example.com", password = "maple-43", passwordConfirm = "maple-43" }, blog.Server.TokenOf(boss)))
            .Body.Text("email").ShouldBe("ann2@example.com");
    }

    [Fact]
    public async Task Ids_are_unique_over_all_account_collections()
    {
        var answer = await blog.SendAsync("POST", "_superusers/records", new { id, email = "x@example.com", password = Password, passwordConfirm = Password }, blog.Root);
        ((int)answer.Status, answer.Code("id")).ShouldBe((400, "validation_invalid_auth_id"), answer.Text);
    }

    [Fact]
    public async Task Rows_of_an_account_need_one()
    {
        (await blog.SendAsync("POST", "_otps/records", new { collectionRef = "nope", recordRef = id, password = "123456" }, blog.Root)).Code("collectionRef").ShouldBe("validation_invalid_collection_id");
        (await blog.SendAsync("POST", "_otps/records", new { collectionRef = "_pb_users_auth_", recordRef = "nope", password = "123456" }, blog.Root)).Code("recordRef").ShouldBe("validation_invalid_record");
    }
}
