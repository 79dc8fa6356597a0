using System.Collections.Immutable;
using Hearth.Planning.Binding;
using Hearth.Schema;

namespace Hearth.Planning;

/// <summary>Decides which columns of a record a caller may see, and of which rows (contract 1.10).</summary>
internal sealed class Visibility(SchemaSnapshot schema, RequestFacts facts)
{
    /// <summary>The columns in the order of the collection's fields.</summary>
    public ImmutableArray<OutputColumn> Columns(BaseSource from)
    {
        var collection = from.Collection!; // a base source always has one
        if (facts.Caller.IsSuperuser) return schema.Derive<ForSuperusers>(collection, _ => new(Make(from, collection))).Columns;
        // Addresses of accounts are shown by row, and the condition belongs to this one plan.
        return collection.Type == CollectionType.Auth ? Make(from, collection) : schema.Derive<ForOthers>(collection, _ => new(Make(from, collection))).Columns;
    }

    /// <summary>Never shown to anybody: passwords, and what tokens are signed with.</summary>
    public static bool IsSecret(Collection collection, Field field) => field is PasswordField || (collection.Type == CollectionType.Auth && field.Name is "password" or "tokenKey");

    private sealed record ForSuperusers(ImmutableArray<OutputColumn> Columns);

    private sealed record ForOthers(ImmutableArray<OutputColumn> Columns);

    private ImmutableArray<OutputColumn> Make(BaseSource from, Collection collection)
    {
        var isAuth = collection.Type == CollectionType.Auth;
        var columns = ImmutableArray.CreateBuilder<OutputColumn>(collection.Fields.Length);
        foreach (var field in collection.Fields)
        {
            if (isAuth && field.Name is "password" or "tokenKey") continue;
            if (field.Hidden && !facts.Caller.IsSuperuser) continue;
            var when = field is PasswordField ? new Always(false)
                : isAuth && field.Name == "email" ? EmailVisible(from, collection)
                : null;
            columns.Add(new OutputColumn(field, when));
        }
        return columns.ToImmutable();
    }

    /// <summary>The owner of an account shows its address to everybody.</summary>
    public static Filter EmailIsPublic(Source account) =>
        account.Collection?.FindField("emailVisibility") is { } field
            ? new Compare(new Column(account, field), CompareOperator.Equal, new Literal(FieldValue.Bool(true)), Any: true)
            : new Always(false);

    /// <summary>When the caller sees the address of an account; null for always.</summary>
    public Filter? EmailVisible(BaseSource from, Collection collection)
    {
        var caller = facts.Caller;
        if (caller.IsSuperuser) return null;
        var ways = ImmutableArray.CreateBuilder<Filter>();
        if (EmailIsPublic(from) is Compare isPublic) ways.Add(isPublic);
        if (caller.Collection?.Id == collection.Id) ways.Add(new IdIn(from, [caller.Id]));
        if (!caller.IsGuest && Managed(from, collection) is { } managed) ways.Add(managed);
        return ways.Count switch { 0 => new Always(false), 1 => ways[0], _ => new AnyOf(ways.ToImmutable()) };
    }

    /// <summary>The row satisfies the manage rule; null when there is none (an empty one is none), or none that can be bound: then nobody manages.</summary>
    private Satisfies? Managed(BaseSource from, Collection collection)
    {
        if (collection.Auth?.ManageRule is not { Length: > 0 } rule) return null;
        var row = new BaseSource(collection, from.VirtualRow);
        return RuleBinder.Bind(rule, new Scope(schema, facts, new Joins(row), restricted: false), out _) is { } condition
            ? new Satisfies(from, row, condition)
            : null;
    }
}
