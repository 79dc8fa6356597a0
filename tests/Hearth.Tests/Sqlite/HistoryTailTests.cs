using System.Text.Json;
using Hearth.App;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Tests.Moving;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Sqlite;

/// <summary>What was acknowledged before a crash is there at every moment of the time in which the app was down.</summary>
[RunsOnce]
public sealed class HistoryTailTests
{
    private const int Notes = 5;

    [Fact]
    public async Task A_moment_while_the_app_was_down_has_what_was_written_before()
    {
        var (first, second) = (Directory.CreateTempSubdirectory("hearth-test-").FullName, Directory.CreateTempSubdirectory("hearth-test-").FullName);
        try
        {
            var app = await OpenAsync(first);
            (await app.Settings.ChangeAsync(settings => settings with { Backups = settings.Backups with { HistoryDays = 7 } }, default)).Failed(out _).ShouldBeFalse();
            await MoveWorld.DefineAsync(app, """[{"name":"notes","type":"base","fields":[{"name":"text","type":"text"}]}]""");
            await app.History.WorkAsync(now: true, default);
            await Task.Delay(50);
            var before = DateTimeOffset.UtcNow;
            await Task.Delay(50);
            for (var n = 0; n < Notes; n++) (await app.Records.CreateAsync(app.Schema, app.Schema.Find("notes")!, new Submission(new Dictionary<string, JsonElement> { ["text"] = JsonSerializer.SerializeToElement("a") }), RequestFacts.None)).Failed(out _).ShouldBeFalse();
            Copy(first, second);
            await app.DisposeAsync();
            await Task.Delay(100);
            var down = DateTimeOffset.UtcNow;
            await Task.Delay(400);

            app = await OpenAsync(second);
            (await CountAtAsync(app, down)).ShouldBe(Notes);
            (await CountAtAsync(app, before)).ShouldBe(0);
            await app.DisposeAsync();
        }
        finally
        {
            Directory.Delete(first, recursive: true);
            Directory.Delete(second, recursive: true);
        }
    }

    // As a power failure would leave it.
    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (Path.GetExtension(file) is ".db-shm" or ".lock" or ".pid" or ".part") continue;
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            File.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(file));
        }
    }

    private static async Task<int> CountAtAsync(HearthApp app, DateTimeOffset time)
    {
        (await app.History.RestoreAsync(time, RequestFacts.None, default)).Failed(out var fault);
        fault.ShouldBeNull(fault?.Message + fault?.Cause);
        using var session = await app.Engine.ReadAsync(default);
        return (int)await session.CountAsync(new ReadPlan { From = new BaseSource(app.Schema.Find("notes")!) }, default);
    }

    private static async Task<HearthApp> OpenAsync(string folder)
    {
        var app = new HearthBuilder(new HearthOptions { DataDirectory = folder, PasswordCost = new(64, 1) }).Build();
        await app.StartAsync();
        return app;
    }
}
