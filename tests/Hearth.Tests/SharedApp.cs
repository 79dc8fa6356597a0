using Xunit;

namespace Hearth.Tests;

/// <summary>
/// One app for all tests of a class: <c>class MyTests(SharedApp shared) : IClassFixture&lt;SharedApp&gt;</c>. The tests of a class run one after another, and each uses
/// collections, accounts and addresses of its own, or puts back what it changed. Derive from it for an app with other options, or with something in it.
/// </summary>
public class SharedApp : IAsyncLifetime
{
    private TestApp? app;

    public TestApp App => app ?? throw new InvalidOperationException("The app has not started.");

    /// <summary>The token of a superuser.</summary>
    public string Root { get; private set; } = "";

    public virtual async Task InitializeAsync()
    {
        app = await StartAsync();
        Root = await app.SuperuserTokenAsync();
        await FillAsync(app);
    }

    public virtual async Task DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
    }

    protected virtual Task<TestApp> StartAsync() => TestApp.StartAsync();

    /// <summary>Puts into the app what all tests find there.</summary>
    protected virtual Task FillAsync(TestApp app) => Task.CompletedTask;
}
