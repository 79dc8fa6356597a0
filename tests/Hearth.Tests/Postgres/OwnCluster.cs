using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Hearth.Tests.Postgres;

/// <summary>A PostgreSQL for one test that does to it what should happen to no other: as durable as in real life, stopped, started, followed by a copy.</summary>
internal sealed class OwnCluster : IAsyncDisposable
{
    private readonly Process script;

    private OwnCluster(Process script, string address) => (this.script, Address) = (script, address);

    /// <summary>How its database is reached.</summary>
    public string Address { get; }

    /// <summary>How it is reached together with its copy: whichever of both takes writes.</summary>
    public string AddressOfBoth
    {
        get
        {
            var address = new NpgsqlConnectionStringBuilder(Address);
            return new NpgsqlConnectionStringBuilder(Address) { Host = $"127.0.0.1:{address.Port},127.0.0.1:{address.Port + 1}", TargetSessionAttributes = "primary" }.ConnectionString;
        }
    }

    public static async Task<OwnCluster> StartAsync()
    {
        var start = new ProcessStartInfo("bash", [Script(), "--durable"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var script = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        return new OwnCluster(script, await script.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("PostgreSQL did not start."));
    }

    /// <summary>One of the commands of <c>tests/postgres.sh</c>.</summary>
    public async Task DoAsync(string command)
    {
        await script.StandardInput.WriteLineAsync(command);
        await script.StandardInput.FlushAsync();
        if (await script.StandardOutput.ReadLineAsync() != "done") throw new InvalidOperationException($"PostgreSQL could not {command}.");
    }

    public async ValueTask DisposeAsync()
    {
        script.StandardInput.Close();
        await script.WaitForExitAsync();
        script.Dispose();
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "postgres.sh"));
}
