using System.Collections.Immutable;

namespace Hearth.Data.Sqlite;

/// <summary>How much SQLite does before it calls a commit done (<c>PRAGMA synchronous</c>).</summary>
public enum SqliteSynchronous
{
    /// <summary>A power loss may lose the last commits, never the database.</summary>
    Normal = 1,

    /// <summary>No commit that was acknowledged is lost, also on power loss.</summary>
    Full = 2,
}

/// <summary>How the SQLite engine is set up.</summary>
public sealed record SqliteEngineOptions
{
    /// <summary>Folder of the database; made when it is missing.</summary>
    public required string Path { get; init; }

    /// <summary>Name of the database in the folder: the file is the name with <c>.db</c>. Each is held by one engine at a time.</summary>
    public string Name { get; init; } = "data";

    /// <summary>Only reads, from a database that must be there: no file of it is changed, and none is made beside it as long as its log is empty.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What makes the tables that the database itself needs.</summary>
    public ImmutableArray<Migration> Migrations { get; init; } = Data.Migrations.All;

    /// <summary>Durability. Full, because an acknowledged write must never be lost; group commit pays for it.</summary>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>Most read connections at once. Reading is work for the processor, so twice its cores, at least four.</summary>
    public int Readers { get; init; } = Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>Longest time for one statement including the reading of its rows, and for waiting until one may start.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a statement waits while another process holds the file.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most sessions that share one commit.</summary>
    public int GroupLimit { get; init; } = 512;

    /// <summary>Longest time in which sessions are taken into one commit, so that the first does not wait long for the last.</summary>
    public TimeSpan GroupTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Pages written to the log after which they are moved into the database file: 64 MiB of 4 KiB pages. A page that changes often is moved once.</summary>
    public int CheckpointPages { get; init; } = 16384;

    /// <summary>Page cache of the writer in KiB.</summary>
    public int WriterCacheKibibytes { get; init; } = 16 * 1024;

    /// <summary>Page cache of each read connection in KiB: for what is not mapped, and for pages that are in the log still.</summary>
    public int ReaderCacheKibibytes { get; init; } = 4 * 1024;

    /// <summary>
    /// How much of the file read connections map into memory, in bytes; 0 for nothing. The pages belong to the system's cache, which takes them
    /// back when it needs them, and all connections share them (docs/decisions/0010).
    /// </summary>
    public long MappedBytes { get; init; } = 1L << 30;

    /// <summary>Most pages of the database file; null means SQLite's own limit. For quotas, and for trying a full disk.</summary>
    public long? PageLimit { get; init; }
}
