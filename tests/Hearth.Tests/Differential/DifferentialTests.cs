using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Hearth.Tests.Postgres;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Hearth.Tests.Differential;

/// <summary>
/// One meaning: random schemas, data, filters, sorts and rules are put to both engines, which must answer alike. What differs is made as small
/// as it goes and shown as a filter with its data. <c>HEARTH_DIFFERENCES</c> says how many questions (300 in <c>test.sh</c>; 10000 for a
/// long run), <c>HEARTH_DIFFERENCE_SEED</c> where to begin: <c>random</c>, or the seed of one case to see it again. It ends with
/// <c>HEARTH_DIFFERENCE_MOST</c> differences (3).
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int PerWorld = 20;

    [DifferenceFact]
    public async Task Both_engines_answer_alike()
    {
        await using var sides = await Sides.OpenAsync();
        await CheckAsync(sides, Wanted, MakeQuestions);
        // Questions that are refused, or that find nothing, prove little.
        sides.Planned.ShouldBeGreaterThan(sides.Asked * 6 / 10, sides.Summary);
        sides.Telling.ShouldBeGreaterThan(sides.Planned / 6, sides.Summary);
    }

    [DifferenceFact]
    public async Task Both_engines_change_rows_and_schemas_alike()
    {
        await using var sides = await Sides.OpenAsync();
        await CheckAsync(sides, Wanted / 3, MakeDeeds);
    }

    private static int Most => int.Parse(Environment.GetEnvironmentVariable("HEARTH_DIFFERENCE_MOST") ?? "3", CultureInfo.InvariantCulture);

    private static int Wanted => int.Parse(Environment.GetEnvironmentVariable("HEARTH_DIFFERENCES") ?? "300", CultureInfo.InvariantCulture);

    private async Task CheckAsync(Sides sides, int wanted, Func<int, Case> make)
    {
        var seed = Environment.GetEnvironmentVariable("HEARTH_DIFFERENCE_SEED") switch
        {
            null or "" => 20250203,
            "random" => Random.Shared.Next(),
            var given => int.Parse(given, CultureInfo.InvariantCulture),
        };
        output.WriteLine($"HEARTH_DIFFERENCE_SEED={seed}");
        var config = Config.QuickThrowOnFailure.WithMaxTest(1).WithQuietOnSuccess(true);
        var differences = new List<string>();
        // The first case is the seed itself, so that the seed of a case shows that case.
        for (var end = seed + (wanted + PerWorld - 1) / PerWorld; seed < end && differences.Count < Most; seed++)
        {
            var one = Arb.From(Gen.Constant(make(seed)), c => c.Simpler());
            await Task.Run(() =>
            {
                try
                {
                    Prop.ForAll(one, sides.Compare).Check(config);
                }
                catch (Exception difference)
                {
                    differences.Add(difference.Message);
                }
            });
        }
        output.WriteLine(sides.Summary);
        if (differences.Count > 0) Assert.Fail(string.Join("\n", differences));
    }

    private static Case MakeQuestions(int seed)
    {
        var random = new Random(seed);
        var world = new WorldMaker(random).Make();
        var questions = new QuestionMaker(random, world);
        return new Case(seed, world, [.. Enumerable.Range(0, PerWorld).Select(_ => questions.Make())]);
    }

    private static Case MakeDeeds(int seed)
    {
        var random = new Random(seed);
        var world = new WorldMaker(random).Make();
        return new Case(seed, world, []) { Deeds = new DeedMaker(random, world).Make(PerWorld) };
    }
}
