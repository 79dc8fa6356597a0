using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Records.Deleting;

/// <summary>
/// The <c>Deleting</c> hooks of a removal. They run before the writer is held, on every record that will go; a record that the write
/// then meets and that they have not seen refuses the write, because somebody changed the data in between.
/// </summary>
internal sealed class DeleteHooks(StoreParts parts, WriteScope scope)
{
    private readonly List<WritePlan> further = [];
    private readonly HashSet<(Collection, string)> seen = [];
    private List<Record> found = [];

    /// <summary>True when a handler may be concerned.</summary>
    public bool Listen { get; } = DeleteCascade.MayReach(scope.Schema, scope.Collection, parts.Events.Deleting.Listens);

    /// <summary>Plans that the hooks handed over.</summary>
    public IReadOnlyList<WritePlan> Further => further;

    /// <summary>Finds the records that will go.</summary>
    public async ValueTask LookAsync(ReadSession session, IReadOnlyList<Record> first, CancellationToken stop)
    {
        if (Listen && first.Count > 0) found = await new DeleteCascade(scope.Schema).FindAsync(session, first, stop);
    }

    /// <summary>Runs the hooks on what was found.</summary>
    public async ValueTask<Fault?> RunAsync(CancellationToken stop)
    {
        foreach (var record in found)
        {
            if (!parts.Events.Deleting.Listens(record.Collection) || !seen.Add((record.Collection, record.Id))) continue;
            var e = new WriteEvent(record, scope.Schema, scope.Facts);
            var began = scope.Facts.Journey?.Now ?? 0;
            var refused = await parts.Events.Deleting.RunAsync(e, record.Collection, stop);
            scope.Facts.Journey?.Hooks(began, "deleting");
            if (refused is not null) return refused;
            further.AddRange(e.Further);
        }
        return null;
    }

    /// <summary>The refusal of a record that the hooks have not seen, or null.</summary>
    public Fault? Check(Record record) => !parts.Events.Deleting.Listens(record.Collection) || seen.Contains((record.Collection, record.Id))
        ? null
        : Fault.Of(409, "records.changed_meanwhile", "The data changed while the request was being prepared. Please try again.");
}
