using System.Collections.Immutable;
using Hearth.Schema;

namespace Hearth.Tests.Differential;

/// <summary>Makes deeds over a world: rows that come, change and go, some against a unique index, and steps of schema changes among them.</summary>
internal sealed class DeedMaker(Random random, World world)
{
    private readonly WorldMaker maker = new(random);

    public ImmutableArray<Deed> Make(int count) => [.. Enumerable.Range(0, count).Select(_ => MakeOne())];

    private Deed MakeOne()
    {
        var of = Pick(world.Collections);
        // Every collection has fields of its own.
        var field = Pick([.. of.Fields.Where(f => !f.System)]);
        return random.Next(12) switch
        {
            0 or 1 or 2 => new Add(new Row(of.Name, Id(), of.Fields.Where(f => f.Name != "id" && random.Next(4) != 0).ToImmutableSortedDictionary(f => f.Name, f => maker.MakeValue(f), StringComparer.Ordinal))),
            3 or 4 or 5 => new Set(of.Name, Id(), field.Name, maker.MakeValue(field)),
            6 => new Remove(of.Name, Id()),
            7 => new NewField(of.Name, maker.MakeField("New1", [.. world.Collections.Select(c => c.Name)]) with { Id = "f_new1" }),
            8 => new OtherName(of.Name, field.Name, random.Next(2) == 0 ? "other_1" : "Other"),
            9 => new Gone(of.Name, field.Name),
            10 => new Converted(of.Name, Pick(of.Fields).Name),
            _ => new NewIndex(of.Name, field.Name, random.Next(3) != 0, field.Type is FieldType.Text or FieldType.Email && random.Next(2) == 0 ? "NOCASE" : null, field.Type is FieldType.Text or FieldType.Email && random.Next(2) == 0),
        };
    }

    private string Id() => $"r{random.Next(1, 12)}";

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
