using System.Collections.Immutable;
using Hearth.Schema;

namespace Hearth.Tests.Differential;

/// <summary>A world and what is asked of it, or done to it. The seed makes the same case again: <c>HEARTH_DIFFERENCE_SEED</c>.</summary>
internal sealed record Case(int Seed, World World, ImmutableArray<Question> Questions)
{
    /// <summary>What is done to the world instead of asking.</summary>
    public ImmutableArray<Deed> Deeds { get; init; } = [];

    /// <summary>Smaller cases that may show the same difference: first one question alone, then a simpler question, then less data.</summary>
    public IEnumerable<Case> Simpler()
    {
        if (Questions.Length > 1)
        {
            foreach (var question in Questions) yield return this with { Questions = [question] };
            yield break;
        }
        if (Questions.Length == 1)
        {
            yield return this with { Questions = [] };
            foreach (var simpler in Simpler(Questions[0])) yield return this with { Questions = [simpler] };
        }
        for (var size = Deeds.Length / 2; size >= 1; size /= 2)
        {
            for (var start = 0; start + size <= Deeds.Length; start += size) yield return this with { Deeds = Deeds.RemoveRange(start, size) };
        }
        if (Deeds.Length == 1) yield return this with { Deeds = [] };
        foreach (var simpler in Simpler(World)) yield return this with { World = simpler };
    }

    public override string ToString() => Questions.Length > 1
        ? $"seed {Seed} with {Questions.Length} questions"
        : $"seed {Seed}\n{string.Concat(Questions)}{string.Concat(Deeds.Select(deed => $"  {deed}\n"))}{World}";

    private static IEnumerable<Question> Simpler(Question question)
    {
        if (question.Filter is not null) yield return question with { Filter = null };
        if (question.Rule is not null) yield return question with { Rule = null };
        if (question.Caller != "*") yield return question with { Caller = "*" };
        if (question.Page != 1 || question.PerPage != 100) yield return question with { Page = 1, PerPage = 100 };
        for (var i = 0; i < question.Sort.Length; i++) yield return question with { Sort = question.Sort.RemoveAt(i) };
        foreach (var name in question.Body.Keys) yield return question with { Body = question.Body.Remove(name) };
        foreach (var filter in question.Filter?.Simpler() ?? []) yield return question with { Filter = filter };
        foreach (var rule in question.Rule?.Simpler() ?? []) yield return question with { Rule = rule };
    }

    private static IEnumerable<World> Simpler(World world)
    {
        for (var size = world.Rows.Length / 2; size >= 1; size /= 2)
        {
            for (var start = 0; start + size <= world.Rows.Length; start += size) yield return world with { Rows = world.Rows.RemoveRange(start, size) };
        }
        for (var i = 0; i < world.Collections.Length; i++)
        {
            var collection = world.Collections[i];
            if (collection.ListRule is { Length: > 0 }) yield return With(world, i, collection with { ListRule = "" });
            for (var k = 0; k < collection.Indexes.Length; k++) yield return With(world, i, collection with { Indexes = collection.Indexes.RemoveAt(k) });
            if (collection.Indexes.Length > 0) continue;
            foreach (var field in collection.Fields)
            {
                if (!field.System) yield return With(world, i, collection with { Fields = collection.Fields.Remove(field) });
            }
        }
        for (var i = 0; i < world.Rows.Length; i++)
        {
            foreach (var name in world.Rows[i].Values.Keys) yield return world with { Rows = world.Rows.SetItem(i, world.Rows[i] with { Values = world.Rows[i].Values.Remove(name) }) };
        }
    }

    private static World With(World world, int index, Collection collection) => world with { Collections = world.Collections.SetItem(index, collection) };
}
