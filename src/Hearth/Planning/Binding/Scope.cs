using Hearth.Planning.Rules;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>
/// Where an expression stands while it is bound: what its names mean, what it may use, and what was found on the way.
/// One scope for each text (rule, filter, sort); texts of one plan share <see cref="Joins"/>.
/// </summary>
/// <param name="schema">Where collections are looked up.</param>
/// <param name="facts">What <c>@request.*</c> and the macros mean.</param>
/// <param name="joins">The sources of the plan.</param>
/// <param name="restricted">
/// The text comes from a client that is no superuser: no hidden fields, no <c>@collection</c> and <c>@request</c>, and the list rules of
/// joined collections apply (contract 2.4).
/// </param>
/// <param name="limits">The text comes from a client with an API key: only collections that its scope lets it list may be looked at.</param>
/// <param name="fromClient">The text comes from a client, whoever it is.</param>
internal sealed class Scope(SchemaSnapshot schema, RequestFacts facts, Joins joins, bool restricted, CallerScope? limits = null, bool fromClient = false)
{
    private readonly Dictionary<Source, Filter?> listRules = [];

    /// <summary>Where collections are looked up.</summary>
    public SchemaSnapshot Schema { get; } = schema;

    /// <summary>What <c>@request.*</c> and the macros mean.</summary>
    public RequestFacts Facts { get; } = facts;

    /// <summary>The sources of the plan.</summary>
    public Joins Joins { get; } = joins;

    /// <summary>The collection that plain names belong to.</summary>
    public Collection Collection => Joins.Root.Collection!; // a base source always has one

    /// <summary>The text comes from a client that is no superuser.</summary>
    public bool Restricted { get; } = restricted;

    /// <summary>What is wrong; null while nothing is.</summary>
    public RuleProblem? Problem { get; private set; }

    /// <summary>Conditions on the rows behind the operands of the comparison that is being bound; emptied for each comparison.</summary>
    public List<Filter> RowConditions { get; } = [];

    /// <summary>The list rules of all collections that were joined, each as a condition on its source.</summary>
    public IEnumerable<Filter> ListRules => listRules.Values.OfType<Filter>();

    /// <summary>Notes the first problem; returns null so that callers can hand it on.</summary>
    public T? Fail<T>(string reason, int position) where T : class
    {
        Problem ??= new RuleProblem(reason, position);
        return null;
    }

    /// <summary>Notes that a join leads to this source; false, with a problem, when the client may not look there.</summary>
    public bool Enter(Source source, Collection collection, int position)
    {
        if (limits is not null && !limits.Allows(collection, RecordActions.List))
        {
            Fail<Filter>($"The scope of the API key leaves \"{collection.Name}\" out", position);
            return false;
        }
        if (!Restricted) return true;
        if (!listRules.TryGetValue(source, out var condition))
        {
            if (!BindListRule(source, collection, position, out condition)) return false;
            listRules.Add(source, condition);
        }
        if (condition is not null && !RowConditions.Contains(condition)) RowConditions.Add(condition);
        return true;
    }

    private bool BindListRule(Source source, Collection collection, int position, out Filter? condition)
    {
        condition = null;
        if (collection.ListRule is not { } rule)
        {
            Fail<Filter>($"Records of \"{collection.Name}\" can be listed by superusers only", position);
            return false;
        }
        if (rule.Length == 0) return true;
        var row = new BaseSource(collection);
        var bound = RuleBinder.Bind(rule, new Scope(Schema, Facts, new Joins(row), restricted: false), out var problem);
        if (bound is null)
        {
            Fail<Filter>($"The list rule of \"{collection.Name}\" is broken: {problem}", position);
            return false;
        }
        condition = new AnyOf([new Missing(source), new Satisfies(source, row, bound)]);
        return true;
    }

    /// <summary>True, with a problem, when the text may not use a field. Passwords and the keys of tokens are for no client, superusers and their API keys included.</summary>
    public bool Hides(Collection collection, Field field, int position)
    {
        var isSecret = fromClient && Visibility.IsSecret(collection, field);
        if (!isSecret && !(Restricted && field.Hidden)) return false;
        Fail<Field>(isSecret ? $"Nobody can filter or sort by \"{field.Name}\"" : $"The field \"{field.Name}\" is hidden", position);
        return true;
    }
}
