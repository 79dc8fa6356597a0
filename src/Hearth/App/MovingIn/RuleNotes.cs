using Hearth.Planning;
using Hearth.Planning.Rules;
using Hearth.Schema;
using Hearth.Schema.Changes;

namespace Hearth.App.MovingIn;

/// <summary>Rules that do not do here what they did in the old app.</summary>
internal static class RuleNotes
{
    /// <summary>Each in a sentence.</summary>
    /// <param name="schema">Of the new app.</param>
    /// <param name="moved">The collections that came from the old one.</param>
    public static IEnumerable<string> Of(SchemaSnapshot schema, IReadOnlyList<Collection> moved)
    {
        var planner = new Planner(schema, RequestFacts.None);
        foreach (var collection in moved.Select(old => schema.Find(old.Id)).OfType<Collection>())
        {
            foreach (var (key, rule) in ProposalCheck.RulesOf(collection))
            {
                if (planner.CheckRule(collection, rule).Failed(out var fault))
                {
                    yield return $"{collection.Name}.{key} cannot be read, so it lets nobody in but superusers: {fault.Message} The rule is: {rule}";
                }
            }
            if (BackRelations.InCreateRule(collection) is { } path)
            {
                yield return $"{collection.Name}.createRule looks through {path}. The old app let nobody in by such a rule; here it is evaluated, with no record behind {path} yet, and may let people in. The rule is: {collection.CreateRule}";
            }
        }
    }
}
