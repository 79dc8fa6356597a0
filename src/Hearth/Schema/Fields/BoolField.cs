using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>True or false; when required it must be true (contract 5.5).</summary>
public sealed record BoolField : Field
{
    /// <inheritdoc/>
    public override FieldType Type => FieldType.Bool;

    /// <inheritdoc/>
    public override FieldValue Zero => FieldValue.Bool(false);

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => FieldValue.Bool(Coercion.Truth(input));

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => CheckRequired(value);

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
    }

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
    }

    internal override Field WithOptions(OptionReader options) => this;
}
