using System.Collections.Immutable;

namespace Hearth.Data.Postgres;

/// <summary>How the PostgreSQL engine is set up.</summary>
public sealed record PostgresEngineOptions
{
    /// <summary>
    /// Where the database is, in Npgsql's words: <c>Host=...;Database=...;Username=...</c>. <c>Search Path</c> chooses the schema in which the
    /// tables stand (default: <c>public</c>), <c>SSL Mode</c> how the connection is secured.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// A way to the same server past a pooler such as PgBouncer, for the one connection on which a node waits for news of others. Null uses
    /// <see cref="ConnectionString"/>; when that goes through a pooler the node looks for news five times a second instead.
    /// </summary>
    public string? ListenConnectionString { get; init; }

    /// <summary>The same database on a streaming replica, for reads that may be a few seconds old; null has none.</summary>
    public string? ReadConnectionString { get; init; }

    /// <summary>How long after its last sign of life a node counts as gone.</summary>
    public TimeSpan Takeover { get; init; } = DatabaseServer.UsualTakeover;

    /// <summary>Only reads, from a database that must be Hearth's already: nothing in it is made or changed.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What makes the tables that the database itself needs.</summary>
    public ImmutableArray<Migration> Migrations { get; init; } = Data.Migrations.Shared;

    /// <summary>Longest time for one statement of a request. A <c>Command Timeout</c> in the connection string wins.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for making a connection, and for waiting until one of the pool is free. A <c>Timeout</c> in the connection string wins.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Most connections at once. A server does its best work with a few for each of its cores; the default leaves room for several nodes below
    /// PostgreSQL's own default limit of 100. A <c>Maximum Pool Size</c> in the connection string wins.
    /// </summary>
    public int PoolSize { get; init; } = 20;

    /// <summary>Most times that a write is run anew after another write got in its way, before its caller hears that the database is busy.</summary>
    public int Attempts { get; init; } = 5;
}
