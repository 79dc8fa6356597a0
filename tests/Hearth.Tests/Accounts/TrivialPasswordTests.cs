using System.Net;
using System.Text.Json;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Passwords;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

/// <summary>Passwords that everybody guesses first are refused, by whatever way they come.</summary>
public sealed class TrivialPasswordTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("Password1")]
    [InlineData("P@ssw0rd2024!")]
    [InlineData("passw0rd123456")]
    [InlineData("Pa$$word")]
    [InlineData("12345678")]
    [InlineData("987654321")]
    [InlineData("11111111")]
    [InlineData("abcabcabc")]
    [InlineData("monkeymonkey")]
    [InlineData("qwertyuiop")]
    [InlineData("QWERTZ123")]
    [InlineData("1qaz2wsx")]
    [InlineData("qwer1234")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("Summer2024!")]
    [InlineData("Sommer!23")]
    [InlineData("letmein!")]
    [InlineData("iloveyou2")]
    [InlineData("admin123")]
    [InlineData("Welcome1")]
    [InlineData("w3lc0me!")]
    [InlineData("he110!")]
    [InlineData("dragonmaster")]
    [InlineData("football7")]
    [InlineData("31.12.1999")]
    [InlineData("19991231")]
    [InlineData("ｐａｓｓｗｏｒｄ")]
    [InlineData("ann.smith")]
    [InlineData("Smith2024")]
    [InlineData("htims123")]
    [InlineData("annsmith1")]
    [InlineData("ann.smith@example.com")]
    [InlineData("example.com")]
    public void Trivial(string password) => TrivialPasswords.Contains(password, ["ann.smith@example.com", "Ann Smith"]).ShouldBeTrue();

    [Theory]
    [InlineData("correct horse 1")]
    [InlineData("a quite long word")]
    [InlineData("measured-twice-1")]
    [InlineData("moss-lamp-57")]
    [InlineData("xK9#vQ2m")]
    [InlineData("gTr7vWq2LpZs")]
    [InlineData("48213907")]
    [InlineData("blue kettle under rain")]
    [InlineData("\ud800 lonely")]
    [InlineData("")]
    public void Not_trivial(string password) => TrivialPasswords.Contains(password, ["ann.smith@example.com", "Ann Smith", ""]).ShouldBeFalse();

    [Fact]
    public async Task Refused_where_people_choose_for_themselves_and_allowed_where_the_collection_says_so()
    {
        await using var app = await TestApp.StartAsync();
        var root = await app.SuperuserTokenAsync();
        const string path = "/api/collections/users/records";
        var refused = await app.SendAsync("POST", path, new { email = "ann@example.com", password = "Summer2024!", passwordConfirm = "Summer2024!" });
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Body.GetProperty("data").GetProperty("password").GetProperty("code").GetString().ShouldBe("validation_trivial_password");
        refused.Text.ShouldNotContain("Summer2024");
        (await app.SendAsync("POST", path, new { email = "annabelle@example.com", password = "Annabelle1", passwordConfirm = "Annabelle1" })).Text.ShouldContain("validation_trivial_password");
        (await app.SendAsync("POST", path, new { email = "annabelle@example.com", password = "Annabelle1", passwordConfirm = "Annabelle1" }, root)).Status.ShouldBe(HttpStatusCode.OK);

        var made = await app.SendAsync("POST", path, new { email = "ann@example.com", password = "a quite long word", passwordConfirm = "a quite long word" });
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var one = $"{path}/{made.Body.GetProperty("id").GetString()}";
        var own = (await app.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = "ann@example.com", password = "a quite long word" })).Body.GetProperty("token").GetString();
        (await app.SendAsync("PATCH", one, new { oldPassword = "a quite long word", password = "qwertyuiop", passwordConfirm = "qwertyuiop" }, own)).Text.ShouldContain("validation_trivial_password");
        (await app.SendAsync("PATCH", one, new { password = "qwertyuiop", passwordConfirm = "qwertyuiop" }, root)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("POST", "/api/collections/_superusers/records", new { email = "b@example.com", password = "letmein!", passwordConfirm = "letmein!" }, root)).Status.ShouldBe(HttpStatusCode.OK);

        var superusers = app.App.Schema.Find("_superusers")!;
        var body = new Dictionary<string, JsonElement> { ["email"] = JsonSerializer.SerializeToElement("c@example.com"), ["password"] = JsonSerializer.SerializeToElement("letmein!") };
        (await app.App.Records.CreateAsync(app.App.Schema, superusers, new Submission(body), RequestFacts.CommandLine)).Failed(out _).ShouldBeFalse();

        // What is stored stays good, and says nothing when something else is changed.
        var old = await app.CreateAsync("users", new { email = "old@example.com", password = "12345678" });
        (await app.SendAsync("PATCH", $"{path}/{old.Id}", new { name = "Old" }, root)).Status.ShouldBe(HttpStatusCode.OK);

        var allowed = await app.SendAsync("PATCH", "/api/collections/users", new { passwordAuth = new { enabled = true, identityFields = new[] { "email" }, allowTrivial = true } }, root);
        allowed.Body.GetProperty("passwordAuth").GetProperty("allowTrivial").GetBoolean().ShouldBeTrue();
        (await app.SendAsync("POST", path, new { email = "cyd@example.com", password = "Summer2024!", passwordConfirm = "Summer2024!" })).Status.ShouldBe(HttpStatusCode.OK);
    }
}
