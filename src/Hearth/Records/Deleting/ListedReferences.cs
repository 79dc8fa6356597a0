using System.Diagnostics.CodeAnalysis;
using System.Text;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Deleting;

/// <summary>
/// The rows that refer to removed ones by fields that hold many ids. They are looked for once for everything that is gone by then. Where no index leads to them, and
/// it goes on and on because what is found takes further records with it, the field is read into memory once and followed there.
/// </summary>
internal sealed class ListedReferences(SchemaSnapshot schema)
{
    private const int Scans = 2;
    private const int MostInMemory = 200_000;
    private const int RowsAtOnce = 500;

    private readonly List<Followed> followed = [];

    /// <summary>Records are gone, and rows may refer to them.</summary>
    public void Add(Collection collection, IReadOnlyList<string> ids)
    {
        foreach (var reference in schema.ReferencesTo(collection))
        {
            if (!reference.Field.Multiple || reference.Collection.Type == CollectionType.View) continue;
            var entry = followed.Find(own => own.Reference == reference);
            if (entry is null) followed.Add(entry = new Followed(reference));
            entry.Open.AddRange(ids);
        }
    }

    /// <summary>The next field to look into, and the ids to look for; false when nothing is left.</summary>
    public bool TryNext([NotNullWhen(true)] out Followed? next)
    {
        next = followed.Find(static entry => entry.Open.Count > 0);
        if (next is null) return false;
        (next.Ids, next.Open) = (next.Open, []);
        next.Asked++;
        return true;
    }

    /// <summary>The rows that refer to the ids of <see cref="TryNext"/> at this moment; at most so many, when a limit is given.</summary>
    public static async ValueTask<List<Record>> FindAsync(ReadSession session, Followed entry, bool all, CancellationToken stop)
    {
        if (entry.Asked > Scans && !entry.IsTooLarge && !session.IndexesLists) entry.Known ??= await LoadAsync(session, entry, stop);
        if (entry.Known is not { } known)
        {
            return await StoredRows.ListAsync(session, StoredRows.Plan(entry.Reference.Collection, from => new RefersTo(from, entry.Reference.Field, entry.Ids), all ? null : RowsAtOnce), stop);
        }
        var candidates = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in entry.Ids)
        {
            if (known.TryGetValue(id, out var rows)) candidates.UnionWith(rows);
        }
        entry.Ids = [];
        return candidates.Count == 0 ? [] : await StoredRows.ListAsync(session, StoredRows.Plan(entry.Reference.Collection, from => new IdIn(from, [.. candidates])), stop);
    }

    // Whom each row refers to, the other way round; null when there are too many.
    private static async ValueTask<Dictionary<string, List<string>>?> LoadAsync(ReadSession session, Followed entry, CancellationToken stop)
    {
        var (collection, field) = (entry.Reference.Collection, entry.Reference.Field);
        var plan = new ReadPlan { From = new BaseSource(collection), Columns = [new OutputColumn(collection.FindField("id")!), new OutputColumn(field)] }; // every collection has ids
        var known = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var count = 0;
        using var rows = await session.QueryAsync(plan, stop);
        while (await rows.NextAsync(stop))
        {
            var targets = RowValues.Read(rows, 1, field).AsList;
            if (targets.Count == 0) continue;
            if ((count += targets.Count) > MostInMemory)
            {
                entry.IsTooLarge = true;
                return null;
            }
            var id = Encoding.UTF8.GetString(rows.Utf8Of(0));
            foreach (var target in targets)
            {
                if (!known.TryGetValue(target, out var own)) known[target] = own = [];
                own.Add(id);
            }
        }
        return known;
    }

    /// <summary>One field and what is known of it.</summary>
    internal sealed class Followed(Reference reference)
    {
        /// <summary>The field.</summary>
        public Reference Reference => reference;

        /// <summary>The ids that are looked for now.</summary>
        public List<string> Ids { get; set; } = [];

        /// <summary>The ids that are still to be looked for.</summary>
        public List<string> Open { get; set; } = [];

        /// <summary>The rows that refer to an id, as they were when the field was read; null when it was not.</summary>
        public Dictionary<string, List<string>>? Known { get; set; }

        /// <summary>How often it was looked into.</summary>
        public int Asked { get; set; }

        /// <summary>It holds too much to be read into memory.</summary>
        public bool IsTooLarge { get; set; }
    }
}
