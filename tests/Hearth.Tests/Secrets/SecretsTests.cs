using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.App;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Resources.Secrets;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Secrets;

/// <summary>Secrets at rest: what is encrypted, with which key it opens, and that nothing is half started without it.</summary>
public sealed class SecretsTests : IAsyncLifetime
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private const string OtherKey = "fedcba9876543210fedcba9876543210";
    private readonly string folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await TestEngine.RemoveAsync(folder);

    [Fact]
    public void A_sealed_text_opens_with_its_key_in_its_place_only()
    {
        var (secrets, others) = (AppSecrets.Of(Key, "KEY"), AppSecrets.Of(OtherKey, "KEY"));
        var stored = secrets.Seal("marked secret", "here");
        stored.ShouldNotContain("marked");
        secrets.Seal("marked secret", "here").ShouldNotBe(stored, "each has a nonce of its own");
        secrets.Open(stored, "here").ShouldBe("marked secret");
        secrets.Open("as it is", "here").ShouldBe("as it is");
        secrets.Seal("", "here").ShouldBe("");
        AppSecrets.None.Seal("as it is", "here").ShouldBe("as it is");
        Should.Throw<DataException>(() => secrets.Open(stored, "there"));
        Should.Throw<DataException>(() => others.Open(stored, "here")).Message.ShouldNotContain("marked");
        Should.Throw<DataException>(() => AppSecrets.None.Open(stored, "here")).Message.ShouldContain("--encryption-env");
        Should.Throw<DataException>(() => secrets.Open(stored[..^4] + "AAAA", "here"));
        Should.Throw<DataException>(() => secrets.Open("sealed:1:no base64", "here"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789abcdef0123456789abcdefg")]
    [InlineData("äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäö")]
    public void A_wrong_key_is_told_in_one_sentence(string? key) => Should.Throw<DataException>(() => AppSecrets.Of(key, "MY_KEY")).Message.ShouldContain("MY_KEY");

    [Fact]
    public async Task With_a_key_no_secret_is_readable_in_the_database()
    {
        await using (var app = await StartAsync(Key)) await FillAsync(app);
        await using var again = await StartAsync(Key);
        Holds(again);
        var stored = await StoredAsync(again);
        stored.ShouldNotContain("marked");
        foreach (var token in TokenSecrets(again)) stored.ShouldNotContain(token);
    }

    [Fact]
    public async Task Turning_it_on_encrypts_what_is_there_and_is_noted()
    {
        await using (var app = await StartAsync(null))
        {
            await FillAsync(app);
            (await StoredAsync(app)).ShouldContain("marked");
        }
        await using (var app = await StartAsync(Key))
        {
            Holds(app);
            (await StoredAsync(app)).ShouldNotContain("marked");
            await Audit.AuditedApp.EntryAsync(app, "action = 'secrets.encrypted'");
            (await Audit.AuditedApp.VerifyAsync(app)).GetProperty("valid").GetBoolean().ShouldBeTrue();
            // And it can be used at once.
            (await app.SendAsync("PATCH", "/api/collections/users", new { listRule = "" }, await app.SuperuserTokenAsync())).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        }
        await using var again = await StartAsync(Key);
        Holds(again);
        (await Audit.AuditedApp.EntriesAsync(again, "action = 'secrets.encrypted'")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_right_key_nothing_starts_and_nothing_is_changed()
    {
        await using (var app = await StartAsync(Key)) await FillAsync(app);
        (await Should.ThrowAsync<DataException>(() => OpenAsync(null))).Message.ShouldContain("hearth secrets decrypt");
        (await Should.ThrowAsync<DataException>(() => OpenAsync(OtherKey))).Message.ShouldContain("another key");
        (await Should.ThrowAsync<DataException>(() => OpenAsync("short"))).Message.ShouldContain("32");
        await using var again = await StartAsync(Key);
        Holds(again);
    }

    [Fact]
    public async Task Another_key_or_none_takes_the_place_of_the_first()
    {
        string totp;
        await using (var app = await StartAsync(Key))
        {
            await FillAsync(app);
            totp = await AddTotpAsync(app);
            await KeyChange.RunAsync(app.App, AppSecrets.Of(OtherKey, "NEW"), RequestFacts.CommandLine, default);
        }
        await Should.ThrowAsync<DataException>(() => OpenAsync(Key));
        await using (var app = await StartAsync(OtherKey))
        {
            Holds(app);
            (await TotpAsync(app, AppSecrets.Of(OtherKey, ""))).ShouldBe(totp);
            (await Audit.AuditedApp.VerifyAsync(app)).GetProperty("valid").GetBoolean().ShouldBeTrue();
            await KeyChange.RunAsync(app.App, AppSecrets.None, RequestFacts.CommandLine, default);
        }
        await using var plain = await StartAsync(null);
        Holds(plain);
        (await TotpAsync(plain, AppSecrets.None)).ShouldBe(totp);
        (await StoredAsync(plain)).ShouldContain("marked");
        (await Audit.AuditedApp.EntriesAsync(plain, "action ~ 'secrets.'")).Select(entry => Audit.AuditedApp.Text(entry, "action")).ShouldBe(["secrets.key_changed", "secrets.decrypted"]);
    }

    [Fact]
    public async Task Settings_have_the_contracts_form_and_open_from_it()
    {
        await using (var app = await StartAsync(Key))
        {
            await FillAsync(app);
            var stored = await ParameterAsync(app);
            // Base64 of nonce, ciphertext and tag, under the bytes of the key (contract 14.3), taken apart by hand.
            var whole = Convert.FromBase64String(stored);
            var plain = new byte[whole.Length - 28];
            using var cipher = new AesGcm(Encoding.UTF8.GetBytes(Key), 16);
            cipher.Decrypt(whole.AsSpan(0, 12), whole.AsSpan(12, plain.Length), whole.AsSpan(12 + plain.Length), plain);
            JsonElement.Parse(plain).GetProperty("smtp").GetProperty("password").GetString().ShouldBe("marked smtp");

            // And as another program writes them.
            var foreign = Encoding.UTF8.GetBytes("""{"meta":{"appName":"From elsewhere"},"smtp":{"password":"marked smtp"}}""");
            var sealedText = new byte[foreign.Length + 28];
            RandomNumberGenerator.Fill(sealedText.AsSpan(0, 12));
            cipher.Encrypt(sealedText.AsSpan(0, 12), foreign, sealedText.AsSpan(12, foreign.Length), sealedText.AsSpan(12 + foreign.Length));
            var text = Convert.ToBase64String(sealedText);
            await Audit.AuditedApp.TamperAsync(app, new UpdateRow(InternalTables.Params, "settings",
                [new Assignment(InternalTables.Params.FindField("value")!, TestEngine.IsPostgres ? FieldValue.Json($"\"{text}\"") : FieldValue.Text(text))]));
        }
        await using var again = await StartAsync(Key);
        again.App.Settings.Current.Meta.AppName.ShouldBe("From elsewhere");
    }

    [Fact]
    public async Task Two_apps_in_one_process_have_keys_of_their_own()
    {
        await using var one = await StartAsync(Key);
        await FillAsync(one);
        await using var other = await TestApp.StartAsync(options => options.Encrypt(OtherKey));
        await FillAsync(other);
        AppSecrets.Of(Key, "").OpenSettings(await ParameterAsync(one)).ShouldNotBeNull();
        AppSecrets.Of(Key, "").OpenSettings(await ParameterAsync(other)).ShouldBeNull();
    }

    private Task<TestApp> StartAsync(string? key) => TestApp.StartAsync(options => { if (key is not null) options.Encrypt(key); }, folder: folder, keep: true);

    private async Task OpenAsync(string? key)
    {
        var engine = await TestEngine.ForFolderAsync(folder);
        var options = new HearthOptions();
        engine(options);
        if (key is not null) options.Encrypt(key);
        await using var app = new HearthBuilder(options).Build();
        await app.StartAsync();
    }

    private static async Task FillAsync(TestApp app)
    {
        var root = await app.SuperuserTokenAsync();
        await app.SendAsync("PATCH", "/api/settings", new { smtp = new { password = "marked smtp" } }, root);
        var provider = new { name = "google", clientId = "id", clientSecret = "marked client secret" };
        var changed = await app.SendAsync("PATCH", "/api/collections/users", new { oauth2 = new { enabled = true, providers = new[] { provider } } }, root);
        ((int)changed.Status).ShouldBe(200, changed.Text);
    }

    private static void Holds(TestApp app)
    {
        app.App.Settings.Current.Smtp.Password.ShouldBe("marked smtp");
        app.App.Schema.Find("users")!.Auth!.OAuth2.Providers[0].ClientSecret.ShouldBe("marked client secret");
        foreach (var token in TokenSecrets(app)) AppSecrets.IsSealed(token).ShouldBeFalse();
    }

    private static IEnumerable<string> TokenSecrets(TestApp app) => app.App.Schema.Collections.Where(collection => collection.Auth is not null).Select(collection => collection.Auth!.AuthToken.Secret);

    private static async Task<string> AddTotpAsync(TestApp app)
    {
        var user = await app.CreateAsync("users", new { email = "ann@example.com", password = "a decent one" });
        var record = await app.CreateAsync("_totps", new { collectionRef = user.Collection.Id, recordRef = user.Id, secret = "to be set" });
        var context = AppSecrets.ContextOf(record.Collection.Id, record.Id, "secret");
        var stored = AppSecrets.Of(Key, "").Seal("JBSWY3DPEHPK3PXP", context);
        await Audit.AuditedApp.TamperAsync(app, new UpdateRow(record.Collection, record.Id, [new Assignment(record.Collection.FindField("secret")!, FieldValue.Text(stored))]));
        return "JBSWY3DPEHPK3PXP";
    }

    private static async Task<string> TotpAsync(TestApp app, AppSecrets secrets)
    {
        using var session = await app.App.Engine.ReadAsync(default);
        var table = app.App.Schema.Find("_totps")!;
        var record = (await Hearth.Records.StoredRows.ListAsync(session, Hearth.Records.StoredRows.Plan(table, static _ => null), default)).ShouldHaveSingleItem();
        return secrets.Open(record.GetText("secret"), AppSecrets.ContextOf(table.Id, record.Id, "secret"));
    }

    private static async Task<string> StoredAsync(TestApp app)
    {
        var all = new StringBuilder();
        using var session = await app.App.Engine.ReadAsync(default);
        foreach (var table in new[] { InternalTables.Collections, InternalTables.Params, InternalTables.Audit })
        {
            using var rows = await session.QueryAsync(new ReadPlan { From = new BaseSource(table), Columns = [.. table.Fields.Select(column => new OutputColumn(column))] }, default);
            while (await rows.NextAsync(default)) foreach (var value in RowValues.Read(rows, table.Fields)) all.AppendLine(value.ToString());
        }
        return all.ToString();
    }

    private static async Task<string> ParameterAsync(TestApp app)
    {
        using var session = await app.App.Engine.ReadAsync(default);
        var from = new BaseSource(InternalTables.Params);
        using var rows = await session.QueryAsync(new ReadPlan { From = from, Columns = [new OutputColumn(InternalTables.Params.FindField("value")!)], Where = new IdIn(from, ["settings"]) }, default);
        (await rows.NextAsync(default)).ShouldBeTrue();
        // What is no JSON is a JSON string where a column takes nothing else.
        var text = Encoding.UTF8.GetString(rows.Utf8Of(0));
        text.StartsWith('"').ShouldBe(TestEngine.IsPostgres);
        return TestEngine.IsPostgres ? JsonElement.Parse(text).GetString()! : text;
    }
}
