using Hearth.Data.Sqlite;

namespace Hearth.Data;

/// <summary>Chooses the engine of a database. The only place outside of an engine's own folder that names one.</summary>
public static class Engines
{
    /// <summary>An engine over a database in a folder; nothing is opened before it is started.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Name of the database, such as <c>data</c>: the file <c>data.db</c>.</param>
    /// <param name="durable">No acknowledged write may be lost on power loss. False for what can be missed, such as logs.</param>
    /// <param name="clock">The clock.</param>
    public static Engine Open(string folder, string name, bool durable, TimeProvider clock) => new SqliteEngine(
        new SqliteEngineOptions
        {
            Path = folder,
            Name = name,
            Synchronous = durable ? SqliteSynchronous.Full : SqliteSynchronous.Normal,
        },
        clock);
}
