using Hearth.App;
using Hearth.Data;
using Hearth.Tests.Postgres;

namespace Hearth.Tests;

/// <summary>
/// The engine under the tests of this run: <c>HEARTH_TEST_ENGINE</c> is <c>sqlite</c> (also when it is not set) or <c>postgres</c>. Tests about one
/// engine's own ways (<c>Sqlite/</c>, <c>Postgres/</c>) use that one whatever it says.
/// </summary>
internal static class TestEngine
{
    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("HEARTH_TEST_ENGINE") switch
    {
        null or "" or "sqlite" => false,
        "postgres" => true,
        var other => throw new InvalidOperationException($"HEARTH_TEST_ENGINE is {other}; it can be sqlite or postgres."),
    };

    /// <summary>Sets an app up for the engine of this run. On PostgreSQL each folder has a database of its own, made when it is first asked for.</summary>
    public static async Task<Action<HearthOptions>> ForFolderAsync(string folder)
    {
        var postgres = await DatabaseAsync(folder);
        return options =>
        {
            options.DataDirectory = Path.Combine(folder, "data");
            if (postgres is not null) options.UsePostgres(postgres);
        };
    }

    /// <summary>An engine of this run, not started yet, for the data of a folder.</summary>
    public static async Task<Engine> OpenAsync(string folder) => Engines.OpenData(folder, await DatabaseAsync(folder) is { } server ? new DatabaseServer(server) : null, TimeProvider.System);

    /// <summary>Removes a folder and its database.</summary>
    public static async Task RemoveAsync(string folder)
    {
        if (IsPostgres) await PostgresCluster.OfThisRun.DropAsync(NameOf(folder));
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Left for the system to clean up.
        }
    }

    private static async Task<string?> DatabaseAsync(string folder) => IsPostgres ? await PostgresCluster.OfThisRun.DatabaseAsync(NameOf(folder)) : null;

    // Folders of tests have names that no other has.
    private static string NameOf(string folder) => Path.GetFileName(folder);
}
