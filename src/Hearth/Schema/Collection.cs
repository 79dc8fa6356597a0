using System.Collections.Immutable;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>What backs a collection.</summary>
public enum CollectionType
{
    /// <summary>A table of records.</summary>
    Base,

    /// <summary>A table of records that can sign in.</summary>
    Auth,

    /// <summary>A read-only query over other collections.</summary>
    View,
}

/// <summary>A named set of records of one shape, with its rules. Immutable: a change makes a new one and a new snapshot.</summary>
public sealed record Collection
{
    private readonly ImmutableArray<Field> fields = [];
    private readonly Dictionary<string, int> ordinals = new(StringComparer.Ordinal);

    /// <summary>Stable id, see <see cref="DerivedId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Name in addresses and in the database.</summary>
    public required string Name { get; init; }

    /// <summary>What backs it.</summary>
    public CollectionType Type { get; init; }

    /// <summary>Part of Hearth itself: cannot be deleted or renamed.</summary>
    public bool System { get; init; }

    /// <summary>The fields in order; values of a record are arrays in the same order.</summary>
    public required ImmutableArray<Field> Fields
    {
        get => fields;
        init
        {
            fields = value;
            ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < value.Length; i++) ordinals.TryAdd(value[i].Name, i);
        }
    }

    /// <summary><c>CREATE [UNIQUE] INDEX</c> statements, parsed.</summary>
    public ImmutableArray<IndexDefinition> Indexes { get; init; } = [];

    /// <summary>Who sees which records in lists: null superusers only, empty everybody, else an expression.</summary>
    public string? ListRule { get; init; }

    /// <summary>Who sees a single record.</summary>
    public string? ViewRule { get; init; }

    /// <summary>Who may create which records.</summary>
    public string? CreateRule { get; init; }

    /// <summary>Who may update which records.</summary>
    public string? UpdateRule { get; init; }

    /// <summary>Who may delete which records.</summary>
    public string? DeleteRule { get; init; }

    /// <summary>Options of an auth collection; null for the others.</summary>
    public AuthOptions? Auth { get; init; }

    /// <summary>The SELECT of a view collection; null for the others.</summary>
    public string? ViewQuery { get; init; }

    /// <summary>When it was created, canonical date text.</summary>
    public string Created { get; init; } = "";

    /// <summary>When it was last saved, canonical date text.</summary>
    public string Updated { get; init; } = "";

    /// <summary>Position of a field in <see cref="Fields"/>, or -1. Names are case-sensitive.</summary>
    public int OrdinalOf(string fieldName) => ordinals.TryGetValue(fieldName, out var ordinal) ? ordinal : -1;

    /// <summary>The field of a name, or null.</summary>
    public Field? FindField(string fieldName) => ordinals.TryGetValue(fieldName, out var ordinal) ? fields[ordinal] : null;

    /// <summary>True when exactly this one field is unique by an index.</summary>
    public bool HasUniqueIndexOn(string fieldName)
    {
        foreach (var index in Indexes)
        {
            if (index.Unique && index.Columns.Length == 1 && string.Equals(index.Columns[0].Name, fieldName, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>The id that a collection of this type and name gets: <c>pbc_</c> and the decimal CRC-32 of both.</summary>
    public static string DerivedId(CollectionType type, string name) => $"pbc_{Crc32.Of(type.WireName() + name)}";

    /// <summary>Collections are compared by reference: a snapshot holds one object for each.</summary>
    public bool Equals(Collection? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => global::System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>Wire names of <see cref="CollectionType"/>.</summary>
public static class CollectionTypes
{
    /// <summary>The name on the wire, such as <c>auth</c>.</summary>
    public static string WireName(this CollectionType type) => type switch
    {
        CollectionType.Auth => "auth",
        CollectionType.View => "view",
        _ => "base",
    };

    /// <summary>The type of a wire name, or null when there is none of that name.</summary>
    public static CollectionType? Parse(string wireName) => wireName switch
    {
        "base" => CollectionType.Base,
        "auth" => CollectionType.Auth,
        "view" => CollectionType.View,
        _ => null,
    };
}
