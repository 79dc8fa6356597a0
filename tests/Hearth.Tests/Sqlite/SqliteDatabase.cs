using Hearth.Data.Sqlite;
using Hearth.Schema;
using Hearth.Tests.Meaning;

namespace Hearth.Tests.Sqlite;

/// <summary>A test database on the SQLite engine, whatever the engine of the run.</summary>
internal static class SqliteDatabase
{
    public static Task<TestDatabase> OpenAsync(params Collection[] collections) => OpenAsync(o => o, TestDatabase.NewFolder(), collections);

    public static Task<TestDatabase> OpenAsync(Func<SqliteEngineOptions, SqliteEngineOptions> configure, string folder, params Collection[] collections) =>
        TestDatabase.OpenAsync(new SqliteEngine(configure(new SqliteEngineOptions { Path = folder }), TimeProvider.System), folder, collections);
}
