using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>An app whose users sign in through a service on the loopback interface.</summary>
public sealed class SignInWorld : IAsyncDisposable
{
    public const string Path = "/api/collections/users/auth-with-oauth2";

    private readonly bool owns;

    private SignInWorld(TestApp app, FakeService service, bool owns) => (App, Service, this.owns) = (app, service, owns);

    public TestApp App { get; }

    public FakeService Service { get; }

    /// <summary>An app of its own.</summary>
    public static async Task<SignInWorld> StartAsync(TimeProvider? clock = null)
    {
        var app = await TestApp.StartAsync(options => options.Clock = clock ?? options.Clock);
        await DefineAsync(app);
        return new SignInWorld(app, await FakeService.StartAsync(), owns: true);
    }

    /// <summary>The app of a class, with a new service and no user.</summary>
    public static async Task<SignInWorld> BeginAsync(CleanApp shared, TimeProvider? clock = null) => new(await shared.BeginAsync(DefineAsync, () => TestApp.StartAsync(options => options.Clock = clock ?? options.Clock)), await FakeService.StartAsync(), owns: false);

    // Users need no address here: not every service tells one.
    private static async Task DefineAsync(TestApp app)
    {
        var root = await app.SuperuserTokenAsync();
        var users = await app.GetAsync("/api/collections/users", root);
        var fields = JsonNode.Parse(users.Body.GetProperty("fields").GetRawText())!.AsArray();
        fields.Single(field => (string?)field!["name"] == "email")!["required"] = false;
        (await app.SendAsync("PATCH", "/api/collections/users", new { fields }, root)).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Sets the services of the users up; throws when they are refused.</summary>
    public async Task UseAsync(params object[] providers) => (await TryUseAsync(providers)).Status.ShouldBe(HttpStatusCode.OK);

    public async Task<Answer> TryUseAsync(params object[] providers) => await PatchAsync(new { oauth2 = new { enabled = true, providers } });

    public async Task<Answer> PatchAsync(object body)
    {
        var answer = await App.SendAsync("PATCH", "/api/collections/users", body, await App.SuperuserTokenAsync());
        return answer;
    }

    /// <summary>Signs in with a code.</summary>
    public Task<Answer> SignInAsync(string provider, object? createData = null, string? token = null, string code = "good", string verifier = "verifier-of-this-client") =>
        App.SendAsync("POST", Path, new { provider, code, codeVerifier = verifier, redirectURL = "http://127.0.0.1/back", createData = createData ?? new { } }, token);

    public async Task<JsonElement> SignedInAsync(string provider, object? createData = null, string? token = null)
    {
        var answer = await SignInAsync(provider, createData, token);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Body;
    }

    /// <summary>The service tells this person from now on.</summary>
    public void Comes(object person) => Service.On("/user", JsonSerializer.Serialize(person));

    /// <summary>Links of all users as a superuser sees them.</summary>
    public async Task<JsonElement[]> LinksAsync() =>
        [.. (await App.GetAsync("/api/collections/_externalAuths/records", await App.SuperuserTokenAsync())).Body.GetProperty("items").EnumerateArray()];

    public async Task<int> UsersAsync() => (await App.GetAsync("/api/collections/users/records", await App.SuperuserTokenAsync())).Body.GetProperty("totalItems").GetInt32();

    public async ValueTask DisposeAsync()
    {
        if (owns) await App.DisposeAsync();
        await Service.DisposeAsync();
    }
}
