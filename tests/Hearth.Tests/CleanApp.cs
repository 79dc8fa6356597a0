using Hearth.Basics;
using Hearth.Data;
using Hearth.Resources.Settings;
using Hearth.Schema;
using Hearth.Schema.Changes;
using Xunit;

namespace Hearth.Tests;

/// <summary>
/// One app for all tests of a class, which each of them finds as it was defined: collections and settings are put back, and no row is left but the superuser's. What stays
/// is what a running app remembers, and the logs. <c>class MyTests(CleanApp shared) : IClassFixture&lt;CleanApp&gt;, IAsyncLifetime</c>,
/// and <see cref="BeginAsync"/> when a test begins.
/// </summary>
public sealed class CleanApp : IAsyncLifetime
{
    private TestApp? app;
    private string? tokenKey;
    private bool left;
    private SchemaSnapshot schema = SchemaSnapshot.Empty;
    private AppSettings settings = new();

    /// <summary>A clock for the app, if it is started with it; every test begins with the time of the machine.</summary>
    public ShiftedClock Clock { get; } = new();

    /// <summary>The app for the next test.</summary>
    /// <param name="define">Makes collections and settings, after a start.</param>
    /// <param name="start">Starts an app of another kind.</param>
    public async Task<TestApp> BeginAsync(Func<TestApp, Task>? define = null, Func<Task<TestApp>>? start = null)
    {
        Clock.Ahead = TimeSpan.Zero;
        if (app is not null && await IsLostAsync(app))
        {
            await app.DisposeAsync();
            (app, left) = (null, false);
        }
        if (app is null)
        {
            app = await (start is null ? TestApp.StartAsync() : start());
            await app.SuperuserTokenAsync();
            tokenKey = await TokenKeyAsync(app);
            if (define is not null) await define(app);
            (schema, settings) = (app.App.Schema, app.App.Settings.Current);
        }
        else
        {
            await EmptyAsync(app.App.Engine, app.App.Schema);
            await RestoreAsync(app.App.Schemas, app.App.Settings);
        }
        return app;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
    }

    /// <summary>This test does to the app what cannot be put back, such as adding a hook: the next one gets another.</summary>
    public void Leave() => left = true;

    // A test may also stop the app, or take its superuser away.
    private async Task<bool> IsLostAsync(TestApp app) => left || app.IsStopped || await TokenKeyAsync(app) != tokenKey;

    private static async Task<string?> TokenKeyAsync(TestApp app) =>
        (await app.App.Records.FindByAsync(app.App.Schema.Find("_superusers")!, "email", TestApp.SuperuserEmail))?.GetText("tokenKey");

    private static Task<bool> EmptyAsync(Engine engine, SchemaSnapshot schema) => engine.WriteAsync(
        async session =>
        {
            // With a condition SQLite tells of each row that goes, so that nobody is shown it from memory.
            foreach (var table in schema.Collections.Where(collection => collection.Type != CollectionType.View).Append(InternalTables.Tries))
            {
                var others = table.Name == "_superusers" ? $"\"email\" <> '{TestApp.SuperuserEmail}'" : "1 = 1";
                await session.ExecuteNativeSqlAsync($"DELETE FROM \"{table.Name}\" WHERE {others}", [], default);
            }
            return true;
        },
        null,
        default);

    private async Task RestoreAsync(SchemaStore schemas, SettingsStore store)
    {
        if (schemas.Current.Collections != schema.Collections)
        {
            var changed = await schemas.ChangeAsync(now => new SchemaProposal(schema.Collections, [.. Touched(now)], "The schema was not put back."), default);
            schema = changed.Failed(out var fault, out var restored) ? throw new InvalidOperationException($"{fault.Message} {string.Join(", ", fault.Data.Entries)}") : restored;
        }
        if (!ReferenceEquals(store.Current, settings))
        {
            var changed = await store.ChangeAsync(_ => settings, default);
            settings = changed.Failed(out var fault, out var restored) ? throw new InvalidOperationException(fault.Message) : restored;
        }
    }

    private IEnumerable<ProposedCollection> Touched(SchemaSnapshot now) => schema.Collections
        .Where(own => !now.Collections.Contains(own))
        .Select(own => new ProposedCollection(now.Collections.FirstOrDefault(other => other.Id == own.Id), own, new FaultMap()));
}
