using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records;

/// <summary>What was done to a record.</summary>
public enum RecordAct
{
    /// <summary>It was added.</summary>
    Created,

    /// <summary>It was changed.</summary>
    Updated,

    /// <summary>It was removed.</summary>
    Deleted,
}

/// <summary>
/// Makes the plans by which writes of records are noted within their own transaction (the audit log). It is asked while the writer is held, possibly more
/// than once for a write, so it must be quick and must not do anything but make plans. This one notes nothing.
/// </summary>
public class RecordJournal
{
    /// <summary>Whether writes of single records of a collection are noted at all.</summary>
    public virtual bool Keeps(Collection collection) => false;

    /// <summary>Notes a write; null when this one is not worth noting.</summary>
    public virtual WritePlan? Of(RecordAct act, Record record, RequestFacts facts) => null;

    /// <summary>Notes that somebody who is signed in showed a wrong password to prove that an account is theirs; null when that is not worth noting.</summary>
    public virtual WritePlan? OfWrongPassword(Record account, RequestFacts facts) => null;

    /// <summary>Notes that all records of a collection were removed; null when that is not worth noting.</summary>
    public virtual WritePlan? OfTruncation(Collection collection, long removed, RequestFacts facts) => null;

    /// <summary>Notes that many records of a collection were written at once; null when that is not worth noting.</summary>
    public virtual WritePlan? OfMany(Collection collection, int added, int changed, RequestFacts facts) => null;
}
