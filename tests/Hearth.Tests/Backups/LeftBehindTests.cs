using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Resources.Backups;
using Hearth.Resources.Blobs;
using Hearth.Schema;
using Hearth.Tests.Files;
using Hearth.Tests.Nodes;
using Shouldly;
using Xunit;
using Record = Hearth.Records.Record;

namespace Hearth.Tests.Backups;

/// <summary>Backups and restores that come to nothing leave nothing behind, and a disk that refuses is told as what it is.</summary>
public sealed class LeftBehindTests(FileWorld world) : IClassFixture<FileWorld>
{
    private const int Files = 120;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private string Folder => world.Server.App.Options.DataDirectory;

    [Fact]
    public async Task Files_of_a_restore_that_is_given_up_go_again()
    {
        for (var n = 0; n < Files / 4; n++) await world.AddAsync("docs", [("title", $"left {n}"), .. Enumerable.Range(0, 4).Select(i => ("files", (object)($"{i}.txt", FileWorld.Text($"{n} {i}"))))]);
        (await CreateAsync("left.zip")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await world.Server.SendAsync("DELETE", "/api/collections/docs/truncate", token: world.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await world.SettledAsync();
        var before = (await world.KeysAsync("")).Count;
        using var giveUp = new CancellationTokenSource();
        var watching = Task.Run(() =>
        {
            while (!giveUp.IsCancellationRequested)
            {
                if (CountFiles() > before) giveUp.Cancel();
            }
        });
        try
        {
            await Should.ThrowAsync<OperationCanceledException>(() => world.Server.App.Backups.RestoreAsync("left.zip", RequestFacts.None, giveUp.Token));
        }
        finally
        {
            await giveUp.CancelAsync();
            await watching;
        }
        await NodeGroup.UntilAsync(() => CountFiles() == before, Soon);
        (await world.Server.SendAsync("POST", "/api/backups/left.zip/restore", token: world.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await world.SettledAsync();
        CountFiles().ShouldBeGreaterThanOrEqualTo(Files);
    }

    [Fact]
    public async Task What_a_node_that_is_gone_was_writing_does_not_wait_while_others_are_alive()
    {
        var (key, id) = ($"{FileWorld.Docs}/gone/gone.txt", RandomText.RecordId());
        var path = Path.Combine(Folder, "storage", FileWorld.Docs, "gone", "gone.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "half");
        // As another node has left it.
        var row = Record.New(InternalTables.FileDebts);
        (row["id"], row["state"], row["keys"]) = (FieldValue.Text(id), FieldValue.Text("writing"), FieldValue.Json(JsonSerializer.Serialize(new[] { key })));
        (row["node"], row["created"]) = (FieldValue.Text("gone"), FieldValue.Text(DateText.Of(DateTimeOffset.UtcNow)));
        await world.Server.App.Engine.WriteAsync(async session => await session.ExecuteAsync(row.ToInsert(), default) is null, null, default);
        await world.Server.App.Setup.Debts.TidyAsync(default);
        File.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public async Task Pieces_of_an_upload_go_with_their_field()
    {
        await using var other = await FileWorld.StartAsync();
        var record = await other.AddAsync("docs", ("title", "tus"));
        var begun = await other.Server.SendAsync("POST", "/api/files/uploads", null, other.Root, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "100"), ("Upload-Metadata",
            string.Join(',', new[] { ("collection", "docs"), ("record", record.GetProperty("id").GetString()!), ("field", "files"), ("filename", "a.txt") }.Select(part => $"{part.Item1} {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(part.Item2))}"))));
        begun.Status.ShouldBe(HttpStatusCode.Created, begun.Text);
        var piece = new ByteArrayContent(new byte[50]);
        piece.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        (await other.Server.SendAsync("PATCH", begun.Headers.Location!.ToString(), piece, other.Root, ("Tus-Resumable", "1.0.0"), ("Upload-Offset", "0"))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await other.KeysAsync("-uploads/")).Count.ShouldBe(1);
        var fields = (await other.Server.GetAsync("/api/collections/docs", other.Root)).Body.GetProperty("fields").EnumerateArray().Where(static field => field.GetProperty("name").GetString() != "files").ToArray();
        (await other.Server.SendAsync("PATCH", "/api/collections/shown_again", new { viewQuery = "SELECT id FROM docs" }, other.Root)).Status.ShouldBe(HttpStatusCode.OK);
        (await other.Server.SendAsync("PATCH", "/api/collections/shown", new { viewQuery = "SELECT id FROM docs" }, other.Root)).Status.ShouldBe(HttpStatusCode.OK);
        var changed = await other.Server.SendAsync("PATCH", "/api/collections/docs", new { fields }, other.Root);
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        for (var began = Environment.TickCount64; (await other.KeysAsync("-uploads/")).Count > 0; await Task.Delay(25)) (Environment.TickCount64 - began).ShouldBeLessThan((long)Soon.TotalMilliseconds);
    }

    [Fact]
    public async Task A_disk_that_refuses_is_told_with_what_to_do()
    {
        (await CreateAsync("there.zip")).Status.ShouldBe(HttpStatusCode.NoContent);
        var place = Path.Combine(Folder, ".hearth_work");
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        await File.WriteAllTextAsync(place, "in the way");
        try
        {
            foreach (var answer in new[] { await CreateAsync("refused.zip"), await world.Server.SendAsync("POST", "/api/backups/there.zip/restore", token: world.Root) })
            {
                answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, answer.Text);
                answer.Message.ShouldContain("cannot write");
                answer.Text.ShouldNotContain(Folder);
            }
        }
        finally
        {
            File.Delete(place);
        }
        (await CreateAsync("after.zip")).Status.ShouldBe(HttpStatusCode.NoContent);
        BackupDisk.Of(new IOException("No space left on device", 28))!.Status.ShouldBe(507);
        BackupDisk.Of(new BlobException(BlobProblem.Full, "full"))!.Status.ShouldBe(507);
        BackupDisk.Of(new DataException(new DataFault(DataFaultKind.Full, "full", [])))!.Status.ShouldBe(507);
        BackupDisk.Of(new InvalidOperationException()).ShouldBeNull();
    }

    private int CountFiles()
    {
        var storage = Path.Combine(Folder, "storage", FileWorld.Docs);
        return Directory.Exists(storage) ? Directory.EnumerateFiles(storage, "*.txt", SearchOption.AllDirectories).Count() : 0;
    }

    private Task<Answer> CreateAsync(string name) => world.Server.SendAsync("POST", "/api/backups", new { name }, world.Root);
}
