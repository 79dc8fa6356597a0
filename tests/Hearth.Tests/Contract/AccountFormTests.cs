using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>What is told about the password fields of an account, and in which order, as the reference tells it.</summary>
public sealed class AccountFormTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Good = "quince-7Harbor";

    [Theory]
    [InlineData("""{"password":""}""", "password:validation_required")]
    [InlineData("""{"password":null,"name":"x"}""", "password:validation_required")]
    [InlineData("""{"password":"","passwordConfirm":""}""", "password:validation_required")]
    [InlineData("""{"passwordConfirm":""}""", "")]
    [InlineData("""{"password":"a","passwordConfirm":"b","email":"bad"}""", "passwordConfirm:validation_values_mismatch")]
    [InlineData("""{"id":""}""", "id:validation_pk_change")]
    [InlineData("""{"id":"short"}""", "id:validation_pk_change")]
    [InlineData("""{"id":null}""", "id:validation_pk_change")]
    public async Task Changing(string body, string expected)
    {
        var id = await MakeAsync();
        Told(await shared.App.SendAsync("PATCH", $"/api/collections/users/records/{id}", JsonElement.Parse(body), shared.Root)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_password_that_no_hash_can_be_made_of()
    {
        var id = await MakeAsync();
        var many = new string('x', 80);
        Told(await shared.App.SendAsync("PATCH", $"/api/collections/users/records/{id}", new { password = many, passwordConfirm = many }, shared.Root)).ShouldBe("password:validation_invalid_value");
    }

    [Theory]
    [InlineData("{}", "password:validation_required passwordConfirm:validation_required")]
    [InlineData("""{"password":"a","email":"bad"}""", "passwordConfirm:validation_required")]
    [InlineData("""{"password":"quince-7Harbor","passwordConfirm":"zz","email":"bad"}""", "passwordConfirm:validation_values_mismatch")]
    [InlineData("""{"password":"x","passwordConfirm":"x","email":"bad"}""", "email:validation_is_email password:validation_min_text_constraint")]
    public async Task Making(string body, string expected) => Told(await shared.App.SendAsync("POST", "/api/collections/users/records", JsonElement.Parse(body), shared.Root)).ShouldBe(expected);

    [Fact]
    public async Task A_prefix_is_taken_without_a_pattern()
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse("""{"name":"prefixed","fields":[{"name":"title","type":"text"}]}"""), shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        foreach (var (sent, stored) in new[] { ("""{"title:autogenerate":"pre"}""", "pre"), ("""{"title:autogenerate":"pre","title":"x"}""", "pre"), ("""{"title":"x","title:autogenerate":""}""", "") })
        {
            (await shared.App.SendAsync("POST", "/api/collections/prefixed/records", JsonElement.Parse(sent), shared.Root)).Body.GetProperty("title").GetString().ShouldBe(stored);
        }
    }

    [Fact]
    public async Task Ones_own_address_in_other_letters()
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse(
            """{"name":"people","type":"auth","indexes":["CREATE UNIQUE INDEX idx_people_mail ON people (email COLLATE NOCASE) WHERE email != ''"]}"""), shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var ann = await shared.App.CreateAsync("people", new { email = "Ann.Lee@example.org", password = Good });
        await shared.App.CreateAsync("people", new { email = "Bob@example.org", password = Good });
        (await AskAsync("ann.lee@example.org")).Status.ShouldBe(HttpStatusCode.NoContent);
        Told(await AskAsync("bob@example.org")).ShouldBe("newEmail:validation_invalid_new_email");

        Task<Answer> AskAsync(string address) => shared.App.SendAsync("POST", "/api/collections/people/request-email-change", new { newEmail = address }, shared.App.TokenOf(ann));
    }

    [Fact]
    public async Task An_index_may_name_no_table_or_another()
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse(
            """{"name":"tabled","type":"auth","fields":[{"name":"nick","type":"text"}],"indexes":["CREATE UNIQUE INDEX `idx_nick` ON `` (`nick`) WHERE `nick` != ''","CREATE INDEX idx_old ON elsewhere (nick)"]}"""), shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        made.Body.GetProperty("indexes").EnumerateArray().Select(index => index.GetString()).ShouldContain("CREATE UNIQUE INDEX `idx_nick` ON `tabled` (`nick`) WHERE `nick` != ''");
    }

    [Fact]
    public async Task Lists_are_never_null()
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse("""{"name":"lists","fields":[{"name":"file","type":"file"},{"name":"url","type":"url"},{"name":"mail","type":"email"}]}"""), shared.Root);
        var fields = made.Body.GetProperty("fields").EnumerateArray().ToDictionary(field => field.GetProperty("name").GetString()!);
        foreach (var (field, option) in new[] { ("file", "mimeTypes"), ("file", "thumbs"), ("url", "onlyDomains"), ("url", "exceptDomains"), ("mail", "onlyDomains"), ("mail", "exceptDomains") })
        {
            fields[field].GetProperty(option).GetRawText().ShouldBe("[]", $"{field}.{option}");
        }
        (await shared.App.GetAsync("/api/collections/users/auth-methods")).Body.GetProperty("authProviders").GetRawText().ShouldBe("[]");
    }

    private static string Told(Answer answer) => answer.Status is HttpStatusCode.OK or HttpStatusCode.NoContent
        ? ""
        : string.Join(' ', answer.Body.GetProperty("data").EnumerateObject().OrderBy(fault => fault.Name, StringComparer.Ordinal).Select(fault => $"{fault.Name}:{fault.Value.GetProperty("code").GetString()}"));

    private async Task<string> MakeAsync() => (await shared.App.CreateAsync("users", new { email = $"u{Guid.NewGuid():N}@example.org", password = Good })).Id;
}
