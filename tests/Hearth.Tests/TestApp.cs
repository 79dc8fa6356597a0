using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.App;
using Hearth.Hosting;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Resources.Settings;
using Hearth.Resources.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests;

/// <summary>A status with the parsed body; <see cref="JsonValueKind.Undefined"/> when there is none or it is no JSON.</summary>
public sealed record Answer(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text)
{
    public string Message => Body.GetProperty("message").GetString() ?? "";
}

/// <summary>A real app on a free port of the loopback interface, with a fresh folder that goes with it.</summary>
public sealed class TestApp : IAsyncDisposable
{
    public const string SuperuserEmail = "root@example.com";
    public const string SuperuserPassword = "correct horse 1";
    private readonly WebApplication web;
    private readonly bool kept;
    private string? superuserToken;

    private TestApp(WebApplication web, string folder, bool kept)
    {
        (this.web, Folder, this.kept) = (web, folder, kept);
        App = web.Services.GetRequiredService<HearthApp>();
        Url = web.Urls.First();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Url) };
    }

    public HearthApp App { get; }

    public HttpClient Client { get; }

    /// <summary>Such as <c>http://127.0.0.1:40123</c>.</summary>
    public string Url { get; }

    public string Folder { get; }

    public IServiceProvider Services => web.Services;

    /// <summary>Starts an app. A class of tests shares one where it can (<see cref="SharedApp"/>).</summary>
    /// <param name="configure">Options of its own.</param>
    /// <param name="build">Hooks and features of its own.</param>
    /// <param name="folder">Where its data is to be, or is from an earlier start; null makes a new folder.</param>
    /// <param name="limits">With the rate limits that a new app has.</param>
    /// <param name="keep">The folder stays when the app ends.</param>
    /// <param name="fresh">Made from nothing, instead of copied from one that was prepared (<see cref="PreparedData"/>).</param>
    public static async Task<TestApp> StartAsync(
        Action<HearthOptions>? configure = null, Action<HearthBuilder>? build = null, string? folder = null, bool limits = false, bool keep = false, bool fresh = false)
    {
        folder ??= Directory.CreateTempSubdirectory("hearth-test-").FullName;
        var asked = new HearthOptions();
        configure?.Invoke(asked);
        // What a new app limits is not in the copy, and its secrets can be read.
        var engine = asked.Postgres is null
            ? await TestEngine.ForFolderAsync(folder, fresh || limits || asked.Encryption is not null)
            : options => options.DataDirectory = Path.Combine(folder, "data");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(server => server.UseHearthLimits());
        var hearth = builder.Services.AddHearth(options =>
        {
            engine(options);
            // Many tests make accounts; what a hash costs is tested on its own.
            options.PasswordCost = new(64, 1);
            configure?.Invoke(options);
        });
        build?.Invoke(hearth);
        var web = builder.Build();
        web.MapHearth();
        await web.StartAsync();
        var app = new TestApp(web, folder, keep);
        // Tests are quicker than people; what a new app limits is tested on its own.
        if (!limits && app.App.Schemas.IsNew) (await app.App.Settings.ChangeAsync(settings => settings with { RateLimits = new RateLimitSettings() }, default)).Failed(out _);
        return app;
    }

    /// <summary>The token of a superuser, made when first asked for.</summary>
    public async Task<string> SuperuserTokenAsync()
    {
        if (superuserToken is not null) return superuserToken;
        var record = await App.Records.FindByAsync(App.Schema.Find("_superusers")!, "email", SuperuserEmail) ?? await CreateAsync("_superusers", new { email = SuperuserEmail, password = SuperuserPassword });
        return superuserToken = TokenOf(record);
    }

    /// <summary>Adds a record as the program itself, without rules.</summary>
    public async Task<Record> CreateAsync(string collection, object values)
    {
        var schema = App.Schema;
        var body = JsonSerializer.SerializeToElement(values).EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        var created = await App.Records.CreateAsync(schema, schema.Find(collection)!, new Submission(body), RequestFacts.None);
        return created.Failed(out var fault)
            ? throw new InvalidOperationException($"{fault.Message} {string.Join(", ", fault.Data.Entries)} {fault.Cause}")
            : created.Value;
    }

    /// <summary>An auth token of a record.</summary>
    public string TokenOf(Record record, TimeSpan? lifetime = null) =>
        App.Tokens.Issue(record.Collection, TokenKind.Auth, record.Id, record.GetText("tokenKey"), lifetime);

    /// <summary>Sends a request; a body that is no <see cref="HttpContent"/> goes as JSON.</summary>
    public async Task<Answer> SendAsync(string method, string path, object? body = null, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body switch { null => null, HttpContent content => content, _ => JsonContent.Create(body) };
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        JsonElement json = default;
        if (text.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true) json = JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
        return new Answer(response.StatusCode, json, response.Headers, response.Content.Headers, text);
    }

    public Task<Answer> GetAsync(string path, string? token = null) => SendAsync("GET", path, token: token);

    /// <summary>Stops the server as the program does: open requests are finished.</summary>
    public Task StopAsync()
    {
        IsStopped = true;
        return web.StopAsync();
    }

    /// <summary>A test has stopped it.</summary>
    public bool IsStopped { get; private set; }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await web.StopAsync();
        await web.DisposeAsync();
        if (!kept) await TestEngine.RemoveAsync(Folder);
    }
}
