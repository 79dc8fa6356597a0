using Hearth.App;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Nodes;

/// <summary>A database that a newer program has changed is not touched, on the engine of this run.</summary>
public sealed class VersionTests
{
    [Fact]
    public async Task What_a_newer_Hearth_has_changed_is_refused_with_what_to_do()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        try
        {
            var set = await TestEngine.ForFolderAsync(folder);
            var options = new HearthOptions();
            set(options);
            await using (var app = new HearthBuilder(options).Build())
            {
                await app.StartAsync();
                await Mark(app.Engine, "1700000000_of_an_app");
            }
            await using (var again = new HearthBuilder(options).Build())
            {
                await again.StartAsync();
                await Mark(again.Engine, "hearth_9999_from_the_future");
            }
            await using var late = new HearthBuilder(options).Build();
            var refused = await Should.ThrowAsync<DataException>(() => late.StartAsync());
            refused.Message.ShouldContain("hearth_9999_from_the_future");
            refused.Message.ShouldContain("newer");
        }
        finally
        {
            await TestEngine.RemoveAsync(folder);
        }
    }

    private static async Task Mark(Engine engine, string name) => (await engine.WriteAsync(
        session => session.ExecuteAsync(new InsertRow(InternalTables.Migrations, [FieldValue.Text(name), FieldValue.Number(0)]), default), null, default)).ShouldBeNull();
}
