using Hearth.App;
using Hearth.Data;

namespace Hearth.Cli;

/// <summary>An app opened for a command that needs no server.</summary>
internal sealed class OpenFolder : IAsyncDisposable
{
    private OpenFolder(HearthApp app) => App = app;

    /// <summary>The app, started.</summary>
    public HearthApp App { get; }

    /// <summary>Opens a folder; null, with the reason on <paramref name="error"/>, when it cannot be opened.</summary>
    public static async Task<OpenFolder?> OpenAsync(string folder, TextWriter error, CancellationToken stop)
    {
        HearthApp? app = null;
        try
        {
            app = new HearthBuilder(new HearthOptions { DataDirectory = folder }).Build();
            await app.StartAsync(stop);
            var opened = new OpenFolder(app);
            app = null;
            return opened;
        }
        catch (Exception exception) when (exception is DataException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(exception.Message);
            return null;
        }
        finally
        {
            if (app is not null) await app.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => App.DisposeAsync();
}
