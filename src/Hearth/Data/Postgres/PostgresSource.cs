using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>Makes the pool of connections.</summary>
internal static class PostgresSource
{
    private const int StatementsKept = 256;

    /// <summary>
    /// What each connection is told once. The server would compile statements that it thinks costly to machine code; for those of a filter with a few
    /// relations that takes a hundred times as long as running them.
    /// </summary>
    public const string Session = "SET jit = off";

    /// <summary>Brings a connection back to the account and the settings that it began with.</summary>
    public const string Reset = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; " + Session;

    /// <summary>The database in words for people, without its secrets.</summary>
    public static string Describe(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            var schema = string.IsNullOrEmpty(settings.SearchPath) ? "" : $" (schema {settings.SearchPath})";
            return $"the PostgreSQL database {settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}{schema}";
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return "a PostgreSQL database";
        }
    }

    /// <summary>A pool; nothing is connected yet. Throws a <see cref="DataException"/> when the connection string cannot be understood.</summary>
    /// <param name="options">Where the database is.</param>
    /// <param name="prepared">Told of each connection that begins.</param>
    /// <param name="pooled">A pooler stands between here and the server, so statements cannot be prepared: the next one may run elsewhere.</param>
    public static NpgsqlDataSource Open(PostgresEngineOptions options, PreparedFor prepared, bool pooled = false)
    {
        var settings = Read(options.ConnectionString);
        // ShouldSerialize, because ContainsKey says yes to every word that the driver knows.
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = options.PoolSize;
        if (!settings.ShouldSerialize("Timeout")) settings.Timeout = Seconds(options.ConnectTimeout);
        if (!settings.ShouldSerialize("Max Auto Prepare") && !pooled)
        {
            settings.MaxAutoPrepare = StatementsKept;
            settings.AutoPrepareMinUsages = 2;
        }
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).UsePhysicalConnectionInitializer(
            connection =>
            {
                Prepare(connection);
                prepared.Began(connection);
            },
            async connection =>
            {
                await PrepareAsync(connection);
                prepared.Began(connection);
            }).Build();
    }

    /// <summary>Longest time for one statement of a request; zero is no limit.</summary>
    public static TimeSpan StatementTimeout(PostgresEngineOptions options) =>
        Read(options.ConnectionString) is var settings && settings.ShouldSerialize("Command Timeout") ? TimeSpan.FromSeconds(settings.CommandTimeout) : options.StatementTimeout;

    /// <summary>Most connections at once.</summary>
    public static int PoolSize(PostgresEngineOptions options) =>
        Read(options.ConnectionString) is var settings && settings.ShouldSerialize("Maximum Pool Size") ? settings.MaxPoolSize : options.PoolSize;

    /// <summary>The connection string of a connection by itself, of which nothing stays when it is closed, nor with a pooler.</summary>
    public static string OfOne(string connectionString)
    {
        var settings = Read(connectionString);
        settings.Pooling = false;
        settings.MaxAutoPrepare = 0;
        return settings.ConnectionString;
    }

    /// <summary>Whether somebody stands between the connection and the server who gives statements to whatever connection is free.</summary>
    public static async ValueTask<bool> IsPooledAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        // A pooler tells its clients a number of its own instead of the process that serves them.
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return await command.ExecuteScalarAsync(stop) is not int process || process != connection.ProcessID;
    }

    private static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The driver's message names the word that it does not know, never the password.
            throw new DataException(new DataFault(DataFaultKind.Unavailable, $"The connection string of PostgreSQL cannot be understood: {e.Message}", []), e);
        }
        // Statements without a limit, and idle connections, find out by the network that the other side is gone.
        if (!settings.ShouldSerialize("Tcp Keepalive") && !settings.ShouldSerialize("Tcp Keepalive Time"))
        {
            (settings.TcpKeepAlive, settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval) = (true, 15, 5);
        }
        // Of several servers, one that was a replica a moment ago may be the primary now.
        if (!settings.ShouldSerialize("Host Recheck Seconds")) settings.HostRecheckSeconds = 1;
        if (!settings.ShouldSerialize("Application Name")) settings.ApplicationName = "hearth";
        if (!settings.ShouldSerialize("Include Error Detail")) settings.IncludeErrorDetail = false;
        // What a session of ours leaves behind is nothing; what text of a user may leave is cleared by the session itself.
        settings.NoResetOnClose = true;
        settings.Enlist = false;
        return settings;
    }

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);

    private static void Prepare(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Session, connection);
        command.ExecuteNonQuery();
    }

    private static async Task PrepareAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Session, connection);
        await command.ExecuteNonQueryAsync();
    }
}
