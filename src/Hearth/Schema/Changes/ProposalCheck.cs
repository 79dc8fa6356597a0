using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Views;

namespace Hearth.Schema.Changes;

/// <summary>Gives views their fields and checks a whole proposal, all faults at once. The rules are checked where the planner is at hand.</summary>
public static class ProposalCheck
{
    /// <summary>
    /// Infers the fields of every view, because what they read may have changed. A query that cannot be understood is a fault of its own
    /// collection, or, when a change elsewhere broke it, a problem of the whole proposal.
    /// </summary>
    public static Outcome<SchemaProposal> InferViews(SchemaProposal proposal)
    {
        var byName = new Dictionary<string, Collection>(StringComparer.OrdinalIgnoreCase);
        foreach (var collection in proposal.After) byName.TryAdd(collection.Name, collection);
        var changed = new Dictionary<string, Collection>(StringComparer.Ordinal);
        foreach (var view in ViewOrder.Sort(proposal.After.Where(collection => collection.Type == CollectionType.View)))
        {
            if (string.IsNullOrWhiteSpace(view.ViewQuery)) continue;
            var inferred = ViewShape.Infer(view.ViewQuery, byName.GetValueOrDefault);
            if (inferred.Failed(out var fault))
            {
                var own = proposal.Touched.FirstOrDefault(item => item.After == view);
                if (own is null) return Fault.BadRequest("collections.view_broken", $"{proposal.Failure} Raw error: \nthe view {view.Name} would break: {fault.Cause}");
                own.Faults.Add("viewQuery", InvalidQuery(fault.Cause ?? ""));
                continue;
            }
            changed[view.Id] = byName[view.Name] = view with { Fields = inferred.Value, ViewQuery = view.ViewQuery.Trim().TrimEnd(';').TrimEnd() };
        }
        return proposal.With(changed);
    }

    /// <summary>Adds to each touched collection's faults what is wrong with it.</summary>
    public static void Check(SchemaProposal proposal)
    {
        foreach (var item in proposal.Touched)
        {
            CollectionCheck.Check(new CheckedCollection(item.Before, item.After, proposal.After), item.Faults);
        }
    }

    /// <summary>True when ids and names are unique, so that a snapshot can be made of the proposal.</summary>
    public static bool HasUniqueNames(SchemaProposal proposal) =>
        proposal.After.Select(collection => collection.Id).Distinct(StringComparer.Ordinal).Count() == proposal.After.Length &&
        proposal.After.Select(collection => collection.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == proposal.After.Length;

    /// <summary>The rules of a collection by their keys, with the rule of the second factor when that is on.</summary>
    public static IEnumerable<(string Key, string Rule)> RulesOf(Collection collection)
    {
        foreach (var (key, rule) in CollectionCheck.Rules(collection))
        {
            if (rule is { Length: > 0 }) yield return (key, rule);
        }
        if (collection.Auth is { Mfa: { Enabled: true, Rule.Length: > 0 } mfa }) yield return ("mfa.rule", mfa.Rule);
    }

    /// <summary>The fault that refuses a proposal, or null when nothing is wrong with its collections.</summary>
    public static Fault? FaultOf(SchemaProposal proposal)
    {
        if (proposal.Touched.FirstOrDefault(item => !item.Faults.IsEmpty) is not { } wrong) return null;
        return proposal.IsImport
            ? Proposals.ImportRefused($"Data validations failed for collection \"{wrong.After.Name}\" ({wrong.After.Id}):\n{Describe(wrong.Faults, "")}")
            : Fault.BadRequest("collections.invalid", proposal.Failure, wrong.Faults);
    }

    /// <summary>The fault of a query that does not work; the message is cut at 500 characters.</summary>
    public static FieldFault InvalidQuery(string cause)
    {
        var message = $"Invalid query - {cause}";
        return new FieldFault("validation_invalid_view_query", Sentence.Of(message.Length > 500 ? message[..500] : message));
    }

    private static string Describe(FaultMap faults, string path) => string.Join(" ", faults.Entries.Select(entry => entry.Value switch
    {
        FaultMap inner => Describe(inner, $"{path}{entry.Key}."),
        FieldFault fault => $"{path}{entry.Key}: {fault.Message}",
        _ => "",
    }));
}
