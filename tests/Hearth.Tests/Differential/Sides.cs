using System.Globalization;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Postgres;

namespace Hearth.Tests.Differential;

/// <summary>Puts cases to two engines and compares.</summary>
internal sealed class Sides(Side one, Side other) : IAsyncDisposable
{
    private World? loaded;

    /// <summary>Questions put.</summary>
    public int Asked { get; private set; }

    /// <summary>Questions that the planner let through.</summary>
    public int Planned { get; private set; }

    /// <summary>Questions that found some rows but not all.</summary>
    public int Telling { get; private set; }

    public string Summary => string.Create(CultureInfo.InvariantCulture, $"{Asked} questions, {Planned} planned, {Telling} found some rows but not all");

    public static async Task<Sides> OpenAsync() => new(await SqliteAsync(), await PostgresAsync());

    /// <summary>Throws with both answers when they differ.</summary>
    public void Compare(Case one) => CompareAsync(one).GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await one.DisposeAsync();
        await other.DisposeAsync();
    }

    private static async Task<Side> SqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-difference-").FullName;
        var engine = Engines.OpenData(folder, null, TimeProvider.System);
        await engine.StartAsync(default);
        return new Side("SQLite", engine, () =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<Side> PostgresAsync()
    {
        var name = $"hearth_difference_{Guid.NewGuid():N}";
        var engine = Engines.OpenData("", new DatabaseServer(await PostgresCluster.OfThisRun.DatabaseAsync(name)), TimeProvider.System);
        await engine.StartAsync(default);
        return new Side("PostgreSQL", engine, () => PostgresCluster.OfThisRun.DropAsync(name));
    }

    private async Task CompareAsync(Case asked)
    {
        if (!ReferenceEquals(loaded, asked.World))
        {
            loaded = null;
            Same(await one.LoadAsync(asked.World), await other.LoadAsync(asked.World));
            loaded = asked.World;
        }
        if (!asked.Deeds.IsEmpty)
        {
            await CompareAsync(asked.World, asked.Deeds);
            return;
        }
        var schema = new SchemaSnapshot(1, asked.World.Collections);
        foreach (var question in asked.Questions)
        {
            Asked++;
            // A plan belongs to one engine run: sources are compared by reference, and no engine may keep notes in it.
            if (Plan(asked.World, schema, question) is not { } plan) continue;
            Planned++;
            var answer = await one.AskAsync(plan);
            Same(answer, await other.AskAsync(Plan(asked.World, schema, question)!));
            var found = answer.Count(c => c == '\n') - 1;
            if (found > 0 && found < asked.World.Rows.Count(r => r.Collection == question.Of)) Telling++;
        }
    }

    private async Task CompareAsync(World world, IEnumerable<Deed> deeds)
    {
        loaded = null;
        foreach (var deed in deeds.Where(deed => deed.IsPossible(world)))
        {
            Asked++;
            var (answer, same) = (await one.DoAsync(deed, world), await other.DoAsync(deed, world));
            // Which of several unique indexes is named is up to the engine (semantics.md).
            const string NotUnique = "refused: NotUnique ";
            if (deed is Add && answer.StartsWith(NotUnique, StringComparison.Ordinal) && same.StartsWith(NotUnique, StringComparison.Ordinal)) continue;
            Same(answer, same, deed);
            if (answer == "done\n") world = deed.After(world);
        }
        Same(await one.TellAllAsync(world), await other.TellAllAsync(world));
    }

    private static ReadPlan? Plan(World world, SchemaSnapshot schema, Question question)
    {
        var collection = world.Find(question.Of);
        var planner = new Planner(schema, question.FactsIn(world));
        var rule = question.Rule?.ToString();
        var plan = question.IsVirtual
            ? planner.Virtual(collection, world.ValuesOf(new Row(question.Of, "virtual", question.Body)), rule ?? "")
            : planner.List(collection, rule, new ListQuery(question.Filter?.ToString() ?? "", string.Join(',', question.Sort), question.Page, question.PerPage));
        return plan.Failed(out _) ? null : plan.Value;
    }

    private void Same(string first, string second, Deed? to = null)
    {
        if (first != second) throw new InvalidOperationException($"{to}\n{one.Name} answers\n{first}\n{other.Name} answers\n{second}");
    }
}
