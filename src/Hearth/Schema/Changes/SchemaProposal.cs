using System.Collections.Immutable;
using Hearth.Basics;

namespace Hearth.Schema.Changes;

/// <summary>A collection that a proposal makes or changes.</summary>
/// <param name="Before">As it is; null for a new one.</param>
/// <param name="After">As it will be, completed.</param>
/// <param name="Faults">What was wrong while it was read; the checks add to it.</param>
public sealed record ProposedCollection(Collection? Before, Collection After, FaultMap Faults);

/// <summary>What somebody wants the schema to be; not checked yet.</summary>
/// <param name="After">All collections as they will be.</param>
/// <param name="Touched">Those that are new or changed.</param>
/// <param name="Failure">The message with which it is refused, such as <c>Failed to create collection.</c></param>
public sealed record SchemaProposal(ImmutableArray<Collection> After, ImmutableArray<ProposedCollection> Touched, string Failure)
{
    /// <summary>An import tells all its faults under one name (contract 4.6).</summary>
    public bool IsImport { get; init; }

    /// <summary>What was read in another way than it was sent.</summary>
    public ImmutableArray<ProposalNote> Notes { get; init; } = [];

    /// <summary>The same proposal with some collections in another form, compared by id.</summary>
    public SchemaProposal With(IReadOnlyDictionary<string, Collection> changed) => this with
    {
        After = [.. After.Select(collection => changed.GetValueOrDefault(collection.Id, collection))],
        Touched = [.. Touched.Select(item => item with { After = changed.GetValueOrDefault(item.After.Id, item.After) })],
    };
}

/// <summary>Something that was read in another way than it was sent.</summary>
/// <param name="Collection">Name of the collection that it is about.</param>
/// <param name="Text">A sentence for people.</param>
public sealed record ProposalNote(string Collection, string Text);
