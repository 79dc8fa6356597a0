using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Hearth.Tests.Nodes;

/// <summary>PgBouncer in transaction mode in front of the PostgreSQL of a test; gone with this object or this process.</summary>
internal sealed class Pooler : IDisposable
{
    private readonly Process script;
    private readonly int port;
    private bool ended;

    private Pooler(Process script, int port) => (this.script, this.port) = (script, port);

    public static Pooler Start(string server)
    {
        var settings = new NpgsqlConnectionStringBuilder(server);
        var start = new ProcessStartInfo("bash", [Script(), settings.Host!, $"{settings.Port}", settings.Username!, settings.Password!])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var script = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        return int.TryParse(script.StandardOutput.ReadLine(), out var port)
            ? new Pooler(script, port)
            : throw new InvalidOperationException($"PgBouncer did not start: {script.StandardError.ReadToEnd()}");
    }

    /// <summary>The way to the database of an address through the pooler.</summary>
    public string To(string address) => new NpgsqlConnectionStringBuilder(address) { Host = "127.0.0.1", Port = port }.ConnectionString;

    /// <summary>Ends it; once more does nothing.</summary>
    public void Dispose()
    {
        if (ended) return;
        ended = true;
        script.StandardInput.Close();
        script.WaitForExit(5000);
        script.Dispose();
    }

    private static string Script([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "pgbouncer.sh"));
}
