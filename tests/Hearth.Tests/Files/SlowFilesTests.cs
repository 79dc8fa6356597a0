using System.Runtime.CompilerServices;
using System.Text.Json;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Files;
using Hearth.Resources.Passwords;
using Hearth.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Files;

/// <summary>A writer that was given up while it wrote makes no record: its bytes are gone or about to be.</summary>
public sealed class SlowFilesTests(FileWorld world) : IClassFixture<FileWorld>
{
    [Fact]
    public async Task Who_was_given_up_is_refused()
    {
        var files = new GivenUp();
        var engine = world.Server.App.Engine;
        var clock = new ShiftedClock();
        var debts = new FileDebts(engine, files, () => world.Server.App.Schema, clock, NullLogger<FileDebts>.Instance);
        files.Meanwhile = async () =>
        {
            clock.Ahead += TimeSpan.FromHours(2);
            await debts.TidyAsync(default);
        };
        var store = new RecordStore(engine, new RecordEvents(), new PasswordHashes(new(64, 1)), clock, NullLogger<RecordStore>.Instance, null, debts);
        var docs = world.Server.App.Schema.Find("docs")!;
        var upload = await Upload.ReadAsync("files", "slow.txt", 1, static () => new MemoryStream([1]), default);
        var created = await store.CreateAsync(world.Server.App.Schema, docs, new Submission(docs, new Dictionary<string, JsonElement>(), [upload]), RequestFacts.None);
        created.Failed(out var fault).ShouldBeTrue();
        (fault!.Status, fault.Code).ShouldBe((503, "files.too_slow"));
        files.Removed.ShouldContain(key => key.EndsWith(upload.Name, StringComparison.Ordinal));
        (await world.Server.GetAsync("/api/collections/docs/records", world.Root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
    }

    private sealed class GivenUp : RecordFiles
    {
        public Func<Task> Meanwhile { get; set; } = static () => Task.CompletedTask;

        public List<string> Removed { get; } = [];

        public override async ValueTask WriteAsync(string key, Upload upload, FileField field, CancellationToken stop) => await Meanwhile();

        public override ValueTask RemoveAsync(string key, CancellationToken stop)
        {
            Removed.Add(key);
            return ValueTask.CompletedTask;
        }

        public override async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken stop)
        {
            await Task.Yield();
            yield break;
        }
    }
}
