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

    /// <summary>
    /// Sets an app up for the engine of this run. On PostgreSQL each folder has a database of its own, made when it is first asked for. Unless it is to be
    /// <paramref name="fresh"/>, without any collection, what is not there yet begins as a copy of <see cref="PreparedData"/>.
    /// </summary>
    public static async Task<Action<HearthOptions>> ForFolderAsync(string folder, bool fresh = true)
    {
        var data = Path.Combine(folder, "data");
        var postgres = IsPostgres ? await DatabaseAsync(folder, fresh) : null;
        if (!IsPostgres && !fresh && !Directory.Exists(data)) await PreparedData.CopyAsync(data);
        return options =>
        {
            options.DataDirectory = data;
            if (postgres is not null) options.UsePostgres(postgres);
        };
    }

    /// <summary>An engine of this run, not started yet, for the data of a folder.</summary>
    public static async Task<Engine> OpenAsync(string folder)
    {
        if (!IsPostgres) return Engines.OpenData(folder, null, TimeProvider.System);
        var cluster = PostgresCluster.OfThisRun;
        await cluster.MakeAsync(NameOf(folder), await PreparedData.TablesAsync());
        return Engines.OpenData(folder, new DatabaseServer(cluster.AddressOf(NameOf(folder))), TimeProvider.System);
    }

    /// <summary>Removes a folder. Databases go with the server: taking them away one by one would cost as much as making them.</summary>
    public static Task RemoveAsync(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Left for the system to clean up.
        }
        return Task.CompletedTask;
    }

    private static async Task<string> DatabaseAsync(string folder, bool fresh)
    {
        var (cluster, name) = (PostgresCluster.OfThisRun, NameOf(folder));
        var address = cluster.AddressOf(name);
        if (fresh) await cluster.MakeAsync(name, await PreparedData.TablesAsync());
        else if (await cluster.MakeAsync(name, await PreparedData.DatabaseAsync())) await PreparedData.RenewAsync(address);
        return address;
    }

    // Folders of tests have names that no other has.
    private static string NameOf(string folder) => Path.GetFileName(folder);
}
