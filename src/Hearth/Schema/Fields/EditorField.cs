using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>HTML text (contract 5.3).</summary>
public sealed record EditorField : Field
{
    /// <summary>Most bytes; 0 means 5 MiB.</summary>
    public long MaxSize { get; init; }

    /// <summary>A hint for the dashboard.</summary>
    public bool ConvertUrls { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Editor;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
