using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records.Forms;

/// <summary>
/// The password of an account is hidden, and everybody may set their own: rules see it in the body like every other field that may be written. So "nobody changes the password
/// here" can be said.
/// </summary>
public sealed class AccountBodyTests(NotesApp notes) : IClassFixture<NotesApp>
{
    private const string Password = "moss-lamp-57";

    private string Path => $"/api/collections/users/records/{notes.AnnId}";

    [Theory]
    [InlineData("password", "\"fern-kite-83\"", true)]
    [InlineData("passwordConfirm", "\"fern-kite-83\"", true)]
    [InlineData("oldPassword", "\"fern-kite-83\"", true)]
    [InlineData("email", "\"other@example.com\"", true)]
    [InlineData("emailVisibility", "true", true)]
    [InlineData("verified", "true", true)]
    [InlineData("name", "\"Ann\"", true)]
    [InlineData("id", "\"annannannannann\"", true)]
    [InlineData("password", "\"\"", true)]
    [InlineData("password", "null", true)]
    [InlineData("tokenKey", "\"0123456789012345678901234567890123456789\"", false)]
    [InlineData("password+", "\"fern-kite-83\"", false)]
    public async Task What_may_be_written_is_set(string key, string value, bool isSet)
    {
        foreach (var action in (string[])["create", "update"])
        {
            await notes.RuleAsync(action, NotesApp.OneOf([$"@request.body.{key.TrimEnd('+')}:isset = true", $"@request.body.{key.TrimEnd('+')}:isset = false"]), "users");
            foreach (var door in (Door[])[Door.Json, Door.Batch, Door.JsonPayload])
            {
                (await PassesAsync(action, $$"""{"{{key}}":{{value}}}""", door, 0), await PassesAsync(action, $$"""{"{{key}}":{{value}}}""", door, 1)).ShouldBe((isSet, !isSet), $"{action} {door} {key}");
                if (!key.EndsWith('+')) (await PassesAsync(action, """{"avatar":""}""", door, 0)).ShouldBeFalse();
            }
        }
    }

    /// <summary>Each forbids a new password in words of its own.</summary>
    [Theory]
    [InlineData("@request.body.password:isset = false")]
    [InlineData("@request.body.password:changed = false")]
    [InlineData("@request.body.password = ''")]
    [InlineData("@request.body.password = null")]
    [InlineData("@request.body.password != 'fern-kite-83'")]
    [InlineData("@request.body.password:lower != 'fern-kite-83'")]
    [InlineData("@request.body.password:lower !~ 'kite'")]
    public async Task Nobody_changes_the_password_where_the_rule_forbids_it(string rule)
    {
        await notes.RuleAsync("update", $"id = @request.auth.id && {rule}", "users");
        await notes.RuleAsync("manage", null, "users");
        var body = $$"""{"password":"fern-kite-83","passwordConfirm":"fern-kite-83","oldPassword":"{{Password}}"}""";
        foreach (var door in (Door[])[Door.Json, Door.Batch, Door.UrlEncoded, Door.Multipart, Door.JsonPayload])
        {
            var answer = await notes.SendAsync("PATCH", Path, body, door);
            answer.Status.ShouldBe(HttpStatusCode.NotFound, $"{door}\n{answer.Text}");
        }
        (await notes.SendAsync("PATCH", Path, """{"name":"Ann"}""", Door.Json)).Status.ShouldBe(HttpStatusCode.OK);
        var signedIn = await notes.App.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = "ann@example.com", password = Password });
        signedIn.Status.ShouldBe(HttpStatusCode.OK, signedIn.Text);
    }

    [Fact]
    public async Task A_manage_rule_sees_the_password_too()
    {
        await notes.RuleAsync("update", "", "users");
        await notes.RuleAsync("create", "", "users");
        await notes.RuleAsync("manage", "@request.auth.id != '' && @request.body.password:isset = false", "users");
        var answer = await notes.SendAsync("PATCH", Path, """{"password":"fern-kite-83","passwordConfirm":"fern-kite-83"}""", Door.Json);
        (answer.Status, answer.Code("oldPassword")).ShouldBe((HttpStatusCode.BadRequest, "validation_required"), answer.Text);
        // Without a password the caller manages, and may say that the account is verified.
        (await notes.SendAsync("PATCH", Path, """{"verified":true}""", Door.Json)).Status.ShouldBe(HttpStatusCode.OK);
        var body = """{"email":"managed@example.com","password":"fern-kite-83","passwordConfirm":"fern-kite-83","verified":true}""";
        (await notes.SendAsync("POST", "/api/collections/users/records", body, Door.Json)).Code("verified").ShouldBe("validation_values_mismatch");
        await notes.RuleAsync("manage", null, "users");
    }

    [Fact]
    public async Task Sign_ups_can_be_held_to_the_password()
    {
        const string body = """{"email":"new@example.com","password":"fern-kite-83","passwordConfirm":"fern-kite-83"}""";
        string[] open = ["@request.body.password:isset = true", "@request.body.password ~ 'kite'", "@request.body.password:changed = true", "@request.body.password != ''"];
        string[] shut = ["@request.body.password:isset = false", "@request.body.password !~ 'kite'", "@request.body.password = ''", "@request.body.password ~ '$'"];
        await notes.RuleAsync("create", NotesApp.OneOf(open.Concat(shut)), "users");
        for (var i = 0; i < open.Length + shut.Length; i++)
        {
            var answer = await notes.SendAsync("POST", "/api/collections/users/records", body, Door.Json, i);
            answer.Status.ShouldBe(i < open.Length ? HttpStatusCode.OK : HttpStatusCode.BadRequest, open.Concat(shut).ElementAt(i));
            if (answer.Status == HttpStatusCode.OK) await notes.App.SendAsync("DELETE", $"/api/collections/users/records/{answer.Body.Id()}", token: notes.Root);
        }
    }

    /// <summary>A blank password leaves the stored hash where it is, which is nobody's business.</summary>
    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task No_rule_sees_the_hash(string blank)
    {
        string[] rules = ["@request.body.password ~ 'a'", "@request.body.password ~ '$'", "@request.body.password > ''", "@request.body.password = password", "@request.body.password != ''"];
        await notes.RuleAsync("update", NotesApp.OneOf(rules), "users");
        for (var i = 0; i < rules.Length; i++)
        {
            foreach (var key in (string[])["password", "password+", "+password", "password:autogenerate"])
            {
                var answer = await notes.SendAsync("PATCH", Path, $$"""{"{{key}}":{{blank}},"name":"Ann"}""", Door.Json, i);
                answer.Status.ShouldBe(HttpStatusCode.NotFound, $"{rules[i]} {key}");
            }
        }
    }

    /// <summary>Whether the rule, be it that of creating or of updating, lets the body through; what is wrong with the record itself comes after.</summary>
    private async Task<bool> PassesAsync(string action, string body, Door door, int rule)
    {
        var answer = action == "create"
            ? await notes.SendAsync("POST", "/api/collections/users/records", body, door, rule)
            : await notes.SendAsync("PATCH", Path, body, door, rule);
        if (answer.Status == HttpStatusCode.OK && body.Contains("emailVisibility")) await notes.MustAsync("PATCH", Path, new { emailVisibility = false });
        if (answer.Status == HttpStatusCode.OK && body.Contains("verified")) await notes.MustAsync("PATCH", Path, new { verified = false });
        return answer.Status == HttpStatusCode.OK || (answer.Status == HttpStatusCode.BadRequest && answer.Body.GetProperty("data").EnumerateObject().Any());
    }
}
