using System.Text.RegularExpressions;
using Hearth.App;
using Hearth.Basics;
using Hearth.Resources.Settings;
using Hearth.Tests.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hearth.Tests;

/// <summary>
/// What the app of a test begins with: the data of a new app, made once in a run and then copied, because making it anew costs more than most tests. It has no rate
/// limits, for tests are quicker than people. Each copy has token secrets of its own, as any two apps have.
/// </summary>
internal static partial class PreparedData
{
    private static readonly Lazy<Task<IReadOnlyList<(string Name, byte[] Bytes)>>> Files = new(MakeFilesAsync);
    private static readonly Lazy<Task<string>> Database = new(() => MakeDatabaseAsync(StartAppAsync));
    private static readonly Lazy<Task<string>> Tables = new(() => MakeDatabaseAsync(StartEngineAsync));

    /// <summary>Puts the data into a folder that is not there yet.</summary>
    public static async Task CopyAsync(string folder)
    {
        var files = await Files.Value;
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in files) await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes);
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "data.db"), Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        connection.CreateFunction("renewed", (string options) => Secret().Replace(options, secret => RandomText.Of(secret.Length)));
        await using var command = connection.CreateCommand();
        command.CommandText = """PRAGMA synchronous = OFF; UPDATE "_collections" SET "options" = renewed("options") WHERE "type" = 'auth'""";
        if (await command.ExecuteNonQueryAsync() == 0) throw new InvalidOperationException($"No secret was renewed in {folder}.");
    }

    /// <summary>Name of the database on the PostgreSQL of this run that is to be copied for an app; see <see cref="RenewAsync"/>.</summary>
    public static Task<string> DatabaseAsync() => Database.Value;

    /// <summary>The same for an engine: with Hearth's own tables and no collection.</summary>
    public static Task<string> TablesAsync() => Tables.Value;

    /// <summary>Gives a copy of the database its own secrets.</summary>
    public static async Task RenewAsync(string address)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        // The second half of each stays, so that no two of an app are the same.
        await using var command = new NpgsqlCommand(
            $$"""UPDATE "_collections" SET "options" = regexp_replace("options"::text, '("secret": ?")[A-Za-z0-9]{25}', '\1{{RandomText.Of(25)}}', 'g')::jsonb WHERE "type" = 'auth'""", connection);
        if (await command.ExecuteNonQueryAsync() == 0) throw new InvalidOperationException($"No secret was renewed in {connection.Database}.");
    }

    private static async Task<IReadOnlyList<(string Name, byte[] Bytes)>> MakeFilesAsync()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        await StartAppAsync(new HearthOptions { DataDirectory = folder });
        var files = new List<(string, byte[])>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.db")) files.Add((Path.GetFileName(file), await File.ReadAllBytesAsync(file)));
        Directory.Delete(folder, recursive: true);
        return files;
    }

    private static async Task<string> MakeDatabaseAsync(Func<HearthOptions, Task> start)
    {
        var name = $"hearth-prepared-{Guid.NewGuid():N}";
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        await start(new HearthOptions { DataDirectory = folder }.UsePostgres(await PostgresCluster.OfThisRun.DatabaseAsync(name)));
        Directory.Delete(folder, recursive: true);
        return name;
    }

    private static async Task StartAppAsync(HearthOptions options)
    {
        await using var app = new HearthBuilder(options).Build();
        await app.StartAsync();
        (await app.Settings.ChangeAsync(settings => settings with { RateLimits = new RateLimitSettings() }, default)).Failed(out _);
    }

    private static async Task StartEngineAsync(HearthOptions options)
    {
        await using var engine = Data.Engines.OpenData(options.DataDirectory, options.Postgres, TimeProvider.System);
        await engine.StartAsync(default);
    }

    [GeneratedRegex("(?<=\"secret\": ?\")[A-Za-z0-9]+")]
    private static partial Regex Secret();
}
