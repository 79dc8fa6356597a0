using Hearth.Data;
using Hearth.Schema;

namespace Hearth.Records.Moving;

/// <summary>What is in a table: how many rows, and the hash over them in the order in which they are stored.</summary>
internal sealed record TableContent(long Rows, string Hash)
{
    /// <summary>Reads a table to its end.</summary>
    /// <param name="session">Where to read.</param>
    /// <param name="collection">The table.</param>
    /// <param name="target">The engine whose form of the values counts; null takes them as they are.</param>
    /// <param name="onOdd">Told of values that are not what stands in the table.</param>
    /// <param name="count">Told of each row.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<TableContent> ReadAsync(
        ReadSession session, Collection collection, Engine? target, Action<OddValue>? onOdd, StageCount count, CancellationToken stop)
    {
        using var hash = new ContentHash();
        await foreach (var row in new TableRows(collection, target).ReadAsync(session, 0, onOdd, stop))
        {
            hash.Add(row);
            count.Add(collection.Name);
        }
        return new TableContent(hash.Rows, hash.Finish());
    }
}
