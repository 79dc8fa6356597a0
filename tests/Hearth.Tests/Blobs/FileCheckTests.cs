using System.Net;
using System.Text.Json;
using Hearth.Planning;
using Hearth.Resources.Blobs;
using Hearth.Resources.Blobs.Checks;
using Hearth.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Blobs;

/// <summary>Files without record and names without file: told, never touched; and what the doctor makes of it.</summary>
public sealed class FileCheckTests : IAsyncLifetime
{
    private static readonly BlobLabel Label = new("text/plain");
    private TestApp app = null!; // started before each test
    private FileCheck check = null!; // the same
    private Collection shots = null!; // the same
    private string token = "";

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync();
        check = new FileCheck(app.App.Engine, () => app.App.Schema, app.App.Setup.Blobs, app.App.Setup.Debts, TimeProvider.System, NullLogger<FileCheck>.Instance);
        token = await app.SuperuserTokenAsync();
        var made = await app.SendAsync("POST", "/api/collections", new
        {
            name = "shots", type = "base", updateRule = "", viewRule = "@request.auth.id != ''",
            fields = new object[] { new { name = "one", type = "file" }, new { name = "many", type = "file", maxSelect = 9 } },
        }, token);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        shots = app.App.Schema.Find("shots")!;
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task All_that_belongs_together_is_well()
    {
        var id = await RecordAsync("a.txt", "b.txt", "c.txt");
        foreach (var name in (string[])["a.txt", "b.txt", "c.txt", "thumbs_b.txt/100x100_b.txt"]) await StoreAsync($"{id}/{name}", old: true);
        var report = await check.RunAsync(default);
        (report.Named, report.Stored, report.Stray, report.Missing, report.Foreign, report.Failure).ShouldBe((3, 4, 0, 0, 0, null));
        report.StoredBytes.ShouldBe(8);
        // The lists of the two are no values of their own.
        (await check.LastAsync(default))!.ShouldSatisfyAllConditions(last => last.Begun.ShouldBe(report.Begun), last => last.Named.ShouldBe(3));
    }

    [Fact]
    public async Task Files_without_record_and_names_without_file_are_told_and_left()
    {
        var id = await RecordAsync("a.txt", "b.txt", "gone.txt");
        foreach (var key in (string[])[$"{id}/a.txt", $"{id}/b.txt", $"{id}/other.txt", $"{id}/thumbs_other.txt/1x1_other.txt", "nobody/x.txt"]) await StoreAsync(key, old: true);
        await StoreAsync($"{id}/being-written.txt", old: false);
        await WriteAsync("backup.zip", old: true);
        var report = await check.RunAsync(default);
        report.StrayKeys.Order(StringComparer.Ordinal).ShouldBe(new[] { $"{shots.Id}/{id}/other.txt", $"{shots.Id}/{id}/thumbs_other.txt/1x1_other.txt", $"{shots.Id}/nobody/x.txt" }.Order(StringComparer.Ordinal));
        report.MissingKeys.ShouldBe([$"{shots.Id}/{id}/gone.txt"]);
        (report.Stray, report.StrayBytes, report.Missing, report.Foreign, report.Named, report.Stored).ShouldBe((3, 6, 1, 1, 3, 7));
        (await app.App.Setup.Blobs.Files.ListAsync("", default).CountAsync()).ShouldBe(7);

        var findings = await FindingsAsync();
        findings.ShouldContain(finding => finding.Gravity == "problem" && finding.Text.StartsWith("1 file that records name is not stored", StringComparison.Ordinal) && finding.Lines.Contains($"{shots.Id}/{id}/gone.txt"));
        findings.ShouldContain(finding => finding.Gravity == "warning" && finding.Text.StartsWith("3 stored files of 6 bytes are named by no record", StringComparison.Ordinal) && finding.Lines.Count == 3);
    }

    [Fact]
    public async Task A_place_that_is_away_is_no_loss_of_files()
    {
        await RecordAsync("a.txt", "b.txt", "c.txt");
        var away = new { enabled = true, bucket = "b", region = "r", endpoint = "http://127.0.0.1:1", accessKey = "k", secret = "s", forcePathStyle = true };
        (await app.SendAsync("PATCH", "/api/settings", new { s3 = away }, token)).Status.ShouldBe(HttpStatusCode.OK);
        var report = await check.RunAsync(default);
        report.Failure.ShouldNotBeNull().ShouldContain("cannot be reached");
        (report.Missing, report.Stray).ShouldBe((0, 0));
        var findings = await FindingsAsync();
        findings.ShouldContain(finding => finding.Gravity == "problem" && finding.Text.StartsWith("Files cannot be stored: The bucket b", StringComparison.Ordinal));
        findings.ShouldContain(finding => finding.Gravity == "problem" && finding.Text.StartsWith("Files and records could not be compared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_doctor_tells_versions_places_settings_and_rules_to_superusers_only()
    {
        var findings = await FindingsAsync("?files=1");
        foreach (var area in (string[])["program", "database", "files", "settings", "rules"]) findings.ShouldContain(finding => finding.Area == area);
        findings.ShouldContain(finding => finding.Area == "database" && finding.Text.StartsWith(TestEngine.IsPostgres ? "PostgreSQL 1" : "SQLite 3.", StringComparison.Ordinal));
        findings.ShouldContain(finding => finding.Text.StartsWith("Anybody may change every record of shots", StringComparison.Ordinal));
        findings.ShouldContain(finding => finding.Text.Contains("address of a file in one, many", StringComparison.Ordinal));
        findings.ShouldContain(finding => finding.Gravity == "warning" && finding.Text.StartsWith("Rate limits are off", StringComparison.Ordinal));
        findings.ShouldContain(finding => finding.Gravity == "good" && finding.Text.StartsWith("Files and records agree: 0 files", StringComparison.Ordinal));
        (await app.GetAsync("/api/doctor")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var user = await app.CreateAsync("users", new { email = "ann@example.com", password = "a long word 1", passwordConfirm = "a long word 1" });
        (await app.GetAsync("/api/doctor", app.TokenOf(user))).Status.ShouldBe(HttpStatusCode.Forbidden);
        app.App.Jobs.All.ShouldContain(job => job.Id == "__hearthFilesReconcile__" && job.IsSystem);
    }

    private sealed record Found(string Gravity, string Area, string Text, IReadOnlyList<string> Lines);

    private async Task<List<Found>> FindingsAsync(string query = "")
    {
        var answer = await app.GetAsync("/api/doctor" + query, token);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return [.. answer.Body.GetProperty("findings").EnumerateArray().Select(finding => new Found(
            finding.GetProperty("gravity").GetString()!, finding.GetProperty("area").GetString()!, finding.GetProperty("text").GetString()!, [.. finding.GetProperty("lines").EnumerateArray().Select(line => line.GetString()!)]))];
    }

    private async Task<string> RecordAsync(string one, params string[] many)
    {
        var record = await app.CreateAsync("shots", new { });
        System.Collections.Immutable.ImmutableArray<Assignment> values = [new(shots.FindField("one")!, FieldValue.Text(one)), new(shots.FindField("many")!, FieldValue.List(many))];
        (await app.App.Engine.WriteAsync(async session => await session.ExecuteAsync(new UpdateRow(shots, record.Id, values), default), null, default)).ShouldBeNull();
        return record.Id;
    }

    private Task StoreAsync(string key, bool old) => WriteAsync($"{shots.Id}/{key}", old);

    private async Task WriteAsync(string key, bool old)
    {
        await app.App.Setup.Blobs.Files.WriteAsync(key, Label, new MemoryStream([1, 2]), default);
        if (old) File.SetLastWriteTimeUtc(Path.Combine(app.Folder, "data", "storage", key), DateTime.UtcNow.AddHours(-2));
    }
}
