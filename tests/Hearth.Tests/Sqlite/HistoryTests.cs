using System.Text.Json;
using Hearth.App;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Tests.Moving;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Sqlite;

/// <summary>The history of a database, and the way back to a moment of it: over restarts, crashes, full logs and restores.</summary>
[RunsOnce]
public sealed class HistoryTests : IAsyncLifetime
{
    private readonly List<string> folders = [];
    private readonly List<(DateTimeOffset Time, int Count)> moments = [];
    private HearthApp app = null!;
    private int written;

    public async Task InitializeAsync()
    {
        app = await OpenAsync(NewFolder());
        (await app.Settings.ChangeAsync(settings => settings with { Backups = settings.Backups with { HistoryDays = 7 } }, default)).Failed(out _).ShouldBeFalse();
        await MoveWorld.DefineAsync(app, """[{"name":"notes","type":"base","fields":[{"name":"text","type":"text","max":200000},{"name":"number","type":"number"}]}]""");
        await app.History.WorkAsync(now: true, default);
        // A backup to begin with is of the moment in which it ends.
        await Task.Delay(20);
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        foreach (var folder in folders) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_moment_comes_back_over_restarts_and_crashes()
    {
        await WriteAsync(3);
        await WriteAsync(2);
        await ReopenAsync();
        await WriteAsync(4);
        await CrashAsync();
        await WriteAsync(1);
        await ReopenAsync();
        await CrashAsync();
        await WriteAsync(5);
        (await BasesAsync()).ShouldBe(1);
        // Backwards, forwards and again: what a restore does is history, too.
        foreach (var (time, count) in moments.AsEnumerable().Reverse().Concat(moments).ToList()) await BackToAsync(time, count);
        await WriteAsync(2);
        await BackToAsync(moments[1].Time, moments[1].Count);
        await ReopenAsync();
        await BackToAsync(moments[^1].Time, moments[^1].Count);
    }

    [Fact]
    public async Task A_log_that_was_full_and_begun_anew_is_no_gap()
    {
        var text = new string('x', 100_000);
        for (var round = 0; round < 2; round++)
        {
            // More than the 64 MiB after which the log is moved into the file.
            await app.Engine.WriteAsync(_ => new ValueTask<bool>(true), null, default);
            for (var i = 0; i < 700; i++) await CreateAsync(text);
            await MarkAsync();
        }
        foreach (var (time, count) in moments) await BackToAsync(time, count);
    }

    [Fact]
    public async Task Another_program_that_writes_ends_the_line_and_a_new_one_begins_with_a_backup()
    {
        await WriteAsync(3);
        var folder = app.Options.DataDirectory;
        await app.DisposeAsync();
        var database = Engines.OpenData(folder, null, TimeProvider.System);
        await database.StartAsync(default);
        await database.WriteAsync(session => session.ExecuteNativeSqlAsync("UPDATE notes SET number = 77", [], default), null, default);
        await database.DisposeAsync();
        app = await OpenAsync(folder);
        await app.History.WorkAsync(now: true, default);
        (await BasesAsync()).ShouldBe(2);
        await Task.Delay(20);
        await WriteAsync(2);
        await BackToAsync(moments[0].Time, moments[0].Count);
        await BackToAsync(moments[1].Time, moments[1].Count);
        using var session = await app.Engine.ReadAsync(default);
        using var rows = await session.QueryNativeSqlAsync("SELECT count(*) FROM notes WHERE number = 77", [], default);
        await rows.NextAsync(default);
        rows.IntegerOf(0).ShouldBe(3);
    }

    [Fact]
    public async Task What_cannot_be_said_is_refused_and_nothing_changes()
    {
        await WriteAsync(3);
        await WriteAsync(3);
        await RefusedAsync(DateTimeOffset.UtcNow.AddMinutes(1), "still to come");
        await RefusedAsync(DateTimeOffset.UtcNow.AddDays(-1), "The history begins");
        await app.History.WorkAsync(now: true, default);
        var pieces = Directory.EnumerateFiles(Path.Combine(app.Options.DataDirectory, "backups", "history"), "*.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        pieces.Count.ShouldBeGreaterThan(1);
        var first = long.Parse((await app.Backups.ListAsync(default)).Single().Key.Split('_')[2]);
        var needed = pieces.First(piece => long.Parse(Path.GetFileName(piece).Split('-')[1]) >= first);
        var bytes = await File.ReadAllBytesAsync(needed);
        await File.WriteAllBytesAsync(needed, bytes[..(bytes.Length / 2)]);
        await RefusedAsync(moments[1].Time, "cannot be used");
        File.Delete(needed);
        await RefusedAsync(moments[1].Time, "missing");
        await File.WriteAllBytesAsync(needed, bytes);
        await BackToAsync(moments[0].Time, moments[0].Count);
    }

    private async Task RefusedAsync(DateTimeOffset time, string words)
    {
        (await app.History.RestoreAsync(time, RequestFacts.None, default)).Failed(out var fault).ShouldBeTrue();
        fault!.Message.ShouldContain(words);
        (await CountAsync()).ShouldBe(written);
    }

    private async Task BackToAsync(DateTimeOffset time, int count)
    {
        (await app.History.RestoreAsync(time, RequestFacts.None, default)).Failed(out var fault);
        fault.ShouldBeNull(fault?.Message + fault?.Cause);
        (await CountAsync()).ShouldBe(count, $"at {time:O}");
        written = count;
    }

    private async Task WriteAsync(int count)
    {
        for (var i = 0; i < count; i++) await CreateAsync("a");
        await MarkAsync();
    }

    // Moments are kept apart by what is written to the history, which otherwise is once a second.
    private async Task MarkAsync()
    {
        await app.History.WorkAsync(now: true, default);
        await Task.Delay(5);
        moments.Add((DateTimeOffset.UtcNow, written));
        await Task.Delay(5);
    }

    private async Task CreateAsync(string text)
    {
        var body = new Dictionary<string, JsonElement> { ["text"] = JsonSerializer.SerializeToElement(text), ["number"] = JsonSerializer.SerializeToElement(written) };
        (await app.Records.CreateAsync(app.Schema, app.Schema.Find("notes")!, new Submission(body), RequestFacts.None)).Failed(out var fault);
        fault.ShouldBeNull();
        written++;
    }

    private async Task<int> CountAsync()
    {
        using var session = await app.Engine.ReadAsync(default);
        return (int)await session.CountAsync(new ReadPlan { From = new BaseSource(app.Schema.Find("notes")!) }, default);
    }

    private async Task<int> BasesAsync() => (await app.Backups.ListAsync(default)).Count(blob => blob.Key.StartsWith("@history_", StringComparison.Ordinal));

    private async Task ReopenAsync()
    {
        await app.DisposeAsync();
        app = await OpenAsync(app.Options.DataDirectory);
    }

    // The folder as a power failure would leave it, while the app still runs.
    private async Task CrashAsync()
    {
        for (var i = 0; i < 3; i++) await CreateAsync("not in a piece yet");
        var (from, to) = (app.Options.DataDirectory, NewFolder());
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (Path.GetExtension(file) is ".db-shm" or ".lock" or ".pid" or ".part") continue;
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            File.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(file));
        }
        await app.DisposeAsync();
        app = await OpenAsync(to);
        (await CountAsync()).ShouldBe(written);
        await MarkAsync();
    }

    private static async Task<HearthApp> OpenAsync(string folder)
    {
        var app = new HearthBuilder(new HearthOptions { DataDirectory = folder, PasswordCost = new(64, 1) }).Build();
        await app.StartAsync();
        return app;
    }

    private string NewFolder()
    {
        folders.Add(Directory.CreateTempSubdirectory("hearth-test-").FullName);
        return folders[^1];
    }
}
