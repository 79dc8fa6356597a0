using Hearth.Basics;
using Hearth.Data;
using Hearth.Records.Moving;

namespace Hearth.App;

/// <summary>
/// Moves everything that an app holds to an empty database of the same or the other engine: collections, records in their order, accounts with
/// their hashes, tokens and links, settings, and uploaded files. The source is only read. Nobody may write to either side meanwhile.
/// </summary>
public static class DataMove
{
    /// <summary>
    /// Moves, and returns after both sides were read back and compared. When it is cut off, the same call goes on where it stopped; until it has come
    /// to its end no app starts on the target. Throws <see cref="DataException"/> when one of the databases cannot be used.
    /// </summary>
    /// <param name="from">Where the data is.</param>
    /// <param name="to">
    /// Where it shall be: an empty database, or one in which a server was only started once. Its folder takes the files; the folder of the source
    /// leaves them where they are.
    /// </param>
    /// <param name="options">What the move may do.</param>
    /// <param name="stop">Ends the move between two steps.</param>
    public static async Task<Outcome<MoveReport>> RunAsync(MovePlace from, MovePlace to, MoveOptions options, CancellationToken stop = default)
    {
        if (from.IsSameAs(to)) return MoveFaults.SamePlace(from);
        if (to.IsInside(from)) return MoveFaults.InsideSource(to, from);
        await using var source = Engines.OpenToRead(from.Folder, from.Server, options.Clock);
        await source.StartAsync(stop);
        await using var target = Engines.OpenData(to.Folder, to.Server, options.Clock);
        await target.StartAsync(stop);
        return await new MoveRun(source, from, target, to, options).RunAsync(stop);
    }
}
