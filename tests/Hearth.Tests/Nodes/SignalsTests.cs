using System.Collections.Concurrent;
using Hearth.Data;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Nodes;

/// <summary>News within one node, on the engine of this run.</summary>
public sealed class SignalsTests
{
    [Fact]
    public async Task What_a_write_tells_is_heard_in_order_and_once()
    {
        var heard = new ConcurrentQueue<Signal>();
        await using var app = await TestApp.StartAsync();
        app.App.Signals.On("test", (signal, _) =>
        {
            heard.Enqueue(signal);
            return ValueTask.CompletedTask;
        });
        await app.App.Engine.WriteAsync(
            session =>
            {
                for (var i = 0; i < 5; i++) session.Tell("test", $"{i}");
                session.Tell("other", "nobody listens");
                return new ValueTask<bool>(true);
            },
            null,
            default);
        await app.App.Signals.SendAsync("test", "last", default);
        await NodeGroup.UntilAsync(() => heard.Count >= 6, TimeSpan.FromSeconds(30));
        heard.Select(s => s.Text).ShouldBe(["0", "1", "2", "3", "4", "last"]);
        heard.ShouldAllBe(s => s.Node == app.App.Signals.Node);
    }

    [Fact]
    public async Task What_is_not_committed_is_not_heard()
    {
        var heard = new ConcurrentQueue<string>();
        await using var app = await TestApp.StartAsync();
        app.App.Signals.On("test", (signal, _) =>
        {
            heard.Enqueue(signal.Text);
            return ValueTask.CompletedTask;
        });
        await app.App.Engine.WriteAsync(Tell("not kept"), static _ => false, default);
        await Should.ThrowAsync<InvalidOperationException>(() => app.App.Engine.WriteAsync<bool>(
            session =>
            {
                session.Tell("test", "thrown");
                throw new InvalidOperationException("on purpose");
            },
            null,
            default));
        await app.App.Engine.WriteAsync(Tell("kept"), null, default);
        await NodeGroup.UntilAsync(() => !heard.IsEmpty, TimeSpan.FromSeconds(30));
        heard.ShouldBe(["kept"]);
    }

    [Fact]
    public async Task A_handler_that_fails_keeps_nobody_from_hearing()
    {
        var heard = new ConcurrentQueue<string>();
        await using var app = await TestApp.StartAsync();
        app.App.Signals.On("test", (_, _) => throw new InvalidOperationException("on purpose"));
        app.App.Signals.On("test", (signal, _) =>
        {
            heard.Enqueue(signal.Text);
            return ValueTask.CompletedTask;
        });
        await app.App.Signals.SendAsync("test", "a", default);
        await app.App.Signals.SendAsync("test", "b", default);
        await NodeGroup.UntilAsync(() => heard.Count >= 2, TimeSpan.FromSeconds(30));
        heard.Order().ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Work_is_done_again_and_again_and_not_after_the_end()
    {
        var done = 0;
        var app = await TestApp.StartAsync(build: hearth => hearth.AddFeature(new Worker(TimeSpan.FromMilliseconds(30), () => Interlocked.Increment(ref done))));
        await NodeGroup.UntilAsync(() => Volatile.Read(ref done) >= 3, TimeSpan.FromSeconds(30));
        await app.DisposeAsync();
        var atEnd = Volatile.Read(ref done);
        await Task.Delay(200);
        Volatile.Read(ref done).ShouldBe(atEnd);
    }

    private static Func<WriteSession, ValueTask<bool>> Tell(string text) => session =>
    {
        session.Tell("test", text);
        return new ValueTask<bool>(true);
    };
}
