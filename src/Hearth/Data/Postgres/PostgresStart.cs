using System.Data;
using System.Net.Sockets;
using Hearth.Data.Postgres.Nodes;
using Hearth.Data.Postgres.Tables;
using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>What happens once when the engine starts: the server is looked at, refused when it will not do, and brought up to date.</summary>
internal static class PostgresStart
{
    private const int LeastVersion = 14;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Checks the server and the database, does the migrations and signs the node in. True when a pooler stands in between. Throws a
    /// <see cref="DataException"/> that says what to do.
    /// </summary>
    public static async Task<bool> RunAsync(PostgresEngineOptions options, NodeRow node, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(PostgresSource.OfOne(options.ConnectionString));
        await OpenAsync(connection, clock, stop);
        if (connection.PostgreSqlVersion.Major < LeastVersion) throw Refused($"The server runs PostgreSQL {connection.PostgreSqlVersion}; Hearth needs {LeastVersion} or later.");
        await using (var look = new NpgsqlCommand(
            """
            SELECT current_schema(), pg_is_in_recovery(), current_setting('server_encoding'), current_setting('default_transaction_read_only'), current_user,
                has_schema_privilege(current_schema(), 'CREATE') AND has_schema_privilege(current_schema(), 'USAGE')
            """,
            connection))
        {
            await using var row = await look.ExecuteReaderAsync(CommandBehavior.SingleRow, stop);
            await row.ReadAsync(stop);
            if (row.IsDBNull(0)) throw Refused($"The search path of the connection names no schema of the database {connection.Database}. Create it (CREATE SCHEMA ...) or correct the search path.");
            var schema = row.GetString(0);
            if (row.GetBoolean(1) || row.GetString(3) == "on") throw Refused($"The server at {connection.Host} is a read-only replica. Give Hearth the address of the primary server.");
            if (row.GetString(2) != "UTF8") throw Refused($"The database {connection.Database} keeps its texts as {row.GetString(2)}; Hearth needs UTF8 (CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0).");
            if (!row.GetBoolean(5))
            {
                throw Refused($"The role {row.GetString(4)} may not create tables in the schema {schema} of the database {connection.Database}. Let it: GRANT USAGE, CREATE ON SCHEMA {schema} TO {row.GetString(4)}");
            }
        }
        var link = new PostgresLink(_ => new(connection), IsolationLevel.ReadCommitted, TimeSpan.Zero, TimeProvider.System, static () => { });
        await link.ExecuteAsync(SchemaLock.Take, TimeSpan.Zero, stop);
        await RefuseForeignAsync(link, connection.Database, stop);
        await MigrationRun.RunAsync(link, options.Migrations, clock, stop);
        if (await node.EnterAsync(link, stop) is { } refusal) throw Refused(refusal);
        await link.CommitAsync();
        return await PostgresSource.IsPooledAsync(connection, stop);
    }

    /// <summary>
    /// Makes sure that there is data of Hearth's to read. True when a pooler stands in between. Throws a <see cref="DataException"/> when there is none.
    /// </summary>
    public static async Task<bool> LookAsync(PostgresEngineOptions options, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(PostgresSource.OfOne(options.ConnectionString));
        await connection.OpenAsync(stop);
        var link = new PostgresLink(_ => new(connection), null, TimeSpan.Zero, TimeProvider.System, static () => { });
        if (!await MigrationRun.ExistsAsync(link, InternalTables.Collections.Name, stop)) throw Refused($"The database {connection.Database} on {connection.Host} holds no data of Hearth's.");
        if (!await MigrationRun.ExistsAsync(link, "_nodes", stop)) throw Refused($"The database {connection.Database} on {connection.Host} is of an earlier Hearth. Start a server on it once with this version.");
        return await PostgresSource.IsPooledAsync(connection, stop);
    }

    // A server that is starting, such as after a crash, says so and is worth waiting for. One that does not answer at all may never come.
    private static async ValueTask OpenAsync(NpgsqlConnection connection, TimeProvider clock, CancellationToken stop)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            try
            {
                await connection.OpenAsync(stop);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CannotConnectNow && clock.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), clock, stop);
            }
        }
    }

    /// <summary>The exception for a server that cannot be used at all, in words that help.</summary>
    public static DataException Explain(Exception exception, string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var server = $"{settings.Host}:{settings.Port}";
        var words = exception switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"There is no database {settings.Database} on {server}. Create it first: createdb {settings.Database}",
            PostgresException { SqlState: ['2', '8', ..] } refused => $"PostgreSQL on {server} did not let {settings.Username} in: {refused.MessageText}",
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } refused => $"PostgreSQL on {server} has no connection free: {refused.MessageText}",
            PostgresException refused => $"PostgreSQL on {server} refused: {refused.MessageText} (SQLSTATE {refused.SqlState})",
            { InnerException: SocketException or TimeoutException } or TimeoutException => $"No PostgreSQL answers on {server}: {(exception.InnerException ?? exception).Message}",
            _ => $"PostgreSQL on {server} cannot be used: {exception.Message}",
        };
        return new DataException(new DataFault(DataFaultKind.Unavailable, words, []), exception);
    }

    private static async ValueTask RefuseForeignAsync(PostgresLink link, string? database, CancellationToken stop)
    {
        if (await MigrationRun.ExistsAsync(link, InternalTables.Migrations.Name, stop))
        {
            var ours = await link.ScalarAsync(
                new SqlStatement("SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('\"_migrations\"') AND attname = 'file' AND NOT attisdropped", []), stop);
            if (ours is not null) return;
        }
        // Tables that an extension brings belong to nobody here.
        var table = await link.ScalarAsync(
            new SqlStatement(
                """
                SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
                ORDER BY 1 LIMIT 1
                """,
                []),
            stop);
        if (table is not null) throw Refused($"The database {database} holds tables that are not Hearth's, such as {table}. Use an empty database, or a schema of its own (add \"Search Path=NAME\" to the connection string).");
    }

    private static DataException Refused(string words) => new(new DataFault(DataFaultKind.Unavailable, words, []));
}
