using System.Collections.Concurrent;
using Hearth.Resources.Passwords;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

/// <summary>Who signs in does not stand behind all who sign up.</summary>
[RunsOnce]
public sealed class HashingTurnsTests
{
    [Fact]
    public async Task The_two_lines_take_turns()
    {
        var (turns, order) = (new HashingTurns(threads: 1), new ConcurrentQueue<string>());
        using var open = new ManualResetEventSlim();
        var first = turns.RunAsync(HashingPurpose.Store, () => Wait(open), default);
        var signUps = Enumerable.Range(0, 300).Select(i => turns.RunAsync(HashingPurpose.Store, () => Note("up"), default)).ToList();
        var signIns = Enumerable.Range(0, 3).Select(i => turns.RunAsync(HashingPurpose.Compare, () => Note("in"), default)).ToList();
        open.Set();
        await Task.WhenAll([first, .. signUps, .. signIns]);
        order.Take(6).Count(what => what == "in").ShouldBe(3, string.Join(' ', order.Take(10)));

        bool Note(string what)
        {
            order.Enqueue(what);
            return true;
        }
    }

    [Fact]
    public async Task A_full_line_refuses_its_own_only_and_who_gives_up_leaves_it()
    {
        var turns = new HashingTurns(threads: 1);
        using var open = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        var first = turns.RunAsync(HashingPurpose.Store, () => Wait(open), default);
        var waiting = Enumerable.Range(0, 1000).Select(_ => turns.RunAsync(HashingPurpose.Store, static () => true, stop.Token)).ToList();
        await Should.ThrowAsync<PasswordsBusyException>(() => turns.RunAsync(HashingPurpose.Store, static () => true, default));
        var signIn = turns.RunAsync(HashingPurpose.Compare, static () => true, default);
        await stop.CancelAsync();
        foreach (var one in waiting) await Should.ThrowAsync<OperationCanceledException>(() => one);
        var again = turns.RunAsync(HashingPurpose.Store, static () => true, default);
        open.Set();
        (await first, await signIn, await again).ShouldBe((true, true, true));
        await Should.ThrowAsync<InvalidOperationException>(() => turns.RunAsync<bool>(HashingPurpose.Compare, static () => throw new InvalidOperationException(), default));
        (await turns.RunAsync(HashingPurpose.Compare, static () => true, default)).ShouldBeTrue("a turn that failed is given back");
    }

    private static bool Wait(ManualResetEventSlim open)
    {
        open.Wait();
        return true;
    }
}
