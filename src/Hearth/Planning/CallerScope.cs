using System.Collections.Frozen;
using Hearth.Schema;

namespace Hearth.Planning;

/// <summary>What can be done with records; each has a rule of its own (contract 4.5).</summary>
[Flags]
public enum RecordActions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Reading pages, and looking at records of the collection through filters and sorts of others.</summary>
    List = 1,

    /// <summary>Reading single records, also by <c>expand</c>.</summary>
    View = 2,

    /// <summary>Adding records.</summary>
    Create = 4,

    /// <summary>Changing records.</summary>
    Update = 8,

    /// <summary>Removing records.</summary>
    Delete = 16,
}

/// <summary>
/// What a caller is held to beyond the rules, whoever it is: the scope of an API key. Asked wherever a rule is chosen, so that nothing leads around it.
/// </summary>
/// <param name="collections">Allowed actions by collection id; <see cref="Any"/> stands for every collection that is no system collection.</param>
/// <param name="routes">Further routes, as <c>METHOD /path/{pattern}</c>.</param>
public sealed class CallerScope(FrozenDictionary<string, RecordActions> collections, FrozenSet<string> routes)
{
    /// <summary>Stands for every collection but system collections.</summary>
    public const string Any = "*";

    /// <summary>Whether an action is allowed in a collection.</summary>
    public bool Allows(Collection collection, RecordActions action)
    {
        var allowed = collections.GetValueOrDefault(collection.Id);
        if (!collection.System) allowed |= collections.GetValueOrDefault(Any);
        return (allowed & action) == action;
    }

    /// <summary>Whether a route that is not about records is allowed.</summary>
    public bool AllowsRoute(string method, string path) => routes.Contains($"{method} {path}");
}
