using System.Collections.Immutable;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Tests.Differential;

/// <summary>Something that is done to a world, in a write session of its own: rows are written, or the schema changes.</summary>
internal abstract record Deed(string Of)
{
    /// <summary>The world when it is done.</summary>
    public virtual World After(World world) => world;

    /// <summary>Whether it still makes sense: what it speaks of may be gone.</summary>
    public virtual bool IsPossible(World world) => world.Collections.Any(c => c.Name == Of);

    /// <summary>Does it; a constraint that refuses is the answer.</summary>
    public abstract ValueTask<DataFault?> DoAsync(WriteSession session, World world);

    private protected World With(World world, Func<Collection, Collection> change) =>
        world with { Collections = [.. world.Collections.Select(c => c.Name == Of ? change(c) : c)] };
}

internal sealed record Add(Row Row) : Deed(Row.Collection)
{
    public override ValueTask<DataFault?> DoAsync(WriteSession session, World world) => session.ExecuteAsync(new InsertRow(world.Find(Of), world.ValuesOf(Row)), default);
}

internal sealed record Set(string Of, string Id, string Field, string Json) : Deed(Of)
{
    public override bool IsPossible(World world) => base.IsPossible(world) && world.Find(Of).FindField(Field) is not null;

    public override ValueTask<DataFault?> DoAsync(WriteSession session, World world)
    {
        var field = world.Find(Of).FindField(Field)!;
        return session.ExecuteAsync(new UpdateRow(world.Find(Of), Id, [new Assignment(field, World.Value(field, Json))]), default);
    }
}

internal sealed record Remove(string Of, string Id) : Deed(Of)
{
    public override ValueTask<DataFault?> DoAsync(WriteSession session, World world) => session.ExecuteAsync(new DeleteRow(world.Find(Of), Id), default);
}

/// <summary>A step of a schema change.</summary>
internal abstract record Step(string Of) : Deed(Of)
{
    public override async ValueTask<DataFault?> DoAsync(WriteSession session, World world)
    {
        await session.ApplyAsync(In(world), default);
        return null;
    }

    protected abstract SchemaStep In(World world);
}

internal sealed record NewField(string Of, Field Field) : Step(Of)
{
    public override bool IsPossible(World world) => base.IsPossible(world) && world.Find(Of).Fields.All(f => !f.Name.Equals(Field.Name, StringComparison.OrdinalIgnoreCase));

    public override World After(World world) => With(world, c => c with { Fields = c.Fields.Add(Field) });

    protected override SchemaStep In(World world) => new AddColumn(world.Find(Of), Field);
}

internal sealed record OtherName(string Of, string From, string To) : Step(Of)
{
    public override bool IsPossible(World world) => base.IsPossible(world) && world.Find(Of).FindField(From) is not null && world.Find(Of).FindField(To) is null;

    public override World After(World world) => With(world, c => c with
    {
        Fields = [.. c.Fields.Select(f => f.Name == From ? f with { Name = To } : f)],
        Indexes = [.. c.Indexes.Select(i => i with { Columns = [.. i.Columns.Select(k => k with { Name = k.Name == From ? To : k.Name })] })],
    });

    protected override SchemaStep In(World world) => new RenameColumn(world.Find(Of), From, To);
}

internal sealed record Gone(string Of, string Field) : Step(Of)
{
    // What an index needs goes after the index.
    public override bool IsPossible(World world) => base.IsPossible(world) && world.Find(Of).FindField(Field) is not null && !world.Find(Of).Indexes.Any(i => i.Columns.Any(c => c.Name == Field));

    public override World After(World world) => With(world, c => c with { Fields = c.Fields.RemoveAll(f => f.Name == Field) });

    protected override SchemaStep In(World world) => new DropColumn(world.Find(Of), world.Find(Of).FindField(Field)!);
}

/// <summary>One value becomes several, or several one.</summary>
internal sealed record Converted(string Of, string Field) : Step(Of)
{
    public override bool IsPossible(World world) => base.IsPossible(world) && world.Find(Of).FindField(Field) is SelectField or FileField or RelationField && !world.Find(Of).Indexes.Any(i => i.Columns.Any(c => c.Name == Field));

    public override World After(World world) => With(world, c => c with { Fields = [.. c.Fields.Select(f => f.Name == Field ? Other(f) : f)] });

    protected override SchemaStep In(World world)
    {
        var other = Other(world.Find(Of).FindField(Field)!);
        return new ConvertColumn(world.Find(Of), other, other.Multiple);
    }

    private static Field Other(Field field) => field switch
    {
        SelectField select => select with { MaxSelect = select.Multiple ? 1 : 4 },
        FileField file => file with { MaxSelect = file.Multiple ? 1 : 4 },
        RelationField relation => relation with { MaxSelect = relation.Multiple ? 1 : 4 },
        _ => field,
    };
}

internal sealed record NewIndex(string Of, string Field, bool Unique, string? Collation, bool LeavesOutEmpty) : Step(Of)
{
    public override bool IsPossible(World world) => base.IsPossible(world) && world.Find(Of).FindField(Field) is not null && world.Find(Of).Indexes.All(i => i.Name != Index.Name);

    public override World After(World world) => With(world, c => c with { Indexes = c.Indexes.Add(Index) });

    protected override SchemaStep In(World world) => new CreateIndex(world.Find(Of), Index);

    private IndexDefinition Index => new($"later_{Of}_{Field}", Unique, [new IndexColumn(Field, Collation: Collation)], LeavesOutEmpty ? $"`{Field}` != ''" : null);
}
