using Hearth.Basics;
using Hearth.Data;

namespace Hearth.Records.Writing;

/// <summary>The refusals of record writes, in the words of the contract (6.3 to 6.5).</summary>
internal static class RecordFaults
{
    public static Fault UnsupportedType => Fault.BadRequest("records.unsupported_type", "Unsupported collection type.");

    public static Fault NotFound => Fault.NotFound("records.not_found");

    public static Fault LastSuperuser => Fault.BadRequest("records.last_superuser", "You can't delete the only existing superuser.");

    public static Fault DeleteBlocked => Fault.BadRequest(
        "records.delete_blocked", "Failed to delete record. Make sure that the record is not part of a required relation reference.");

    public static Fault TooMuchToDelete => Fault.BadRequest(
        "records.too_much_to_delete", "Too many records go with this one to remove all at once. Remove some of those that refer to it first.");

    public static Fault CreateFailed(FaultMap? data = null) => Fault.BadRequest("records.create_failed", "Failed to create record.", data);

    public static Fault UpdateFailed(FaultMap? data = null) => Fault.BadRequest("records.update_failed", "Failed to update record.", data);

    /// <summary>What the database refused: every column of an index that refuses is told, and what is too large; other reasons stay in the log.</summary>
    public static Fault Refused(DataFault refusal, bool isNew)
    {
        var data = new FaultMap();
        if (refusal.Kind == DataFaultKind.NotUnique)
        {
            foreach (var column in refusal.Columns) data.Add(column, FieldFault.NotUnique);
        }
        if (refusal.IsTooLarge)
        {
            foreach (var column in refusal.Columns) data.Add(column, new FieldFault("validation_value_too_large", "The value is longer than an index can hold."));
        }
        var fault = (isNew ? CreateFailed(data) : UpdateFailed(data)).Because(refusal.Detail);
        return refusal.IsTooLarge && data.IsEmpty ? fault with { Message = fault.Message + " It is larger than a row of the database can be: it needs fewer or shorter values." } : fault;
    }

    /// <summary>A plan that a hook handed over could not be done.</summary>
    public static Fault FurtherRefused(DataFault refusal) =>
        Fault.BadRequest("records.further_write_failed").Because(refusal.Detail);
}
