using System.Text;
using Hearth.Basics;
using Hearth.Data.Sqlite;
using Hearth.Features.Doctor;
using Hearth.Planning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Doctor;

/// <summary>What the check-up says of the database, and of who can read its folder.</summary>
public sealed class CheckupTests(CheckupTests.Place place) : IClassFixture<CheckupTests.Place>
{
    private const string Readable = "Other users of this machine can read parts of the data folder";
    private TestApp App => place.App;

    [Fact]
    public async Task It_says_which_database_runs_and_that_it_is_a_sound_one()
    {
        var findings = await App.App.ExamineAsync();
        findings.ShouldContain(finding => finding.Gravity == Gravity.Fact && finding.Text.StartsWith(TestEngine.IsPostgres ? "PostgreSQL " : "SQLite 3.53.4. ", StringComparison.Ordinal));
        findings.ShouldNotContain(finding => finding.Text.Contains("can lose data", StringComparison.Ordinal));
        (await App.GetAsync("/api/doctor", await App.SuperuserTokenAsync())).Text.ShouldContain(TestEngine.IsPostgres ? "PostgreSQL " : "SQLite 3.53.4");
    }

    [Theory]
    [InlineData(3_050_004, "SQLite 3.51.3")]
    [InlineData(3_051_002, "SQLite 3.51.3")]
    [InlineData(3_051_003, null)]
    [InlineData(3_053_004, null)]
    public void Versions_that_can_lose_data_are_known(int number, string? sound) => SqliteVersion.SoundSince(number).ShouldBe(sound);

    [Fact]
    public async Task What_is_made_is_for_its_own_user_whatever_the_umask()
    {
        if (OperatingSystem.IsWindows()) return;
        await App.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        (await App.App.Backups.CreateAsync("rights.zip", RequestFacts.CommandLine, default)).Failed(out _).ShouldBeFalse();
        using (var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes("hello")), "file", "hello.txt" } })
        {
            var root = await App.SuperuserTokenAsync();
            await App.SendAsync("POST", "/api/collections", new { name = "papers", type = "base", createRule = "", fields = new[] { new { name = "file", type = "file" } } }, root);
            ((int)(await App.SendAsync("POST", "/api/collections/papers/records", form)).Status).ShouldBe(200);
        }
        var data = App.App.Options.DataDirectory;
        OwnerOnly.IsOpen(data).ShouldBeFalse();
        var open = Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories).Where(OwnerOnly.IsOpen).ToList();
        open.ShouldBeEmpty();
        Directory.EnumerateFiles(data, "*.zip", SearchOption.AllDirectories).ShouldNotBeEmpty();
        if (!TestEngine.IsPostgres) File.Exists(Path.Combine(data, "data.db-wal")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_open_folder_is_told()
    {
        if (OperatingSystem.IsWindows()) return;
        var data = App.App.Options.DataDirectory;
        var backups = Path.Combine(data, "backups");
        (await App.App.Backups.CreateAsync("folder.zip", RequestFacts.CommandLine, default)).Failed(out _).ShouldBeFalse();
        (await App.App.ExamineAsync()).ShouldNotContain(finding => finding.Text.StartsWith(Readable, StringComparison.Ordinal));
        File.SetUnixFileMode(backups, (UnixFileMode)0b111_101_101);
        try
        {
            (await App.App.ExamineAsync()).ShouldNotContain(finding => finding.Text.StartsWith(Readable, StringComparison.Ordinal), "the folder above is closed");
            File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
            (await App.App.ExamineAsync()).ShouldContain(finding => finding.Gravity == Gravity.Warning && finding.Text == Readable + ": backups.");
        }
        finally
        {
            File.SetUnixFileMode(data, (UnixFileMode)0b111_000_000);
            File.SetUnixFileMode(backups, (UnixFileMode)0b111_000_000);
        }
    }

    public sealed class Place : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public async Task InitializeAsync() => App = await TestApp.StartAsync(fresh: true);

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
