using System.Globalization;
using System.Text;
using Hearth.Resources.Realtime;
using Hearth.Resources.Realtime.Feed;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Realtime;

/// <summary>Whoever begins to listen while a line tells its events is told where it begins, and then of everything that comes behind, whatever falls together.</summary>
[RunsOnce]
public sealed class NoGapTests
{
    private const string Run = "run";
    private const int Comers = 100;

    private static readonly Collection Items = new() { Id = "items0000000000", Name = "items", Type = CollectionType.Base, Fields = [] };

    private readonly OpenStreams streams = new(TimeProvider.System);
    private volatile bool isOver;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Who_comes_hears_all_that_is_behind_the_position_that_it_was_told(int listeners)
    {
        var told = Task.Run(Tell);
        var heard = await Task.WhenAll(Enumerable.Range(0, listeners).Select(_ => Task.Run(ComeAndGo)));
        isOver = true;
        await told;
        heard.Sum().ShouldBeGreaterThan(listeners * Comers);
    }

    [Fact]
    public async Task What_comes_behind_stands_behind_the_position_that_it_was_told()
    {
        var stream = streams.Open("127.0.0.1");
        var next = Task.CompletedTask;
        streams.TryListen(stream, ["items/*"], null, _ =>
        {
            next = Task.Run(() => TellOne(1));
            next.Wait(TimeSpan.FromMilliseconds(100)).ShouldBeFalse();
            return new StreamMessage([], "0"u8.ToArray());
        }).ShouldBeTrue();
        await next;
        Taken(stream).ShouldBe([0, 1]);
    }

    // As a line does: past what nobody can have heard, and else to those who listened when it was reached.
    private void Tell()
    {
        for (var n = 1L; !isOver; n++)
        {
            Thread.Yield();
            TellOne(n);
        }
    }

    private void TellOne(long n)
    {
        var reached = new EventPosition(Run, n);
        if (streams.TryPass(streams.First, reached)) return;
        foreach (var (_, _, those) in streams.Reach(streams.First, reached, Items, "r1"))
        {
            foreach (var stream in those) stream.TryAdd(new StreamMessage([], Encoding.UTF8.GetBytes(n.ToString(CultureInfo.InvariantCulture))), DateTimeOffset.UtcNow);
        }
    }

    // Nobody is there in between, so that the line passes, too.
    private int ComeAndGo()
    {
        var sum = 0;
        for (var i = 0; i < Comers; i++)
        {
            var stream = streams.Open("127.0.0.1");
            streams.TryListen(stream, ["items/*"], null, static at => new StreamMessage([], Encoding.UTF8.GetBytes(at.Number.ToString(CultureInfo.InvariantCulture)))).ShouldBeTrue();
            // Bytes: some events. Who is too slow loses everything, and begins anew.
            while (stream.Waiting < 20 && !stream.IsClosed) Thread.Yield();
            streams.Close(stream);
            var numbers = Taken(stream);
            numbers.ShouldBe(Enumerable.Range(0, numbers.Count).Select(n => numbers[0] + n));
            sum += numbers.Count;
        }
        return sum;
    }

    private static List<long> Taken(OpenStream stream)
    {
        var numbers = new List<long>();
        while (stream.TryTake(out var message)) numbers.Add(long.Parse(message.Json, CultureInfo.InvariantCulture));
        return numbers;
    }
}
