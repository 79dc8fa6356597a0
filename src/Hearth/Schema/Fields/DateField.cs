using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>An instant (contract 5.7).</summary>
public sealed record DateField : Field
{
    /// <summary>Earliest instant in canonical text; empty means no limit.</summary>
    public string Min { get; init; } = "";

    /// <summary>Latest instant in canonical text; empty means no limit.</summary>
    public string Max { get; init; } = "";

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Date;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
