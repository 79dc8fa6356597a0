using Hearth.Basics;
using Hearth.Data;
using Hearth.Resources.Blobs;

namespace Hearth.Resources.Backups;

/// <summary>What a disk refuses while a backup is taken or brought back, in words that say what to do.</summary>
internal static class BackupDisk
{
    /// <summary>Does the work; what the disk refuses becomes a fault.</summary>
    public static async Task<Outcome<T>> TryAsync<T>(Func<Task<Outcome<T>>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Of(e) is not null)
        {
            return Of(e)!; // it was looked at above
        }
    }

    /// <summary>The fault of an exception; null when it is not the disk's.</summary>
    internal static Fault? Of(Exception e) => e switch
    {
        BlobException { Problem: BlobProblem.Full } => NoRoom(e.Message),
        DataException { Fault.Kind: DataFaultKind.Full } => NoRoom(e.Message),
        _ when LocalDisk.IsOfDisk(e) => LocalDisk.Explain(e) is { Problem: BlobProblem.Full } full ? NoRoom(full.Message) : Refused(e.Message),
        _ => null,
    };

    private static Fault NoRoom(string why) =>
        Fault.Of(507, "backups.no_room", "There is not enough room on the server's disk. Nothing was changed. Make room, for example by removing old backups, and try again.").Because(why);

    private static Fault Refused(string why) =>
        Fault.Of(503, "backups.disk", "The server cannot write to its data folder. Nothing was changed. Its operator finds the reason in the log.").Because(why) with { RetryAfter = 60 };
}
