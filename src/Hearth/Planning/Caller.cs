using Hearth.Schema;

namespace Hearth.Planning;

/// <summary>Who makes a request: a guest, a signed-in record, or a superuser. Fixed for the whole request.</summary>
public sealed class Caller
{
    /// <summary>Name of the collection of superusers.</summary>
    public const string SuperusersCollection = "_superusers";

    private readonly IReadOnlyList<FieldValue> values;

    private Caller(Collection? collection, IReadOnlyList<FieldValue> values, bool isSuperuser, CallerScope? scope = null) =>
        (Collection, this.values, IsSuperuser, Scope) = (collection, values, isSuperuser, scope);

    /// <summary>Nobody in particular.</summary>
    public static Caller Guest { get; } = new(null, [], false);

    /// <summary>The program itself: jobs, the command line, migrations. Bypasses every rule.</summary>
    public static Caller System { get; } = new(null, [], true);

    /// <summary>A signed-in record with its stored values in the order of the collection's fields.</summary>
    public static Caller Of(Collection collection, IReadOnlyList<FieldValue> values) =>
        new(collection, values, collection.Name == SuperusersCollection);

    /// <summary>A record whose API key made the request.</summary>
    public static Caller Of(Collection collection, IReadOnlyList<FieldValue> values, CallerScope scope) =>
        new(collection, values, collection.Name == SuperusersCollection, scope);

    /// <summary>What the caller is held to beyond the rules; null for everybody who does not come with an API key.</summary>
    public CallerScope? Scope { get; }

    /// <summary>Whether the scope, if there is one, allows an action in a collection. The rules come on top.</summary>
    public bool May(Collection collection, RecordActions action) => Scope is null || Scope.Allows(collection, action);

    /// <summary>The collection of the record; null for guests and the system.</summary>
    public Collection? Collection { get; }

    /// <summary>Bypasses every rule.</summary>
    public bool IsSuperuser { get; }

    /// <summary>True when no record is signed in.</summary>
    public bool IsGuest => Collection is null && !IsSuperuser;

    /// <summary>Id of the record; empty for guests and the system.</summary>
    public string Id => Get("id").AsText;

    /// <summary>The stored value of a field; null value when there is no such field.</summary>
    public FieldValue Get(string fieldName)
    {
        var ordinal = Collection?.OrdinalOf(fieldName) ?? -1;
        return ordinal < 0 ? FieldValue.Null : values[ordinal];
    }
}
