using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema;
using Hearth.Schema.Changes;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

/// <summary>Old and new collections in short words, and the steps between them.</summary>
[RunsOnce]
public sealed class SchemaChangeTests
{
    // "name#id(field#id:type, …)[indexed fields] = query": ids are optional and default to the name; "type*" holds several values.
    [Theory]
    [InlineData("", "a(x)", "table+ a; save a")]
    [InlineData("a(x)", "", "table- a; remove a")]
    [InlineData("a(x)", "a(x)", "")]
    [InlineData("a(x)[x]", "a(x)", "index- x; save a")]
    [InlineData("a(x,y)[x]", "a(x)[x]", "column- a.y; save a")]
    [InlineData("a(x,y)[x]", "a(y)", "index- x; column- a.x; save a")]
    [InlineData("a(x)[x]", "a(z#x)[z]", "index- x; column a.x>z; index+ z; save a")]
    [InlineData("a(x,y)", "a(y#x,x#y)", "column a.x>_renaming_1; column a.y>x; column a._renaming_1>y; save a")]
    [InlineData("a(x,y)", "a(y#x)", "column- a.y; column a.x>y; save a")]
    [InlineData("a(x)", "a(x#new)", "column- a.x; column+ a.x; save a")]
    [InlineData("a(s:select)", "a(s:select*)", "convert a.s to many; save a")]
    [InlineData("a(s:select*)[s]", "a(s:select)[s]", "index- s; convert a.s to one; index+ s; save a")]
    [InlineData("a(x)[x]", "b#a(x)[x]", "table a>b; save b")]
    [InlineData("a(x)", "A#a(x)", "table a>_renaming_1; table _renaming_1>A; save A")]
    [InlineData("a(x) b(y)", "b#a(x) a#b(y)", "table a>_renaming_1; table b>a; table _renaming_1>b; remove a; remove b; save b; save a")]
    [InlineData("a(x)", "a#n(x)", "table- a; table+ a; remove a; save a")]
    [InlineData("a(x) v=a", "a(x,y) v=a", "column+ a.y; save a")]
    [InlineData("a(x) v=a", "a(z#x) v=a", "view- v; column a.x>z; view+ v; save a")]
    [InlineData("a(x) v=a w=v", "a() v=a w=v", "view- w; view- v; column- a.x; view+ v; view+ w; save a")]
    [InlineData("a(x) w=v v=a", "a(x) w=v v=b b(x)", "view- w; view- v; table+ b; view+ v; view+ w; save v; save b")]
    [InlineData("a(x) v=a", "a(x)", "view- v; remove v")]
    [InlineData("a(x)[x] b(y)", "a(x) b(y)[y]", "index- x; index+ y; save a; save b")]
    public void Steps(string before, string after, string expected)
    {
        var change = SchemaChanges.Compute(Read(before), Read(after));
        string.Join("; ", change.Steps.Select(Words)).ShouldBe(expected);
    }

    private static string Words(SchemaStep step) => step switch
    {
        CreateTable s => $"table+ {s.Collection.Name}",
        DropTable s => $"table- {s.Collection.Name}",
        RenameTable s => $"table {s.From}>{s.To}",
        AddColumn s => $"column+ {s.Collection.Name}.{s.Field.Name}",
        DropColumn s => $"column- {s.Collection.Name}.{s.Field.Name}",
        RenameColumn s => $"column {s.Collection.Name}.{s.From}>{s.To}",
        ConvertColumn s => $"convert {s.Collection.Name}.{s.Field.Name} to {(s.ToMultiple ? "many" : "one")}",
        CreateIndex s => $"index+ {s.Index.Columns[0].Name}",
        DropIndex s => $"index- {s.Index.Columns[0].Name}",
        CreateView s => $"view+ {s.Collection.Name}",
        DropView s => $"view- {s.Collection.Name}",
        SaveDefinition s => $"save {s.Collection.Name}",
        RemoveDefinition s => $"remove {s.Collection.Name}",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private static Collection[] Read(string schema) => [.. schema.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadOne)];

    private static Collection ReadOne(string text)
    {
        if (text.Split('=') is [var view, var source])
        {
            return new Collection { Id = view, Name = view, Type = CollectionType.View, Fields = [new TextField { Id = "id", Name = "id" }], ViewQuery = $"SELECT id FROM {source}" };
        }
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.IndexOf(')', StringComparison.Ordinal);
        var (name, id) = Pair(text[..open], '#');
        return new Collection
        {
            Id = id,
            Name = name,
            Fields = [.. text[(open + 1)..close].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ReadField)],
            Indexes = [.. text[(close + 1)..].Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(column => new IndexDefinition($"idx_{id}_{column}", false, [new IndexColumn(column)], null))],
        };
    }

    private static Field ReadField(string text)
    {
        var (named, type) = Pair(text, ':');
        var (name, id) = Pair(named, '#');
        return type.StartsWith("select", StringComparison.Ordinal)
            ? new SelectField { Id = id, Name = name, Values = ["a", "b"], MaxSelect = type.EndsWith('*') ? 2 : 1 }
            : new TextField { Id = id, Name = name };
    }

    private static (string, string) Pair(string text, char separator) => text.Split(separator) is [var first, var second] ? (first, second) : (text, text);
}
