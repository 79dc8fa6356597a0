using System.Collections.Immutable;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Changes;

namespace Hearth.Data.Changes;

/// <summary>One step of a plan, for people.</summary>
/// <param name="Action">Short name of the step, such as <c>dropColumn</c>.</param>
/// <param name="Collection">Name of the collection that it is about.</param>
/// <param name="Description">One plain sentence.</param>
/// <param name="Rows">Records that are touched.</param>
/// <param name="Loses">Records or values that would be gone afterwards; 0 when nothing is lost.</param>
public sealed record PlannedStep(string Action, string Collection, string Description, long Rows, long Loses);

/// <summary>What a schema change would do, counted on the data as it is. Nothing is changed by reading it.</summary>
public sealed record ChangePlan(ImmutableArray<PlannedStep> Steps)
{
    /// <summary>Something would be lost.</summary>
    public bool Loses => Steps.Any(step => step.Loses > 0);

    /// <summary>Describes a change and counts what it touches. Behind the notes: what was read in another way than it was sent.</summary>
    public static async Task<ChangePlan> ReadAsync(ReadSession session, IReadOnlyList<Collection> before, IReadOnlyList<ProposalNote> notes, SchemaChange change, CancellationToken stop)
    {
        var words = new StepWords(session, before);
        var steps = ImmutableArray.CreateBuilder<PlannedStep>();
        steps.AddRange(notes.Select(note => new PlannedStep("readDefinition", note.Collection, note.Text, 0, 0)));
        foreach (var step in change.Steps)
        {
            if (await words.DescribeAsync(step, stop) is { } planned) steps.Add(planned);
        }
        return new ChangePlan(steps.ToImmutable());
    }
}
