using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.Features.Accounts.Factors;
using Hearth.Resources.Tokens;
using Hearth.Tests.Accounts;
using Hearth.Tests.Files;

namespace Hearth.Tests.OpenApi;

/// <summary>One call of every route that goes well, in an order in which each finds what it needs.</summary>
internal sealed class GoodCalls(DescribedApp shared, Walk walk)
{
    private const string Users = "/api/collections/users/";
    private const string Password = "correct horse 1";

    private TestApp App => shared.App;

    private string Root => shared.Root;

    public async Task RunAsync()
    {
        await RecordsAsync();
        await FilesAsync();
        await AccountAsync();
        await FactorsAsync();
        await StreamsAsync();
        await SchemaAsync();
        await ServerAsync();
        await BackupsAsync();
    }

    private Task<JsonElement> GoAsync(string method, string path, object? body = null, string? token = null) => walk.GoesAsync(method, path, path, body, token);

    private static string Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private async Task RecordsAsync()
    {
        const string posts = "/api/collections/posts/records";
        var full = new
        {
            title = "Full", views = 3, price = 1.5, open = true, mail = "a@example.com", link = "https://example.com/x", text = "<p>x</p>", day = "2026-01-02 03:04:05.678Z", kind = "a",
            tags = new[] { "x", "y" }, extra = new { a = new object?[] { 1, null } }, place = new { lon = 10.5, lat = -3 }, author = shared.Ann.Id, readers = new[] { shared.Ann.Id }, secret = "s",
        };
        var made = await GoAsync("POST", posts, full, Root);
        await GoAsync("POST", posts, new { title = "Empty" });
        var form = FileWorld.Form(("title", "With files"), ("picture", ("a.png", FileWorld.Png)), ("papers", ("b.txt", FileWorld.Text("b"))), ("papers", ("c.txt", FileWorld.Text("c"))));
        await GoAsync("POST", posts, form);
        foreach (var token in new[] { null, Root })
        {
            await GoAsync("GET", posts, token: token);
            await walk.GoesAsync("GET", posts, posts + "?expand=author,readers&skipTotal=true", token: token);
            await walk.GoesAsync("GET", posts + "/{id}", $"{posts}/{Text(made, "id")}?expand=author", token: token);
            await GoAsync("GET", "/api/collections/counted/records", token: token);
            await walk.GoesAsync("GET", "/api/collections/counted/records/{id}", $"/api/collections/counted/records/{shared.Ann.Id}", token: token);
        }
        var one = $"{posts}/{Text(made, "id")}";
        await walk.GoesAsync("PATCH", posts + "/{id}", one, new { title = "Changed" }, Root);
        await walk.CallAsync("PATCH", posts + "/{id}", one, new { title = "Late" }, Root, ("If-Match", "\"other\""));
        await GoAsync("POST", "/api/batch", new { requests = new[] { new { method = "POST", url = posts, body = new { title = "In a batch" } } } });
        await walk.CallAsync("POST", "/api/batch", "/api/batch", new { requests = new[] { new { method = "POST", url = posts, body = new { } } } });
        await walk.GoesAsync("DELETE", posts + "/{id}", one, token: Root);
        await walk.GoesAsync("DELETE", "/api/collections/{collection}/truncate", "/api/collections/posts/truncate", token: Root);
    }

    private async Task FilesAsync()
    {
        const string file = "/api/files/{collection}/{recordId}/{filename}";
        const string uploads = "/api/files/uploads";
        var form = FileWorld.Form(("title", "T"), ("picture", ("a.png", FileWorld.Png)));
        var post = await GoAsync("POST", "/api/collections/posts/records", form, Root);
        var address = $"/api/files/posts/{Text(post, "id")}/{Text(post, "picture")}";
        await walk.GoesAsync("GET", file, address);
        await walk.GoesAsync("GET", file, address, null, null, ("Range", "bytes=0-3"));
        await walk.CallAsync("GET", file, address, null, null, ("Range", "bytes=999999-"));
        await walk.CallAsync("GET", file, address, null, null, ("If-Match", "\"other\""));
        await GoAsync("POST", "/api/files/token", token: Root);

        var version = ("Tus-Resumable", "1.0.0");
        var metadata = string.Join(',', new[] { ("collection", "posts"), ("record", Text(post, "id")), ("field", "papers+"), ("filename", "big.txt") }.Select(pair => $"{pair.Item1} {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Item2))}"));
        foreach (var end in new[] { "PATCH", "DELETE" })
        {
            await walk.GoesAsync("POST", uploads, uploads, null, Root, version, ("Upload-Length", "4"), ("Upload-Metadata", metadata));
            var begun = await App.SendAsync("POST", uploads, null, Root, version, ("Upload-Length", "4"), ("Upload-Metadata", metadata));
            var upload = begun.Headers.Location?.ToString() ?? "";
            await walk.GoesAsync("GET", uploads + "/{id}", upload, null, Root, version);
            var bytes = new ByteArrayContent(FileWorld.Text("abcd"));
            bytes.Headers.ContentType = new("application/offset+octet-stream");
            if (end == "DELETE") await walk.GoesAsync(end, uploads + "/{id}", upload, null, Root, version);
            else await walk.GoesAsync(end, uploads + "/{id}", upload, bytes, Root, version, ("Upload-Offset", "0"));
            await walk.CallAsync("PATCH", uploads + "/{id}", upload, new ByteArrayContent([1]) { Headers = { ContentType = new("application/offset+octet-stream") } }, Root, version, ("Upload-Offset", "3"));
            await walk.CallAsync("PATCH", uploads + "/{id}", upload, new { }, Root, version, ("Upload-Offset", "0"));
        }
    }

    private async Task AccountAsync()
    {
        var eve = await App.CreateAsync("users", new { email = "eve@example.com", password = Password });
        string Token(TokenKind kind, string newEmail = "") => App.App.Tokens.Issue(eve.Collection, kind, eve.Id, eve.GetText("tokenKey"), email: eve.GetText("email"), newEmail: newEmail);

        await GoAsync("GET", Users + "auth-methods");
        await GoAsync("GET", Users + "auth-methods", token: Root);
        await GoAsync("POST", Users + "request-verification", new { email = "eve@example.com" });
        await GoAsync("POST", Users + "confirm-verification", new { token = Token(TokenKind.Verification) });
        await GoAsync("POST", Users + "request-password-reset", new { email = "eve@example.com" });
        await GoAsync("POST", Users + "request-otp", new { email = "eve@example.com" });
        var otp = await App.CreateAsync("_otps", new { collectionRef = eve.Collection.Id, recordRef = eve.Id, password = "123456", sentTo = "eve@example.com" });
        await GoAsync("POST", Users + "auth-with-otp", new { otpId = otp.Id, password = "123456" });
        await GoAsync("POST", Users + "auth-with-oauth2", new { provider = "oidc", code = "good", codeVerifier = "v", redirectURL = "http://127.0.0.1/back" });
        var token = Text(await GoAsync("POST", Users + "auth-with-password", new { identity = "eve@example.com", password = Password }), "token");
        token = Text(await GoAsync("POST", Users + "auth-refresh", token: token), "token");
        await GoAsync("POST", Users + "end-other-sessions", token: token);
        await GoAsync("POST", Users + "api-keys", new { name = "k", password = Password, scope = new { collections = new { users = new[] { "view" } } } }, token);
        await GoAsync("POST", Users + "request-email-change", new { newEmail = "eve.new@example.com" }, token);
        await walk.GoesAsync("POST", "/api/collections/{collection}/impersonate/{id}", $"{Users}impersonate/{eve.Id}", new { duration = 60 }, Root);

        using var device = new SoftAuthenticator("http://localhost:5173");
        var begun = await GoAsync("POST", Users + "passkeys/begin", new { password = Password }, token);
        if (begun.ValueKind == JsonValueKind.Object) await GoAsync("POST", Users + "passkeys/finish", new { ceremony = Text(begun, "ceremony"), credential = device.Create(begun.GetProperty("options")) }, token);
        device.Counter = 1;
        var asked = await GoAsync("POST", Users + "passkeys/challenge");
        if (asked.ValueKind == JsonValueKind.Object) await GoAsync("POST", Users + "auth-with-passkey", new { ceremony = Text(asked, "ceremony"), credential = device.Get(asked.GetProperty("options")) });

        await GoAsync("POST", Users + "confirm-email-change", new { token = Token(TokenKind.EmailChange, "eve.new@example.com"), password = Password });
        eve = await App.App.Records.FindAsync(eve.Collection, eve.Id) ?? eve;
        await GoAsync("POST", Users + "confirm-password-reset", new { token = Token(TokenKind.PasswordReset), password = "wholly other 1", passwordConfirm = "wholly other 1" });
        await walk.GoesAsync("GET", "/api/oauth2-redirect", "/api/oauth2-redirect?state=none&code=c");
        await GoAsync("POST", "/api/oauth2-redirect", FileWorld.Form(("state", "none"), ("code", "c")));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await GoAsync("POST", "/api/settings/apple/generate-client-secret", new { clientId = "c", teamId = "1234567890", keyId = "1234567890", privateKey = key.ExportPkcs8PrivateKeyPem(), duration = 60 }, Root);
    }

    private async Task FactorsAsync()
    {
        await App.CreateAsync("users", new { email = "fay@example.com", password = Password });
        object signIn = new { identity = "fay@example.com", password = Password };
        var token = Text(await GoAsync("POST", Users + "auth-with-password", signIn), "token");
        var secret = Text(await GoAsync("POST", Users + "totp/begin", new { password = Password }, token), "secret");
        var step = Totp.StepOf(DateTimeOffset.UtcNow);
        await GoAsync("POST", Users + "totp/confirm", new { code = Totp.CodeOf(secret, step) }, token);
        var codes = await GoAsync("POST", Users + "recovery-codes", new { password = Password }, token);
        await GoAsync("POST", Users + "auth-with-totp", new { mfaId = await FirstAsync(), code = Totp.CodeOf(secret, step + 1) });
        await GoAsync("POST", Users + "auth-with-recovery-code", new { mfaId = await FirstAsync(), code = codes.ValueKind == JsonValueKind.Object ? codes.GetProperty("codes")[0].GetString() : "" });
        await GoAsync("POST", Users + "totp/remove", new { password = Password }, token);

        async Task<string> FirstAsync() => Text((await walk.CallAsync("POST", Users + "auth-with-password", Users + "auth-with-password", signIn)).Body, "mfaId");
    }

    private async Task StreamsAsync()
    {
        await GoAsync("GET", "/api/realtime");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var stream = await App.Client.GetStreamAsync(new Uri("/api/realtime", UriKind.Relative), stop.Token);
        using var lines = new StreamReader(stream);
        var id = "";
        while (id.Length == 0 && await lines.ReadLineAsync(stop.Token) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal)) id = Text(JsonElement.Parse(line[5..]), "clientId");
        }
        await GoAsync("POST", "/api/realtime", new { clientId = id, subscriptions = new[] { "posts/*" } });
        const string channel = "/api/realtime/channels/{collection}/{id}";
        var address = $"/api/realtime/channels/users/{shared.Ann.Id}";
        await walk.GoesAsync("POST", channel, address, new { @event = "hello", data = new { a = 1 } }, Root);
        await walk.GoesAsync("GET", channel, address, null, Root);
    }

    private async Task SchemaAsync()
    {
        const string one = "/api/collections/{collection}";
        await GoAsync("GET", "/api/collections", token: Root);
        await walk.GoesAsync("GET", one, "/api/collections/users", token: Root);
        await walk.GoesAsync("POST", "/api/collections", "/api/collections?plan=true", new { name = "walked", type = "base" }, Root);
        await GoAsync("POST", "/api/collections", new { name = "walked", type = "base", listRule = "" }, Root);
        await walk.GoesAsync("PATCH", one, "/api/collections/walked", new { viewRule = "" }, Root);
        await walk.GoesAsync("PUT", "/api/collections/import", "/api/collections/import?plan=true", new { collections = new[] { new { name = "walked", type = "base", fields = Array.Empty<object>() } } }, Root);
        await GoAsync("PUT", "/api/collections/import", new { collections = new[] { new { name = "walked", type = "base", fields = Array.Empty<object>() } } }, Root);
        await walk.GoesAsync("DELETE", one, "/api/collections/walked?plan=true", token: Root);
        await walk.GoesAsync("DELETE", one, "/api/collections/walked", token: Root);
        await GoAsync("GET", "/api/collections/meta/scaffolds", token: Root);
        await GoAsync("GET", "/api/collections/meta/oauth2-providers", token: Root);
        await GoAsync("POST", "/api/collections/meta/dry-run-view", new { query = "SELECT id, title FROM posts" }, Root);
        await GoAsync("POST", "/api/rules/check", new { collection = "posts", rule = "title = 'x' && author.id != ''" }, Root);
        await GoAsync("POST", "/api/rules/check", new { collection = "posts", rule = "nothing = 1" }, Root);
    }

    private async Task ServerAsync()
    {
        foreach (var token in new[] { null, Root })
        {
            foreach (var path in new[] { "/api/health", "/api/openapi.json", "/api/docs", "/api/outbox/page" }) await GoAsync("GET", path, token: token);
        }
        foreach (var path in new[] { "/api/overview", "/api/doctor", "/api/settings", "/api/crons", "/api/outbox", "/api/logs", "/api/logs/stats", "/api/audit", "/api/audit/verify" }) await GoAsync("GET", path, token: Root);
        await walk.GoesAsync("GET", "/api/crons", "/api/crons?runs=true", token: Root);
        await walk.GoesAsync("POST", "/api/crons/{id}", "/api/crons/__pbOTPCleanup__", token: Root);
        await GoAsync("PATCH", "/api/settings", new { meta = new { appName = "Walked" } }, Root);
        await GoAsync("POST", "/api/settings/test/email", new { email = "a@example.com", template = "verification", collection = "users" }, Root);
        await GoAsync("POST", "/api/sql", new { query = "SELECT id, title FROM posts" }, Root);
        foreach (var table in new[] { "/api/logs", "/api/audit" })
        {
            var page = await walk.GoesAsync("GET", table, table + "?perPage=1", token: Root);
            await walk.GoesAsync("GET", table + "/{id}", $"{table}/{Text(page.GetProperty("items")[0], "id")}", token: Root);
        }
        await GoAsync("POST", "/api/logs/journey-token", token: Root);
        await GoAsync("DELETE", "/api/logs", token: Root);
        await GoAsync("DELETE", "/api/outbox", token: Root);
    }

    private async Task BackupsAsync()
    {
        await GoAsync("POST", "/api/backups", new { name = "walked.zip" }, Root);
        await GoAsync("GET", "/api/backups", token: Root);
        var token = Text(await GoAsync("POST", "/api/files/token", token: Root), "token");
        await walk.GoesAsync("GET", "/api/backups/{key}", $"/api/backups/walked.zip?token={token}");
        var bytes = await App.Client.GetByteArrayAsync(new Uri($"/api/backups/walked.zip?token={token}", UriKind.Relative));
        await GoAsync("POST", "/api/backups/upload", FileWorld.Form(("file", ("brought.zip", bytes))), Root);
        await walk.GoesAsync("POST", "/api/backups/{key}/restore", "/api/backups/brought.zip/restore", token: Root);
        await walk.GoesAsync("DELETE", "/api/backups/{key}", "/api/backups/brought.zip", token: Root);
    }
}
