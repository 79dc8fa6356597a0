using Hearth.Basics;
using Hearth.Basics.Journeys;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Writing;

/// <summary>What the rules of a collection say to a caller (contract 4.5).</summary>
internal static class RecordRules
{
    /// <summary>The refusal of a null rule or of the scope of an API key, or null when the caller may go on.</summary>
    public static Fault? Gate(Caller caller, Collection collection, RecordActions action)
    {
        if (!caller.May(collection, action)) return Fault.Forbidden("records.out_of_scope", "The API key is not allowed to perform this action.");
        return RuleOf(collection, action) is null && !caller.IsSuperuser ? Fault.Forbidden("records.superusers_only", "Only superusers can perform this action.") : null;
    }

    /// <summary>Notes what the rule of a collection says to a caller.</summary>
    public static void Note(Journey? journey, Caller caller, Collection collection, RecordActions action, string filter = "")
    {
        if (journey is null) return;
        var rule = RuleOf(collection, action);
        var outcome = Gate(caller, collection, action) is not null ? "refused" : caller.IsSuperuser ? "bypassed" : rule is "" ? "open" : "filtered";
        journey.Rule(collection.Name, NameOf(action), rule, outcome, filter);
    }

    private static string NameOf(RecordActions action) => action switch
    {
        RecordActions.List => "list",
        RecordActions.View => "view",
        RecordActions.Create => "create",
        RecordActions.Update => "update",
        RecordActions.Delete => "delete",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static string? RuleOf(Collection collection, RecordActions action) => action switch
    {
        RecordActions.List => collection.ListRule,
        RecordActions.View => collection.ViewRule,
        RecordActions.Create => collection.CreateRule,
        RecordActions.Update => collection.UpdateRule,
        RecordActions.Delete => collection.DeleteRule,
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    /// <summary>True when there is an expression to evaluate.</summary>
    public static bool Applies(Caller caller, string? rule) => !caller.IsSuperuser && !string.IsNullOrEmpty(rule);

    /// <summary>Whether a stored record satisfies a rule; a rule that cannot be understood is not satisfied.</summary>
    public static async ValueTask<bool> HoldsAsync(
        ReadSession session, SchemaSnapshot schema, RequestFacts facts, Collection collection, string id, string rule, CancellationToken stop)
    {
        var plan = new Planner(schema, facts).One(collection, id, rule);
        return !plan.Failed(out _) && await session.AnyAsync(plan.Value, stop);
    }

    /// <summary>Whether a row that is not stored yet satisfies a rule.</summary>
    public static async ValueTask<bool> HoldsAsync(
        ReadSession session, SchemaSnapshot schema, RequestFacts facts, Collection collection, IReadOnlyList<FieldValue> row, string rule, CancellationToken stop)
    {
        var plan = new Planner(schema, facts).Virtual(collection, row, rule);
        return !plan.Failed(out _) && await session.AnyAsync(plan.Value, stop);
    }

    /// <summary>True when the caller manages every account of the collection; null when its manage rule must be asked.</summary>
    public static bool? Manages(Caller caller, Collection collection) => caller.IsSuperuser
        ? true
        : caller.IsGuest || string.IsNullOrEmpty(collection.Auth?.ManageRule) ? false : null;
}
