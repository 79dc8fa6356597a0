using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>Any JSON value (contract 5.11).</summary>
public sealed record JsonField : Field
{
    /// <summary>Most bytes of JSON text; 0 means 1 MiB.</summary>
    public long MaxSize { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Json;

    /// <inheritdoc/>
    public override FieldValue Zero => FieldValue.Json("null");

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
