using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>One or several of fixed options (contract 5.9).</summary>
public sealed record SelectField : Field
{
    /// <summary>The options.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Most options at once; 0 and 1 mean a single one.</summary>
    public long MaxSelect { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Select;

    /// <inheritdoc/>
    public override bool Multiple => MaxSelect > 1;

    /// <inheritdoc/>
    public override FieldValue Zero => Multiple ? FieldValue.EmptyList : FieldValue.EmptyText;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => Coercion.Choice(input, Multiple);

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        var chosen = value.AsList;
        if (chosen.Count == 0) return CheckRequired(value);
        var most = Math.Max(1, MaxSelect);
        if (chosen.Count > most) return FieldFaults.TooManyValues(most);
        foreach (var option in chosen)
        {
            if (!Values.Contains(option, StringComparer.Ordinal)) return FieldFaults.With("validation_invalid_value", "Invalid value {value}.", "value", option);
        }
        return null;
    }

    /// <inheritdoc/>
    public override FieldValue? Modify(ValueModifier modifier, FieldValue stored, JsonElement input) => Choices.Modify(modifier, stored, input, Multiple);

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
        if (Values.Count == 0) faults.Add("values", FieldFault.Required);
        if (MaxSelect < 0) faults.Add("maxSelect", FieldFaults.BelowThreshold(0));
        else if (Values.Count > 0 && MaxSelect > Values.Count) faults.Add("maxSelect", FieldFaults.AboveThreshold(Values.Count));
    }

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteTexts("values", Values);
        writer.WriteNumber("maxSelect", MaxSelect);
    }

    internal override Field WithOptions(OptionReader options) => this with
    {
        Values = options.Texts("values", Values) ?? [],
        MaxSelect = options.Whole("maxSelect", MaxSelect),
    };
}
