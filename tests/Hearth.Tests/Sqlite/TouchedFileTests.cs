using System.Net;
using Hearth.Data;
using Hearth.Data.Sqlite;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Meaning;
using Hearth.Tests.Records;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Sqlite;

/// <summary>Somebody with a shell removes, replaces or changes the file of a running server.</summary>
[RunsOnce]
public sealed class TouchedFileTests
{
    private static readonly Collection Rows = new()
    {
        Id = "rows",
        Name = "rows",
        Fields = [new TextField { Name = "id", PrimaryKey = true }, new NumberField { Name = "n" }],
    };

    [Theory]
    [InlineData("data.db")]
    [InlineData("data.db-wal")]
    [InlineData("data.db", "data.db-wal", "data.db-shm")]
    public async Task Nothing_is_acknowledged_into_a_file_that_is_gone(params string[] removed)
    {
        if (OperatingSystem.IsWindows()) return; // open files cannot be removed there
        await using var database = await SqliteDatabase.OpenAsync(Rows);
        (await database.InsertAsync(Rows, ("id", "before"))).ShouldBeNull();
        database.Engine.Trouble.ShouldBeNull();

        foreach (var name in removed) File.Delete(Path.Combine(database.Folder, name));

        for (var i = 0; i < 3; i++)
        {
            var refused = await Should.ThrowAsync<DataException>(() => database.InsertAsync(Rows, ("id", $"after{i}")));
            refused.Fault.Kind.ShouldBe(DataFaultKind.Unavailable);
        }
        database.Engine.Trouble.ShouldNotBeNull().Detail.ShouldContain("removed or replaced");
    }

    [Fact]
    public async Task Another_file_in_its_place_is_noticed_by_health_and_doctor_though_nobody_writes()
    {
        if (TestEngine.IsPostgres || OperatingSystem.IsWindows()) return;
        await using var blog = await Blog.StartAsync();
        var file = Path.Combine(blog.Server.Folder, "data", "data.db");
        File.Copy(file, file + ".other");
        File.Move(file + ".other", file, overwrite: true);

        Answer health;
        for (var tries = 0; (health = await blog.Server.GetAsync("/api/health")).Status == HttpStatusCode.OK && tries < 100; tries++) await Task.Delay(100);

        health.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await blog.SendAsync("POST", "people/records", new { name = "late" })).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await blog.Server.GetAsync("/api/doctor", blog.Root)).Text.ShouldContain("removed or replaced");
    }

    [Fact]
    public async Task What_another_program_writes_is_soon_seen_in_every_answer()
    {
        if (TestEngine.IsPostgres) return;
        await using var blog = await Blog.StartAsync();
        var id = (await blog.AddAsync("people", new { name = "before" })).Id();
        for (var i = 0; i < 3; i++) (await blog.SendAsync("GET", $"people/records/{id}")).Text.ShouldContain("before");

        using (var outside = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(blog.Server.Folder, "data", "data.db")};Pooling=False"))
        {
            outside.Open();
            using var update = outside.CreateCommand();
            update.CommandText = "UPDATE people SET name = 'outside'";
            update.ExecuteNonQuery().ShouldBe(1);
        }

        var text = "";
        for (var tries = 0; !text.Contains("outside") && tries < 100; tries++)
        {
            text = (await blog.SendAsync("GET", $"people/records/{id}")).Text;
            await Task.Delay(50);
        }
        text.ShouldContain("outside");
    }
}
