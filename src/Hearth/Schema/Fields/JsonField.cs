using System.Globalization;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>Any JSON value (contract 5.11). JSON null is the value <c>null</c>, stored as NULL.</summary>
public sealed record JsonField : Field
{
    private const long DefaultMaxSize = 1 << 20;

    /// <summary>Most bytes of JSON text; 0 means 1 MiB.</summary>
    public long MaxSize { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Json;

    /// <inheritdoc/>
    public override FieldValue Zero => FieldValue.Json("null");

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input)
    {
        if (input.ValueKind == JsonValueKind.Undefined) return Zero;
        if (input.ValueKind != JsonValueKind.String) return Of(input);
        var text = Coercion.StringOf(input);
        return LooksLikeJson(text) && Coercion.TryParse(text, out var parsed) ? Of(parsed) : FieldValue.Json(JsonSpelling.OfText(text));
    }

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        var json = value.AsJson;
        var most = MaxSize > 0 ? MaxSize : DefaultMaxSize;
        if (Encoding.UTF8.GetByteCount(json) > most)
        {
            return FieldFaults.With("validation_json_size_limit", "The maximum allowed JSON size is {maxSize} bytes.", "maxSize", most);
        }
        // Everything that was coerced is valid, but a bare number beyond the range of a double could not be stored as a number.
        if (json[0] is '-' or (>= '0' and <= '9') && !double.IsFinite(double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture)))
        {
            return new FieldFault("validation_invalid_json", "Must be a valid json value.");
        }
        return CheckRequired(value);
    }

    /// <inheritdoc/>
    public override bool IsZero(FieldValue value) => value.AsJson is "null" or "\"\"" or "[]" or "{}";

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
        if (MaxSize < 0) faults.Add("maxSize", FieldFaults.BelowThreshold(0));
        if (MaxSize > FieldFaults.MostExact) faults.Add("maxSize", FieldFaults.AboveThreshold(FieldFaults.MostExact));
    }

    internal override void WriteOptions(Utf8JsonWriter writer) => writer.WriteNumber("maxSize", MaxSize);

    internal override Field WithOptions(OptionReader options) => this with { MaxSize = options.Whole("maxSize", MaxSize) };

    private static bool LooksLikeJson(string text) =>
        text is "null" or "true" or "false" || (text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '"' or '[' or '{'));

    private static FieldValue Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number) return FieldValue.Json(JsonSpelling.Of(value));
        // A bare number is stored as a number, so its spelling does not survive: take the one that will come back.
        if (value.TryGetInt64(out var whole) && Math.Abs((double)whole) < FieldFaults.MostExact) return FieldValue.Json(whole.ToString(CultureInfo.InvariantCulture));
        var number = value.GetDouble();
        if (!double.IsFinite(number)) return FieldValue.Json(value.GetRawText());
        return FieldValue.Json(JsonSpelling.OfNumber(number));
    }
}
