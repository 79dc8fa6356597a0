using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>True or false (contract 5.5).</summary>
public sealed record BoolField : Field
{

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Bool;

    /// <inheritdoc/>
    public override FieldValue Zero => FieldValue.Bool(false);

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
