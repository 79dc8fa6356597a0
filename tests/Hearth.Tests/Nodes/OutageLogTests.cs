using System.Collections.Concurrent;
using Hearth.Data;
using Hearth.Resources.Signalling;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Nodes;

/// <summary>While the database is away, work that is tried again and again says so once, in a line.</summary>
public sealed class OutageLogTests
{
    [Fact]
    public async Task An_outage_is_told_once_and_without_where_it_was_noticed()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        await using var engine = await TestEngine.OpenAsync(folder);
        await engine.StartAsync(default);
        var (logger, enough, tries) = (new Lines(), new TaskCompletionSource(), 0);
        var turn = new Turn("test.outage", TimeSpan.FromMilliseconds(10), _ =>
        {
            if (++tries == 12) enough.SetResult();
            // Back for a moment in between.
            return tries == 6 ? ValueTask.CompletedTask : throw new DataException(new DataFault(DataFaultKind.Unavailable, "it is away", []));
        }, engine, TimeProvider.System, logger);
        using var stop = new CancellationTokenSource();
        var running = turn.RunAsync(stop.Token);
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await running;
        logger.Told.Count.ShouldBe(2);
        logger.Told.ShouldAllBe(told => told.Text.Contains("it is away") && told.Thrown == null);
        await engine.DisposeAsync();
        await TestEngine.RemoveAsync(folder);
    }

    private sealed class Lines : ILogger
    {
        public ConcurrentQueue<(string Text, Exception? Thrown)> Told { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Told.Enqueue((formatter(state, exception), exception));
    }
}
