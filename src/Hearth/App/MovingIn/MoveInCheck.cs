using System.Text;
using Hearth.Data;
using Hearth.Data.Changes;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Moving;
using Hearth.Resources.Tokens;
using Hearth.Schema;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hearth.App.MovingIn;

/// <summary>
/// Tries with the new app what people did with the old one (contract 14.8): a token as the old one signed it, the hashes of passwords, the files. Rows were
/// compared one by one before.
/// </summary>
/// <param name="source">The prepared copy of the old database.</param>
/// <param name="app">The new app, started.</param>
internal sealed class MoveInCheck(Engine source, HearthApp app)
{
    private readonly List<string> done = [];
    private readonly List<string> wrong = [];
    private readonly List<string> notes = [];

    /// <summary>What worked, each in a sentence.</summary>
    public IReadOnlyList<string> Done => done;

    /// <summary>What did not.</summary>
    public IReadOnlyList<string> Wrong => wrong;

    /// <summary>What a person should know.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Something else was tried and worked.</summary>
    public void Add(string worked) => done.Add(worked);

    /// <summary>Something else was tried and did not work.</summary>
    public void AddWrong(string what) => wrong.Add(what);

    /// <summary>Something else to know.</summary>
    public void AddNote(string note) => notes.Add(note);

    /// <summary>Tries what is in the database.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var session = await source.ReadAsync(stop);
        var collections = await StoredSchema.ReadAsync(session, stop);
        await CountAsync(session, collections, stop);
        notes.AddRange(RuleNotes.Of(app.Schema, collections));
        foreach (var collection in collections.Where(collection => collection.Type == CollectionType.Auth))
        {
            await TryTokenAsync(session, collection, stop);
            await LookAtPasswordsAsync(session, collection, stop);
        }
    }

    /// <summary>Reads every record of both sides by its values.</summary>
    public async Task CompareAsync(Action<MoveProgress>? tell, CancellationToken stop)
    {
        using var session = await source.ReadAsync(stop);
        using var own = await app.Engine.ReadAsync(stop);
        var count = new StageCount(MoveStage.Comparing, 0, tell);
        foreach (var collection in (await StoredSchema.ReadAsync(session, stop)).Where(collection => collection.Type != CollectionType.View))
        {
            if (app.Schema.Find(collection.Id) is not { } there) continue; // told with the counts
            if (!collection.Fields.Select(field => field.Name).Order(StringComparer.Ordinal).SequenceEqual(there.Fields.Select(field => field.Name).Order(StringComparer.Ordinal)))
            {
                continue; // told with the definitions
            }
            var read = collection with { Name = there.Name };
            var same = await TableContent.ReadAsync(session, collection, app.Engine, null, count, stop) == await TableContent.ReadAsync(own, read, null, null, count, stop);
            if (same) done.Add($"Every record of {collection.Name} is as it was.");
            else wrong.Add($"{collection.Name}: not every record is as it was.");
        }
    }

    private async Task CountAsync(ReadSession session, IReadOnlyList<Collection> collections, CancellationToken stop)
    {
        using var own = await app.Engine.ReadAsync(stop);
        var (tables, rows) = (0, 0L);
        foreach (var collection in collections.Where(collection => collection.Type != CollectionType.View))
        {
            var before = await session.CountAsync(new ReadPlan { From = new BaseSource(collection) }, stop);
            var there = app.Schema.Find(collection.Id);
            var now = there is null ? 0 : await own.CountAsync(new ReadPlan { From = new BaseSource(there) }, stop);
            if (now != before) wrong.Add($"{collection.Name} had {before:N0} records and has {now:N0}.");
            (tables, rows) = (tables + 1, rows + now);
        }
        if (wrong.Count == 0) done.Add($"{tables:N0} collections have as many records as before ({rows:N0} in all).");
    }

    // Signed here as the old app did, from what stands in its database, with nothing of the new one.
    private async Task TryTokenAsync(ReadSession session, Collection collection, CancellationToken stop)
    {
        if (collection.Auth is not { } auth) return;
        if ((await StoredRows.ListAsync(session, StoredRows.Plan(collection, static _ => null, 1), stop)).FirstOrDefault() is not { } account) return;
        var expires = app.Options.Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        var key = Encoding.UTF8.GetBytes(account.GetText("tokenKey") + auth.AuthToken.Secret);
        if (key.Length < 32)
        {
            notes.Add($"{collection.Name}: the keys of tokens are too short to be safe; everybody has to sign in anew.");
            return;
        }
        var payload = $$"""{"collectionId":"{{collection.Id}}","exp":{{expires}},"id":"{{account.Id}}","refreshable":true,"type":"auth"}""";
        var crypto = new CryptoProviderFactory { CacheSignatureProviders = false };
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }
            .CreateToken(payload, new SigningCredentials(new SymmetricSecurityKey(key) { CryptoProviderFactory = crypto }, SecurityAlgorithms.HmacSha256));
        var found = await app.Callers.FindAsync(token, TokenKind.Auth, app.Schema, stop);
        if (found?.Caller.Id == account.Id) done.Add($"A token of {collection.Name} that the old app signed is accepted.");
        else wrong.Add($"A token of {collection.Name} that the old app signed is not accepted (record {account.Id}).");
    }

    private async Task LookAtPasswordsAsync(ReadSession session, Collection collection, CancellationToken stop)
    {
        if (collection.FindField("password") is not { } password) return;
        var (good, bad, none) = (0L, 0L, 0L);
        using var rows = await session.QueryAsync(new ReadPlan { From = new BaseSource(collection), Columns = [new OutputColumn(password)], Unhurried = true }, stop);
        while (await rows.NextAsync(stop))
        {
            var hash = Encoding.UTF8.GetString(rows.Utf8Of(0));
            if (hash.Length == 0) none++;
            else if (app.Setup.Passwords.CanRead(hash)) good++;
            else bad++;
        }
        if (good > 0) done.Add($"{good:N0} {(good == 1 ? "password" : "passwords")} of {collection.Name} can be checked as before.");
        if (bad > 0) notes.Add($"{collection.Name}: {bad:N0} {(bad == 1 ? "account has" : "accounts have")} a password hash that Hearth does not take (not bcrypt, or of a cost above 14); its owner resets the password by mail, or you set a new one.");
        if (none > 0) notes.Add($"{collection.Name}: {none:N0} {(none == 1 ? "account has" : "accounts have")} no password.");
    }
}
