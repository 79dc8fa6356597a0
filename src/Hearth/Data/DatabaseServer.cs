namespace Hearth.Data;

/// <summary>Where a PostgreSQL database is.</summary>
/// <param name="ConnectionString">In Npgsql's words, such as <c>Host=db;Database=hearth;Username=hearth;Password=...</c>.</param>
public sealed record DatabaseServer(string ConnectionString)
{
    /// <summary>
    /// A way to the same database past a pooler such as PgBouncer, for the one connection on which a node waits for news of the others. Null uses
    /// <see cref="ConnectionString"/>; when that goes through a pooler the node looks for news five times a second instead.
    /// </summary>
    public string? Listen { get; init; }

    /// <summary>
    /// The same database on a streaming replica, in Npgsql's words. Pages and single records are read there, except by who wrote in the last seconds; null
    /// reads everything from the primary server.
    /// </summary>
    public string? Read { get; init; }
}
