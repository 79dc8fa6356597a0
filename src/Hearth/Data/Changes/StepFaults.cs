using System.Globalization;
using Hearth.Basics;
using Hearth.Schema;
using Hearth.Schema.Changes;

namespace Hearth.Data.Changes;

/// <summary>The database refused a step of a schema change because of what is in it or because of user SQL; nothing was kept.</summary>
internal sealed class StepRefusedException(SchemaStep step, DataFault fault) : Exception(fault.Detail)
{
    /// <summary>The step.</summary>
    public SchemaStep Step { get; } = step;
}

/// <summary>What a client is told when the database refuses a step.</summary>
internal static class StepFaults
{
    /// <summary>Does a step; what a client can have caused becomes a <see cref="StepRefusedException"/>, everything else goes through.</summary>
    public static async ValueTask DoAsync(SchemaStep step, Func<ValueTask> work)
    {
        try
        {
            await work();
        }
        catch (DataException e) when (e.Fault.Kind is DataFaultKind.Statement or DataFaultKind.NotUnique or DataFaultKind.Constraint or DataFaultKind.Timeout)
        {
            throw new StepRefusedException(step, e.Fault);
        }
    }

    /// <summary>
    /// The fault of the proposal: at the index or the query that is to blame when it belongs to a touched collection, otherwise in the message.
    /// </summary>
    public static Fault Of(SchemaProposal proposal, StepRefusedException refused)
    {
        var (collection, path, entry) = refused.Step switch
        {
            CreateIndex create => (create.Collection, "indexes." + create.Collection.Indexes.IndexOf(create.Index).ToString(CultureInfo.InvariantCulture),
                new FieldFault("validation_invalid_index_expression", Sentence.Of($"Failed to create index {create.Index.Name} - {refused.Message}"))),
            CreateView create => (create.Collection, "viewQuery", ProposalCheck.InvalidQuery(refused.Message)),
            _ => ((Collection?)null, "", FieldFault.InvalidValue),
        };
        if (collection is not null && proposal.Touched.FirstOrDefault(item => item.After.Id == collection.Id) is { } own)
        {
            own.Faults.AddAt(path, entry);
            return ProposalCheck.FaultOf(proposal)!; // there is a fault: it was added above
        }
        var why = refused.Step is CreateView broken ? $"the view {broken.Collection.Name} would break: {refused.Message}" : refused.Message;
        return proposal.IsImport ? Proposals.ImportFault(why) : Fault.BadRequest("collections.refused", $"{proposal.Failure} Raw error: \n{why}");
    }
}
