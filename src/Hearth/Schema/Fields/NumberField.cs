using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>A 64-bit floating-point number; what is no number becomes 0 (contract 5.4).</summary>
public sealed record NumberField : Field
{
    /// <summary>Least value; null means no limit.</summary>
    public double? Min { get; init; }

    /// <summary>Greatest value; null means no limit.</summary>
    public double? Max { get; init; }

    /// <summary>Whole numbers only.</summary>
    public bool OnlyInt { get; init; }

    /// <summary>The value of a view's expression, which makes no number of a text beside it. Not on the wire.</summary>
    public bool Computed { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Number;

    /// <inheritdoc/>
    public override FieldValue Zero => FieldValue.Number(0);

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => FieldValue.Number(Coercion.Number(input));

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        var number = value.AsNumber;
        if (!double.IsFinite(number)) return new FieldFault("validation_not_a_number", "The submitted number is not properly formatted.");
        // Zero counts as "nothing sent", so the limits do not apply to it.
        if (number == 0) return CheckRequired(value);
        // Beyond 64 bits nobody can count on it.
        if (OnlyInt && (number != Math.Floor(number) || Math.Abs(number) >= 9.2233720368547758E18)) return new FieldFault("validation_only_int_constraint", "Decimal numbers are not allowed.");
        if (number < Min) return FieldFaults.With("validation_min_number_constraint", "Must be greater or equal than {min}.", "min", Min.Value);
        return number > Max ? FieldFaults.With("validation_max_number_constraint", "Must be less or equal than {max}.", "max", Max.Value) : null;
    }

    /// <inheritdoc/>
    public override FieldValue? Modify(ValueModifier modifier, FieldValue stored, JsonElement input) => modifier switch
    {
        ValueModifier.Append => FieldValue.Number(stored.AsNumber + Coercion.Number(input)),
        ValueModifier.Remove => FieldValue.Number(stored.AsNumber - Coercion.Number(input)),
        _ => null,
    };

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
        if (OnlyInt && Min is { } min && min != Math.Floor(min)) faults.Add("min", new FieldFault("validation_only_int_constraint", "Decimal numbers are not allowed."));
        if (OnlyInt && Max is { } max && max != Math.Floor(max)) faults.Add("max", new FieldFault("validation_only_int_constraint", "Decimal numbers are not allowed."));
        if (Max < Min) faults.Add("max", FieldFaults.With("validation_min_number_constraint", "Must be greater or equal than {min}.", "min", Min.Value));
    }

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteNumberOrNull("min", Min);
        writer.WriteNumberOrNull("max", Max);
        writer.WriteBoolean("onlyInt", OnlyInt);
    }

    internal override Field WithOptions(OptionReader options) => this with
    {
        Min = options.Number("min", Min),
        Max = options.Number("max", Max),
        OnlyInt = options.Flag("onlyInt", OnlyInt),
    };
}
