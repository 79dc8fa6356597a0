using Hearth.Http.Turns;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

/// <summary>How many searches of one client run at once.</summary>
[RunsOnce]
public sealed class ClientPaceTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(250);

    private readonly ClientPace pace = new(4);

    [Fact]
    public async Task It_begins_with_one_and_each_quick_one_allows_one_more_up_to_the_share()
    {
        (await TakeAllAsync()).ShouldBe(1);
        for (var expected = 2; expected <= 6; expected++)
        {
            pace.Leave(Quick);
            (await TakeAllAsync()).ShouldBe(expected <= 4 ? 2 : 1, $"{expected}");
        }
    }

    [Fact]
    public async Task One_that_takes_long_brings_it_back_to_one_whatever_else_runs()
    {
        await GrowAsync();
        (await TakeAllAsync()).ShouldBe(4);
        pace.Leave(Long);
        (await TakeAllAsync()).ShouldBe(0);
        pace.Leave(Long);
        pace.Leave(Long);
        (await TakeAllAsync()).ShouldBe(0);
        pace.Leave(Long);
        (await TakeAllAsync()).ShouldBe(1);
        pace.Leave(Quick);
        (await TakeAllAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Places_that_nobody_has_are_taken_away_too_and_one_that_was_not_used_changes_nothing()
    {
        await GrowAsync();
        (await pace.EnterAsync(TimeSpan.Zero, default)).ShouldBeTrue();
        pace.Leave(Long);
        (await TakeAllAsync()).ShouldBe(1);
        pace.Return();
        (await TakeAllAsync()).ShouldBe(1);
    }

    private async Task GrowAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            (await pace.EnterAsync(TimeSpan.Zero, default)).ShouldBeTrue();
            pace.Leave(Quick);
        }
    }

    private async Task<int> TakeAllAsync()
    {
        var taken = 0;
        while (await pace.EnterAsync(TimeSpan.Zero, default)) taken++;
        return taken;
    }
}
