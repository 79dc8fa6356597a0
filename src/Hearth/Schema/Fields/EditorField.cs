using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>HTML text, stored as it is sent (contract 5.3).</summary>
public sealed record EditorField : Field
{
    private const long DefaultMaxSize = 5 << 20;

    /// <summary>Most bytes; 0 means 5 MiB.</summary>
    public long MaxSize { get; init; }

    /// <summary>A hint for the dashboard.</summary>
    public bool ConvertUrls { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Editor;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => FieldValue.Text(Coercion.Text(input));

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        if (CheckRequired(value) is { } required) return required;
        var most = MaxSize > 0 ? MaxSize : DefaultMaxSize;
        return Encoding.UTF8.GetByteCount(value.AsText) > most
            ? FieldFaults.With("validation_content_size_limit", "The maximum allowed content size is {maxSize} bytes.", "maxSize", most)
            : null;
    }

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
        if (MaxSize < 0) faults.Add("maxSize", FieldFaults.BelowThreshold(0));
        if (MaxSize > FieldFaults.MostExact) faults.Add("maxSize", FieldFaults.AboveThreshold(FieldFaults.MostExact));
    }

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteNumber("maxSize", MaxSize);
        writer.WriteBoolean("convertURLs", ConvertUrls);
    }

    internal override Field WithOptions(OptionReader options) => this with
    {
        MaxSize = options.Whole("maxSize", MaxSize),
        ConvertUrls = options.Flag("convertURLs", ConvertUrls),
    };
}
