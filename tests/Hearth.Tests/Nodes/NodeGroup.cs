using System.Diagnostics;
using Hearth.App;
using Hearth.Tests.Postgres;
using Npgsql;

namespace Hearth.Tests.Nodes;

/// <summary>Several nodes of one app: each an app of its own with its own folder, all on one database that goes with them.</summary>
internal sealed class NodeGroup : IAsyncDisposable
{
    private readonly string database = $"nodes-{Guid.NewGuid():N}";
    private readonly List<TestApp> apps = [];

    /// <summary>How the database is reached.</summary>
    public string Address => PostgresCluster.OfThisRun.AddressOf(database);

    public TestApp this[int node] => apps[node];

    /// <param name="nodes">How many.</param>
    /// <param name="build">What each of them has beside the usual.</param>
    /// <param name="fresh">On an empty database.</param>
    public static async Task<NodeGroup> StartAsync(int nodes, Action<HearthBuilder>? build = null, bool fresh = false)
    {
        var group = new NodeGroup();
        await PostgresCluster.OfThisRun.MakeAsync(group.database, fresh ? "template0" : await PreparedData.DatabaseAsync());
        for (var i = 0; i < nodes; i++) await group.AddAsync(build);
        return group;
    }

    public async Task<TestApp> AddAsync(Action<HearthBuilder>? build = null, string? address = null)
    {
        var app = await TestApp.StartAsync(options => options.UsePostgres(address ?? Address), build);
        apps.Add(app);
        return app;
    }

    /// <summary>Takes a node in that was started elsewhere; it ends with the others.</summary>
    public void Take(TestApp app) => apps.Add(app);

    /// <summary>Asks the database past Hearth.</summary>
    public async Task<object?> AskAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        return await AskAsync(connection, sql);
    }

    /// <summary>A connection past Hearth.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Address) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Asks on a connection.</summary>
    public static async Task<object?> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Waits until something is so, and says how long it took; throws when it is not within the time.</summary>
    public static async Task<TimeSpan> UntilAsync(Func<bool> isSo, TimeSpan within)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > within) throw new TimeoutException($"It was not so within {within}.");
            await Task.Delay(5);
        }
        return watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in apps) await app.DisposeAsync();
    }
}
