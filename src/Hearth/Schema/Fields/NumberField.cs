using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>A number (contract 5.4).</summary>
public sealed record NumberField : Field
{
    /// <summary>Least value; null means no limit.</summary>
    public double? Min { get; init; }

    /// <summary>Greatest value; null means no limit.</summary>
    public double? Max { get; init; }

    /// <summary>Whole numbers only.</summary>
    public bool OnlyInt { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Number;

    /// <inheritdoc/>
    public override FieldValue Zero => FieldValue.Number(0);

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
