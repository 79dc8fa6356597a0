using Hearth.App;
using Hearth.Data;

namespace Hearth.Cli;

/// <summary>An app opened for a command that needs no server.</summary>
internal sealed class OpenData : IAsyncDisposable
{
    private OpenData(HearthApp app) => App = app;

    /// <summary>The app, started.</summary>
    public HearthApp App { get; }

    /// <summary>Opens the data; null, with the reason on <paramref name="error"/>, when it cannot be opened.</summary>
    public static async Task<OpenData?> OpenAsync(DataPlace place, TextWriter error, CancellationToken stop, Action<HearthOptions>? more = null)
    {
        HearthApp? app = null;
        try
        {
            var options = new HearthOptions();
            place.Set(options);
            more?.Invoke(options);
            app = new HearthBuilder(options).Build();
            await app.StartAsync(stop);
            var opened = new OpenData(app);
            app = null;
            return opened;
        }
        catch (Exception exception) when (exception is DataException or InvalidDataException or IOException or UnauthorizedAccessException)
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
