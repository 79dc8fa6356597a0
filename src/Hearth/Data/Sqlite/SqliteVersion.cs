using System.Globalization;

namespace Hearth.Data.Sqlite;

/// <summary>What is known of versions of SQLite.</summary>
internal static class SqliteVersion
{
    // Before it a log that is begun anew while two connections move it into the file can, very rarely, damage the file (https://sqlite.org/wal.html#walreset).
    private const int WalResetMended = 3_051_003;

    /// <summary>The first version without a fault by which the given one may lose data; null when none is known of it.</summary>
    /// <param name="number">A version as SQLite numbers them: 3051003 is 3.51.3.</param>
    public static string? SoundSince(int number) => number >= WalResetMended
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"SQLite {WalResetMended / 1_000_000}.{WalResetMended / 1000 % 1000}.{WalResetMended % 1000}");
}
