using Hearth.Data;
using Hearth.Http.Output;
using Hearth.Schema;

namespace Hearth.Features.Records;

/// <summary>
/// Answers that were given to requests for one record, for as long as the record is as it was: the engine's clock of rows tells. At most
/// 8,192 answers of at most 2 KiB each; a newer one takes the place of an older one. Safe for any number of callers at once.
/// </summary>
internal sealed class KnownRecords(Engine engine)
{
    private const int Sets = 4096; // of two places each, so that two records of one set do not push each other out
    private const int LargestBody = 2048;
    private readonly Entry?[] entries = new Entry?[Sets * 2];

    /// <summary>The answer for a kind of caller, or null when it must be made. <paramref name="count"/> is for <see cref="Keep"/>.</summary>
    public KnownAnswer? Find(Collection collection, bool isSuperuser, string id, out long count)
    {
        count = engine.Rows?.Read(id) ?? RowClock.Changing;
        if (count == RowClock.Changing) return null;
        var set = SetOf(id);
        return Of(Volatile.Read(ref entries[set]), count) ?? Of(Volatile.Read(ref entries[set + 1]), count);

        KnownAnswer? Of(Entry? entry, long now) =>
            entry is not null && entry.Count == now && entry.IsSuperuser == isSuperuser && ReferenceEquals(entry.Collection, collection) && entry.Id == id ? entry.Answer : null;
    }

    /// <summary>Remembers an answer that was made after its count was taken.</summary>
    public void Keep(Collection collection, bool isSuperuser, string id, long count, ReadOnlyMemory<byte> body, string tag)
    {
        if (count == RowClock.Changing || body.Length > LargestBody) return;
        var set = SetOf(id);
        Volatile.Write(ref entries[set + 1], Volatile.Read(ref entries[set]));
        Volatile.Write(ref entries[set], new Entry(collection, isSuperuser, id, count, new KnownAnswer(body.ToArray(), tag)));
    }

    private static int SetOf(string id) => (string.GetHashCode(id) & (Sets - 1)) * 2;

    private sealed record Entry(Collection Collection, bool IsSuperuser, string Id, long Count, KnownAnswer Answer);
}
