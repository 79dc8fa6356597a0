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

    /// <summary>A pool; nothing is connected yet. Throws a <see cref="DataException"/> when the connection string cannot be understood.</summary>
    public static NpgsqlDataSource Open(PostgresEngineOptions options)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The driver's message names the word that it does not know, never the password.
            throw new DataException(new DataFault(DataFaultKind.Unavailable, $"The connection string of PostgreSQL cannot be understood: {e.Message}", []), e);
        }
        // ShouldSerialize, because ContainsKey says yes to every word that the driver knows.
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = options.PoolSize;
        if (!settings.ShouldSerialize("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = StatementsKept;
            settings.AutoPrepareMinUsages = 2;
        }
        if (!settings.ShouldSerialize("Application Name")) settings.ApplicationName = "hearth";
        if (!settings.ShouldSerialize("Include Error Detail")) settings.IncludeErrorDetail = false;
        // What a session of ours leaves behind is nothing; what text of a user may leave is cleared by the session itself.
        settings.NoResetOnClose = true;
        settings.Enlist = false;
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).UsePhysicalConnectionInitializer(Prepare, PrepareAsync).Build();
    }

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
