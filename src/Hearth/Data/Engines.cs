using System.Collections.Immutable;
using Hearth.Data.Postgres;
using Hearth.Data.Sqlite;

namespace Hearth.Data;

/// <summary>Chooses the engine of a database. The only place outside of an engine's own folder that names one.</summary>
public static class Engines
{
    // What is beside the data is small, and so may its log be: 8 MiB of 4 KiB pages.
    private const int PagesAside = 2048;

    /// <summary>The engine of an app's data: no acknowledged write is lost. Nothing is opened before it is started.</summary>
    /// <param name="folder">The folder of the data.</param>
    /// <param name="server">Where a PostgreSQL database is; null keeps the data in the folder.</param>
    /// <param name="clock">The clock.</param>
    public static Engine OpenData(string folder, DatabaseServer? server, TimeProvider clock) => server is null
        ? new SqliteEngine(new SqliteEngineOptions { Path = folder }, clock)
        : new PostgresEngine(new PostgresEngineOptions { ConnectionString = server.ConnectionString, ListenConnectionString = server.Listen, ReadConnectionString = server.Read, Takeover = server.Takeover }, clock);

    /// <summary>The engine of data that is only read: nothing is made, changed or tidied up, and there must be a database. Its writes throw.</summary>
    /// <param name="folder">The folder of the data.</param>
    /// <param name="server">Where a PostgreSQL database is; null for the database in the folder.</param>
    /// <param name="clock">The clock.</param>
    public static Engine OpenToRead(string folder, DatabaseServer? server, TimeProvider clock) => server is null
        ? new SqliteEngine(new SqliteEngineOptions { Path = folder, ReadOnly = true }, clock)
        : new PostgresEngine(new PostgresEngineOptions { ConnectionString = server.ConnectionString, ReadOnly = true }, clock);

    /// <summary>The engine of a copy of a database that another program has made: nothing is added to it, statements may take their time, and a power loss may lose changes.</summary>
    /// <param name="folder">Folder of the copy, a file <c>data.db</c>.</param>
    /// <param name="clock">The clock.</param>
    public static Engine OpenCopy(string folder, TimeProvider clock) => new SqliteEngine(
        new SqliteEngineOptions { Path = folder, Migrations = [], Synchronous = SqliteSynchronous.Normal, StatementTimeout = TimeSpan.FromDays(7) },
        clock);

    /// <summary>Where data is, in words for people and without secrets, such as <c>the folder hearth_data</c>.</summary>
    public static string Describe(string folder, string? postgres) => postgres is null ? $"the folder {folder}" : PostgresSource.Describe(postgres);

    /// <summary>The engine of something beside the data that can be missed, such as logs: a power loss may lose the last seconds. Always in the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Name of the database in the folder.</param>
    /// <param name="migrations">What makes its tables.</param>
    /// <param name="clock">The clock.</param>
    public static Engine OpenAside(string folder, string name, ImmutableArray<Migration> migrations, TimeProvider clock) => new SqliteEngine(
        new SqliteEngineOptions { Path = folder, Name = name, Migrations = migrations, Synchronous = SqliteSynchronous.Normal, CheckpointPages = PagesAside },
        clock);
}
