using Hearth.Basics;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Changes;

namespace Hearth.Data.Changes;

/// <summary>Checks that the rules of touched collections can be bound in the schema as it will be.</summary>
internal static class RuleChecks
{
    /// <summary>Adds <c>validation_invalid_rule</c> to the faults of collections with a rule that cannot be bound.</summary>
    public static void Check(SchemaProposal proposal, SchemaSnapshot after)
    {
        var planner = new Planner(after, RequestFacts.None);
        foreach (var item in proposal.Touched)
        {
            foreach (var (key, rule) in ProposalCheck.RulesOf(item.After))
            {
                if (planner.CheckRule(item.After, rule).Failed(out var fault))
                {
                    item.Faults.AddAt(key, new FieldFault("validation_invalid_rule", Sentence.Of($"Invalid rule. Raw error: {fault.Message}")));
                }
            }
        }
    }
}
