using Hearth.Schema;
using Xunit;

namespace Hearth.Tests.Meaning;

/// <summary>One database for all tests of a class, each of which finds its tables empty.</summary>
public sealed class CleanDatabase : IAsyncLifetime
{
    private TestDatabase? database;

    /// <summary>The database for the next test.</summary>
    /// <param name="collections">Its tables, the same for every test.</param>
    public async Task<TestDatabase> BeginAsync(params Collection[] collections)
    {
        if (database is null) return database = await TestDatabase.OpenAsync(collections);
        foreach (var collection in collections) await database.ExecuteAsync($"DELETE FROM \"{collection.Name}\" WHERE 1 = 1");
        return database;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (database is not null) await database.DisposeAsync();
    }
}
