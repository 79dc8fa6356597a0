using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Hearth.Tests.Postgres;

/// <summary>
/// The PostgreSQL of this test run: a fresh one, started when a test first needs it and gone with the process however that ends
/// (<c>tests/postgres.sh</c>), or the one of <c>HEARTH_TEST_POSTGRES</c>. Each app and each test has a database of its own in it.
/// </summary>
internal sealed class PostgresCluster
{
    private static readonly Lazy<PostgresCluster> OfRun = new(Start);

    private readonly string server;
    private readonly NpgsqlDataSource administration;

    // Held, because the server ends with the input of its script, and that would go with the object.
    private readonly Process? script;

    private PostgresCluster(string server, Process? script)
    {
        (this.server, this.script, administration) = (server, script, NpgsqlDataSource.Create(server));
        Version = new(async () =>
        {
            await using var connection = await administration.OpenConnectionAsync();
            return connection.PostgreSqlVersion.Major;
        });
    }

    /// <summary>Started when first asked for; throws with what is missing when there is no PostgreSQL here.</summary>
    public static PostgresCluster OfThisRun => OfRun.Value;

    /// <summary>There is a PostgreSQL that can be started, or one that was.</summary>
    public static bool IsHere { get; } = Given is not null || Environment.GetEnvironmentVariable("POSTGRES_BIN") is not null
        || (Directory.Exists("/usr/lib/postgresql") && Directory.EnumerateDirectories("/usr/lib/postgresql").Any(version => File.Exists(Path.Combine(version, "bin", "initdb"))));

    /// <summary>The server that whoever started the tests gives them.</summary>
    private static string? Given => Environment.GetEnvironmentVariable("HEARTH_TEST_POSTGRES") is { Length: > 0 } server ? server : null;

    /// <summary>How a database of a name is reached, whether or not it is there.</summary>
    public string AddressOf(string database) => new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString;

    private Lazy<Task<int>> Version { get; }

    /// <summary>The server is still there, as far as this process started it.</summary>
    public bool IsRunning => script is null or { HasExited: false };

    /// <summary>Makes a database, unless it is there already, and says how it is reached.</summary>
    public async Task<string> DatabaseAsync(string name)
    {
        await MakeAsync(name, "template0");
        return AddressOf(name);
    }

    /// <summary>Makes a database as a copy of another one that nobody is connected to; false when there is one of this name.</summary>
    public async Task<bool> MakeAsync(string name, string template)
    {
        try
        {
            // Copying the files takes half the time of writing every page to the log, which is the default since there is a choice.
            await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"{(await Version.Value >= 15 ? " STRATEGY file_copy" : "")}");
            return true;
        }
        catch (PostgresException there) when (there.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            return false; // the data of an app that is started again
        }
    }

    /// <summary>Removes a database, if it is there, whoever is connected to it.</summary>
    public Task DropAsync(string name) => ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");

    private static PostgresCluster Start()
    {
        if (Given is { } server) return new PostgresCluster(server, null);
        var start = new ProcessStartInfo("bash", [Script()]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // Nobody waits for its end: it ends when its input does, and that is when this process does.
        var script = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        return script.StandardOutput.ReadLine() is { Length: > 0 } started
            ? new PostgresCluster(started, script)
            : throw new InvalidOperationException($"PostgreSQL did not start: {script.StandardError.ReadToEnd()}");
    }

    /// <summary>Runs SQL as the administrator of the cluster.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = administration.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "postgres.sh"));
}
