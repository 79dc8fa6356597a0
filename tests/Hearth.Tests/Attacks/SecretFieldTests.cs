using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Attacks;

/// <summary>Passwords, keys of tokens and addresses that are not shown: in nobody's filters, orders and, unless the developer says so, views.</summary>
public sealed class SecretFieldTests(SecretFieldApp app) : IClassFixture<SecretFieldApp>
{
    [Theory]
    [InlineData("clerks", "filter=password >= '$a'")]
    [InlineData("clerks", "filter=id != '' %26%26 (name = 'x' || tokenKey ~ 'a')")]
    [InlineData("clerks", "filter=tokenKey:lower = 'a'")]
    [InlineData("clerks", "sort=password")]
    [InlineData("clerks", "sort=-tokenKey")]
    [InlineData("desks", "filter=clerk.password ~ 'argon2'")]
    [InlineData("desks", "filter=helpers.tokenKey ?~ 'a'")]
    [InlineData("desks", "filter=pin ~ 'argon2'")]
    [InlineData("desks", "sort=clerk.tokenKey")]
    public async Task Nobody_filters_or_sorts_by_a_secret(string collection, string query)
    {
        foreach (var token in (string?[])[null, app.Clerk, app.Key, await app.App.SuperuserTokenAsync()])
        {
            var answer = await app.App.GetAsync($"/api/collections/{collection}/records?{query}", token);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        }
    }

    [Fact]
    public async Task A_key_that_may_list_accounts_still_filters_by_what_it_is_shown()
    {
        var answer = await app.App.GetAsync("/api/collections/clerks/records?filter=email='hidden-n@example.com' %26%26 verified=false&sort=email", app.Key);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Body.GetProperty("totalItems").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("clerks", "email")]
    [InlineData("clerks", "-email")]
    [InlineData("clerks", "email:lower")]
    [InlineData("desks", "clerk.email")]
    [InlineData("desks", "-clerk.email:lower")]
    [InlineData("desks", "helpers.email")]
    public async Task An_address_that_is_not_shown_orders_nothing(string collection, string sort)
    {
        foreach (var token in (string?[])[null, app.Clerk])
        {
            var orders = new HashSet<string>();
            foreach (var address in (string[])["aaa@example.com", "hidden-n@example.com", "zzz@example.com"])
            {
                await app.ChangeAddressAsync(address);
                orders.Add(await IdsAsync(collection, sort, token));
            }
            orders.Count.ShouldBe(1, string.Join('\n', orders));
        }
        await app.ChangeAddressAsync("hidden-n@example.com");
    }

    [Fact]
    public async Task Addresses_that_are_shown_order_accounts_one_s_own_included()
    {
        // m@ is shown, hidden-n@ is not, and the clerk sees its own, which others do not.
        (await NamesAsync("email", null)).ShouldBe("clerk hidden a m");
        (await NamesAsync("-email", null)).ShouldBe("m a hidden clerk");
        (await NamesAsync("email", app.Clerk)).ShouldBe("hidden a clerk m");
        (await NamesAsync("email", await app.App.SuperuserTokenAsync())).ShouldBe("a clerk hidden m");
    }

    [Fact]
    public async Task The_doctor_tells_of_views_that_show_what_accounts_do_not()
    {
        var root = await app.App.SuperuserTokenAsync();
        foreach (var (name, query, rule) in ((string, string, string?)[])
        [
            ("v_address", "SELECT id, email FROM clerks", ""),
            ("v_address_of_view", "SELECT id, email AS reach FROM v_inner", ""),
            ("v_key", "SELECT id, (tokenKey || '') AS k FROM clerks", "@request.auth.id != ''"),
            ("v_shown", "SELECT id, (CASE WHEN emailVisibility THEN email END) AS email FROM clerks", ""),
            ("v_hidden_key", "SELECT id, tokenKey, name FROM clerks", ""),
            ("v_closed", "SELECT id, email FROM clerks", null),
            ("v_other", "SELECT id, email FROM desks", ""),
        ])
        {
            if (name == "v_address_of_view") await app.MakeAsync(new { name = "v_inner", type = "view", viewQuery = "SELECT id, email FROM clerks" });
            await app.MakeAsync(new { name, type = "view", viewQuery = query, listRule = rule });
        }
        var told = (await app.App.GetAsync("/api/doctor", root)).Body.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("text").GetString()!).Where(text => text.StartsWith("The view ", StringComparison.Ordinal)).Select(text => text.Split(" of accounts")[0]).Order(StringComparer.Ordinal);
        told.ShouldBe(["The view v_address reads email", "The view v_address_of_view reads email", "The view v_key reads tokenKey"]);
    }

    private async Task<string> IdsAsync(string collection, string sort, string? token) => string.Join(' ', await ListAsync(collection, sort, token, "id"));

    private async Task<string> NamesAsync(string sort, string? token) => string.Join(' ', await ListAsync("clerks", sort, token, "name"));

    private async Task<IEnumerable<string>> ListAsync(string collection, string sort, string? token, string field)
    {
        var answer = await app.App.GetAsync($"/api/collections/{collection}/records?sort={sort}&fields={field}", token);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(field).GetString()!);
    }
}

/// <summary>Accounts that everybody may list, some of which do not show their addresses, and what refers to them.</summary>
public sealed class SecretFieldApp : IAsyncLifetime
{
    private string hiddenId = "";

    public TestApp App { get; private set; } = null!;

    public string Clerk { get; private set; } = "";

    /// <summary>An API key of a superuser that may list accounts and desks.</summary>
    public string Key { get; private set; } = "";

    public async Task InitializeAsync()
    {
        App = await TestApp.StartAsync();
        await MakeAsync(new { name = "clerks", type = "auth", listRule = "", viewRule = "", fields = new object[] { new { name = "name", type = "text" } } });
        var clerks = App.App.Schema.Find("clerks")!.Id;
        await MakeAsync(new
        {
            name = "desks",
            type = "base",
            listRule = "",
            viewRule = "",
            fields = new object[]
            {
                new { name = "pin", type = "password" }, new { name = "pin_hint", type = "text" }, new { name = "email", type = "text" },
                new { name = "clerk", type = "relation", collectionId = clerks, maxSelect = 1 }, new { name = "helpers", type = "relation", collectionId = clerks, maxSelect = 5 },
            },
        });
        var clerk = await AccountAsync("clerk", "clerk@example.com", false);
        hiddenId = await AccountAsync("hidden", "hidden-n@example.com", false);
        var (a, m) = (await AccountAsync("a", "a@example.com", true), await AccountAsync("m", "m@example.com", true));
        await App.CreateAsync("desks", new { pin = "1234567890", pin_hint = "a", clerk = hiddenId, helpers = new[] { hiddenId, m } });
        await App.CreateAsync("desks", new { pin = "1234567890", pin_hint = "b", clerk = a, helpers = new[] { a } });
        await App.CreateAsync("desks", new { pin = "1234567890", pin_hint = "c", clerk = m, helpers = new[] { m, clerk } });
        Clerk = App.TokenOf((await App.App.Records.FindByAsync(App.App.Schema.Find("clerks")!, "email", "clerk@example.com"))!);

        (await App.SendAsync("PATCH", "/api/collections/_superusers", new { apiKeys = new { enabled = true } }, await App.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
        var signedIn = (await App.SendAsync("POST", "/api/collections/_superusers/auth-with-password", new { identity = TestApp.SuperuserEmail, password = TestApp.SuperuserPassword })).Body.GetProperty("token").GetString()!;
        var key = await App.SendAsync("POST", "/api/collections/_superusers/api-keys", new { name = "reads", password = TestApp.SuperuserPassword, scope = new { collections = new { clerks = new[] { "list" }, desks = new[] { "list" } } } }, signedIn);
        key.Status.ShouldBe(HttpStatusCode.OK, key.Text);
        Key = key.Body.GetProperty("key").GetString()!;
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    public async Task MakeAsync(object collection)
    {
        var answer = await App.SendAsync("POST", "/api/collections", JsonSerializer.SerializeToElement(collection), await App.SuperuserTokenAsync());
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }

    public async Task ChangeAddressAsync(string email)
    {
        var answer = await App.SendAsync("PATCH", $"/api/collections/clerks/records/{hiddenId}", new { email }, await App.SuperuserTokenAsync());
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }

    private async Task<string> AccountAsync(string name, string email, bool emailVisibility) =>
        (await App.CreateAsync("clerks", new { name, email, emailVisibility, password = "a long enough word" })).Id;
}
