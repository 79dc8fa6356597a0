using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>
/// One field of a collection: its name, its options, and what its type means. Immutable. One file a type in <c>Fields/</c>
/// says everything about that type except its SQL, which is the engine's.
/// </summary>
public abstract record Field
{
    /// <summary>Stable id; the identity of the field across renames.</summary>
    public string Id { get; init; } = "";

    /// <summary>Name, the key in record JSON.</summary>
    public required string Name { get; init; }

    /// <summary>Cannot be renamed or removed.</summary>
    public bool System { get; init; }

    /// <summary>Neither shown to nor writable or filterable by anyone but superusers; rules may use it.</summary>
    public bool Hidden { get; init; }

    /// <summary>A hint for the dashboard: shown where a record stands for itself.</summary>
    public bool Presentable { get; init; }

    /// <summary>A hint for the dashboard, at most 300 bytes.</summary>
    public string Help { get; init; } = "";

    /// <summary>The value must not be the zero value.</summary>
    public bool Required { get; init; }

    /// <summary>The kind of field.</summary>
    public abstract FieldType Type { get; }

    /// <summary>The value of a field that nobody set.</summary>
    public virtual FieldValue Zero => FieldValue.EmptyText;

    /// <summary>True when the field holds a list of texts (select, relation and file with more than one allowed).</summary>
    public virtual bool Multiple => false;

    /// <summary>
    /// Turns what a client sent into a value of this field, by the silent coercions of the contract (section 5). Never fails: what
    /// cannot be understood becomes the zero value or a value that <see cref="Check"/> refuses.
    /// </summary>
    public abstract FieldValue Coerce(JsonElement input);

    /// <summary>Checks a value against the options, without the database. Null when it may be stored.</summary>
    public abstract FieldFault? Check(FieldValue value);

    /// <summary>True when the value is the zero value in the sense of <see cref="Required"/>.</summary>
    public virtual bool IsZero(FieldValue value) => value == Zero;

    /// <summary>
    /// The value that a modifier of a body key makes of the stored one (contract 5: <c>field+</c>, <c>+field</c>, <c>field-</c>,
    /// <c>field:autogenerate</c>), or null when fields of this type do not know the modifier.
    /// </summary>
    public virtual FieldValue? Modify(ValueModifier modifier, FieldValue stored, JsonElement input) => null;

    /// <summary>Checks the options that only this type has; what all types share is checked with the collection.</summary>
    internal abstract void CheckOptions(FaultMap faults, FieldContext context);

    /// <summary>Writes the options that only this type has, with the key names of the contract.</summary>
    internal abstract void WriteOptions(Utf8JsonWriter writer);

    /// <summary>The same field with the options that only this type has read from JSON; absent ones keep their value.</summary>
    internal abstract Field WithOptions(OptionReader options);

    /// <summary>The fault of a required field without a value, or null.</summary>
    private protected FieldFault? CheckRequired(FieldValue value) => Required && IsZero(value) ? FieldFault.Required : null;
}
