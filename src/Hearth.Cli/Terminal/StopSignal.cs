using System.Runtime.InteropServices;

namespace Hearth.Cli.Terminal;

/// <summary>Turns SIGINT and SIGTERM into a cancellation, so that a command can end between two steps.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public StopSignal()
    {
        registrations = [Listen(PosixSignal.SIGINT), Listen(PosixSignal.SIGTERM)];
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private PosixSignalRegistration Listen(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        // A second signal ends the program the hard way.
        context.Cancel = !source.IsCancellationRequested;
        source.Cancel();
    });
}
