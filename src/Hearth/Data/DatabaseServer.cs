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

    /// <summary>
    /// How long after its last sign of life a node counts as gone, so that others take over its work: from 2 seconds to 5 minutes, the same on all nodes. A node gives
    /// such a sign three times as often; where the database may not answer for some seconds, work that one node does for all would change hands for nothing.
    /// </summary>
    public TimeSpan Takeover
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromSeconds(2));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(5));
            field = value;
        }
    } = UsualTakeover;

    /// <summary>What <see cref="Takeover"/> is when nothing else was asked for.</summary>
    public static TimeSpan UsualTakeover { get; } = TimeSpan.FromSeconds(15);
}
