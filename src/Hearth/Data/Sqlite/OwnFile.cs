using System.Runtime.InteropServices;
using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>
/// Whether the files on the disk are still the ones that the writer has open, and whether another program has written into them. The lock of the folder keeps
/// other servers away, but not a person with a shell. Used by the writer's thread.
/// </summary>
internal sealed class OwnFile(SqliteConnection connection, string file)
{
    private const int HasMoved = 20; // SQLITE_FCNTL_HAS_MOVED: another file stands where it was opened, or none

    // Of a file that has had a transaction, unless its place cannot hold one.
    private readonly bool hasLog = File.Exists(file + "-wal");
    private long version = connection.Number("PRAGMA data_version");

    /// <summary>Whether another program has committed something since this was asked last.</summary>
    public bool WasWrittenByOthers()
    {
        var now = connection.Number("PRAGMA data_version");
        if (now == version) return false;
        version = now;
        return true;
    }

    /// <summary>What has become of the files; null when they are where they were. Asked after a commit, when there must be a log.</summary>
    public DataFault? FaultOf()
    {
        if (Control(connection.Handle, null, HasMoved, out var moved) == raw.SQLITE_OK && moved != 0) return Gone(file);
        return hasLog && !File.Exists(file + "-wal") ? Gone(file + "-wal") : null;
    }

    private static DataFault Gone(string path) => new(
        DataFaultKind.Unavailable, $"The file {path} was removed or replaced while the server was using it. Nothing more is stored. Stop the server, put the right file back, and start it again.", []);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", ExactSpelling = true)]
    private static extern int Control(sqlite3 connection, [MarshalAs(UnmanagedType.LPUTF8Str)] string? database, int operation, out int answer);
}
