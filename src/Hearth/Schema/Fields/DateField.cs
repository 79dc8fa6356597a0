using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>An instant; what cannot be read as a date is stored as empty (contract 1.8 and 5.7).</summary>
public sealed record DateField : Field
{
    /// <summary>Earliest instant in canonical text; empty means no limit.</summary>
    public string Min { get; init; } = "";

    /// <summary>Latest instant in canonical text; empty means no limit.</summary>
    public string Max { get; init; } = "";

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Date;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) =>
        FieldValue.Text(input.ValueKind == JsonValueKind.String ? DateText.Normalize(Coercion.StringOf(input)) : "");

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        var date = value.AsText;
        if (date.Length == 0) return CheckRequired(value);
        // Canonical texts sort like the instants they name.
        if (Min.Length > 0 && string.CompareOrdinal(date, Min) < 0) return FieldFaults.BelowThreshold(Min);
        return Max.Length > 0 && string.CompareOrdinal(date, Max) > 0 ? FieldFaults.AboveThreshold(Max) : null;
    }

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
        if (Min.Length > 0 && Max.Length > 0 && string.CompareOrdinal(Max, Min) < 0) faults.Add("max", FieldFaults.BelowThreshold(Min));
    }

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteString("min", Min);
        writer.WriteString("max", Max);
    }

    internal override Field WithOptions(OptionReader options) => this with
    {
        Min = DateText.Normalize(options.Text("min", Min)),
        Max = DateText.Normalize(options.Text("max", Max)),
    };
}
