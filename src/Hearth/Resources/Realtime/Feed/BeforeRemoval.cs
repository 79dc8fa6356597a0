using System.Collections.Immutable;
using Hearth.Data.Compile;
using Hearth.Data.News;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Resources.Realtime.Feed;

/// <summary>
/// What was removed by one write, for the question whether somebody was allowed to see one of these records: what the others held counts as if they were still there. Without
/// this nobody would hear of the messages that go with their room, where its members decide who sees them.
/// </summary>
internal sealed class BeforeRemoval(SchemaSnapshot schema, IReadOnlyList<RowChange> together)
{
    // Of one collection. Each is part of the question, which is asked for each of them.
    private const int Most = 100;

    /// <summary>The removed records of the collections that a condition reaches. Of more than a hundred of one collection none counts.</summary>
    public ImmutableArray<GoneRows> Of(Filter where)
    {
        if (together.Count == 0) return [];
        var gone = ImmutableArray.CreateBuilder<GoneRows>();
        foreach (var collection in SourceUse.Of(where).Where(static source => source is not BaseSource).Select(static source => source.Collection).OfType<Collection>().Distinct())
        {
            if (schema.Find(collection.Id) != collection) continue;
            var rows = together.Where(change => change.CollectionId == collection.Id).Take(Most + 1).Select(change => change.ValuesFor(collection)).ToList();
            if (rows.Count is > 0 and <= Most) gone.Add(new GoneRows(collection, rows));
        }
        return gone.ToImmutable();
    }
}
