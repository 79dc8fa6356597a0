using Hearth.Data;
using Hearth.Features.Logs;
using Hearth.Http;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Logs;

public sealed class OutageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hearth-logs-").FullName;

    [Fact]
    public async Task Entries_wait_while_the_database_is_away_and_are_stored_once()
    {
        await using var engine = new AbsentEngine(Engines.OpenAside(folder, "logs", Migrations.Logs, TimeProvider.System));
        await engine.StartAsync(default);
        var queue = new RequestLog();
        var settings = new SettingsStore(new ParameterStore(engine, TimeProvider.System), AppSecrets.None);
        var writer = new LogWriter(queue, new LogStore(engine), settings, TimeProvider.System, NullLogger.Instance);

        engine.IsAway = true;
        queue.Add(new LogEntry { At = DateTimeOffset.UtcNow, Message = "one" });
        await writer.FlushAsync();
        queue.Add(new LogEntry { At = DateTimeOffset.UtcNow, Message = "two" });
        await writer.FlushAsync();
        (await MessagesAsync(engine)).ShouldBeEmpty();

        engine.IsAway = false;
        await writer.FlushAsync();
        await writer.FlushAsync();
        (await MessagesAsync(engine)).ShouldBe(["one", "two"]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<List<string>> MessagesAsync(Engine engine)
    {
        using var session = await engine.ReadAsync(default);
        using var rows = await session.QueryNativeSqlAsync("SELECT message FROM _logs ORDER BY id", [], default);
        var messages = new List<string>();
        while (await rows.NextAsync(default)) messages.Add(System.Text.Encoding.UTF8.GetString(rows.Utf8Of(0)));
        return messages;
    }
}
