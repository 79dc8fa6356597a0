using Hearth.Basics;
using Hearth.Data;
using Hearth.Schema;

namespace Hearth.Records.Moving;

/// <summary>Why a move did not begin, or stopped. Each says what to do.</summary>
internal static class MoveFaults
{
    private const int ValuesShown = 20;

    /// <summary>Source and target are one.</summary>
    public static Fault SamePlace(MovePlace place) => Of("same_place", $"Source and target are both {place}.");

    /// <summary>One folder is inside of the other.</summary>
    public static Fault InsideSource(MovePlace to, MovePlace from) =>
        Of("inside_source", $"The folder {to.Folder} is inside of {from.Folder}, whose files would be copied into it. Choose a folder beside it.");

    /// <summary>There is nothing in the source.</summary>
    public static Fault Nothing(MovePlace from) => Of("nothing", $"There is nothing to move: {from} holds no collections.");

    /// <summary>A server runs on one of the databases.</summary>
    public static Fault InUse(MovePlace place, string machine) =>
        Of("in_use", $"A Hearth on the machine {machine} uses {place}. Stop it first; one that was killed is forgotten after 15 seconds.");

    /// <summary>The source is itself half filled.</summary>
    public static Fault HalfSource(MovePlace from, MoveMarker marker) =>
        Of("half_source", $"There is only a part of the data in {from}: a move from {marker.From} into it has not come to its end. Bring that one to its end first.");

    /// <summary>There is something in the target.</summary>
    public static Fault NotEmpty(MovePlace to, string contents) =>
        Of("not_empty", $"There is data in {to} already: {contents}. A move fills an empty database and never overwrites one; choose another, or empty this one.");

    /// <summary>There are files in the target.</summary>
    public static Fault FileThere(MovePlace to, string file) => Of("not_empty", $"There is a file {file} in the folder {to.Folder} already. A move never overwrites one; choose another folder, or empty this one.");

    /// <summary>Another move, or the same with another content, has begun to fill the target.</summary>
    public static Fault OtherMove(MovePlace from, MovePlace to, MoveMarker marker) => Of(
        "other_move",
        $"The move that has begun to fill {to} ({marker.Began}, from {marker.From}) was of other data than what {from} holds now: it is another source, or it was changed since. To begin anew, empty {to}.");

    /// <summary>Values that cannot be moved as they are.</summary>
    public static Fault Values(IReadOnlyList<OddValue> odd, long count)
    {
        var lines = odd.Take(ValuesShown).Select(value => $"\n  {value}");
        var more = count > ValuesShown ? $"\n  … and {count - ValuesShown:N0} more." : "";
        return Of("values", $"{count:N0} {(count == 1 ? "value" : "values")} cannot be moved as {(count == 1 ? "it is" : "they are")}; nothing was copied. Mend {(count == 1 ? "it" : "them")} in the source, or add --mend-values to let {(count == 1 ? "it" : "them")} become what is said here.{string.Concat(lines)}{more}");
    }

    /// <summary>Views and indexes that the target refused.</summary>
    public static Fault Refused(IReadOnlyList<RefusedPart> parts) => Of(
        "refused",
        $"The target refuses {(parts.Count == 1 ? "a part" : $"{parts.Count} parts")} of the schema whose SQL was written for the other database; nothing was copied. Change {(parts.Count == 1 ? "it" : "them")} in the source, or add --skip-refused to move everything else and make {(parts.Count == 1 ? "it" : "them")} anew afterwards.{string.Concat(parts.Select(part => $"\n  {part}"))}");

    /// <summary>A row that the target refused although everything had been looked at.</summary>
    public static Fault RowRefused(Collection collection, FieldValue[] row, string detail)
    {
        var id = collection.OrdinalOf("id") is var at and >= 0 ? row[at].AsText : "?";
        return Of("row_refused", $"The target refused the record {id} of {collection.Name}: {detail}. What was copied before it stays; change the record in the source, empty the target and begin anew.");
    }

    /// <summary>The target holds more than the source.</summary>
    public static Fault TooMany(Collection collection, long have, long count) =>
        Of("too_many", $"The target holds {have:N0} records of {collection.Name}, the source only {count:N0}: somebody has written to one of them. Empty the target and begin anew.");

    /// <summary>Both sides were read and are not the same.</summary>
    public static Fault Different(IReadOnlyList<string> differences, bool sourceChanged) => Of(
        "different",
        (sourceChanged
            ? "The source was changed while it was moved. Stop whoever writes to it, empty the target and begin anew."
            : "What was read back from the target is not what the source holds. Empty the target and begin anew; if it happens again, please tell us.")
        + string.Concat(differences.Select(line => $"\n  {line}")));

    private static Fault Of(string code, string message) => Fault.BadRequest("move." + code, message);
}
