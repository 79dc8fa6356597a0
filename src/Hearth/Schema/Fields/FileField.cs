using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>Names of uploaded files (contract 5.8). Their bytes are kept elsewhere; here they are texts.</summary>
public sealed partial record FileField : Field
{
    private const long StandardSize = 5L << 20;

    /// <summary>Most files; 0 and 1 mean a single one.</summary>
    public long MaxSelect { get; init; }

    /// <summary>Most bytes a file; 0 means 5 MiB.</summary>
    public long MaxSize { get; init; }

    /// <summary>Most bytes a file, with the contract's 5 MiB where none is set.</summary>
    public long MostBytes => MaxSize > 0 ? MaxSize : StandardSize;

    /// <summary>Allowed media types; empty means any.</summary>
    public IReadOnlyList<string> MimeTypes { get; init; } = [];

    /// <summary>Allowed thumb sizes such as <c>100x100f</c>.</summary>
    public IReadOnlyList<string> Thumbs { get; init; } = [];

    /// <summary>Served only to who satisfies the view rule.</summary>
    public bool Protected { get; init; }

    /// <summary>Photos keep the place where they were made; otherwise it is taken out of them when they are uploaded.</summary>
    public bool KeepLocation { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.File;

    /// <inheritdoc/>
    public override bool Multiple => MaxSelect > 1;

    /// <inheritdoc/>
    public override FieldValue Zero => Multiple ? FieldValue.EmptyList : FieldValue.EmptyText;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => Coercion.Choice(input, Multiple);

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        if (CheckRequired(value) is { } required) return required;
        var most = Math.Max(1, MaxSelect);
        return value.AsList.Count > most
            ? FieldFaults.With("validation_too_many_files", "The maximum allowed files is {maxSelect}.", "maxSelect", most)
            : null;
    }

    /// <inheritdoc/>
    public override FieldValue? Modify(ValueModifier modifier, FieldValue stored, JsonElement input) => Choices.Modify(modifier, stored, input, Multiple);

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
        if (MaxSelect < 0) faults.Add("maxSelect", FieldFaults.BelowThreshold(0));
        if (MaxSelect > FieldFaults.MostExact) faults.Add("maxSelect", FieldFaults.AboveThreshold(FieldFaults.MostExact));
        if (MaxSize < 0) faults.Add("maxSize", FieldFaults.BelowThreshold(0));
        if (MaxSize > FieldFaults.MostExact) faults.Add("maxSize", FieldFaults.AboveThreshold(FieldFaults.MostExact));
        for (var i = 0; i < Thumbs.Count; i++)
        {
            if (!ThumbSize().IsMatch(Thumbs[i]) || Thumbs[i].StartsWith("0x0", StringComparison.Ordinal))
            {
                faults.AddAt($"thumbs.{i}", new FieldFault("validation_match_invalid", "Must be in a valid format."));
            }
        }
    }

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteNumber("maxSelect", MaxSelect);
        writer.WriteNumber("maxSize", MaxSize);
        writer.WriteTexts("mimeTypes", MimeTypes.Count == 0 ? null : MimeTypes);
        writer.WriteTexts("thumbs", Thumbs.Count == 0 ? null : Thumbs);
        writer.WriteBoolean("protected", Protected);
        if (KeepLocation) writer.WriteBoolean("keepLocation", true);
    }

    internal override Field WithOptions(OptionReader options) => this with
    {
        MaxSelect = options.Whole("maxSelect", MaxSelect),
        MaxSize = options.Whole("maxSize", MaxSize),
        MimeTypes = options.Texts("mimeTypes", MimeTypes) ?? [],
        Thumbs = options.Texts("thumbs", Thumbs) ?? [],
        Protected = options.Flag("protected", Protected),
        KeepLocation = options.Flag("keepLocation", KeepLocation),
    };

    [GeneratedRegex(@"^[0-9]{1,5}x[0-9]{1,5}[tbf]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex ThumbSize();
}
