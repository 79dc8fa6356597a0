using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>Names of uploaded files (contract 5.8).</summary>
public sealed record FileField : Field
{
    /// <summary>Most files; 0 and 1 mean a single one.</summary>
    public int MaxSelect { get; init; }

    /// <summary>Most bytes a file; 0 means 5 MiB.</summary>
    public long MaxSize { get; init; }

    /// <summary>Allowed media types; empty means any.</summary>
    public IReadOnlyList<string> MimeTypes { get; init; } = [];

    /// <summary>Allowed thumb sizes such as <c>100x100f</c>.</summary>
    public IReadOnlyList<string> Thumbs { get; init; } = [];

    /// <summary>Served only to who satisfies the view rule.</summary>
    public bool Protected { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.File;

    /// <inheritdoc/>
    public override bool Multiple => MaxSelect > 1;

    /// <inheritdoc/>
    public override FieldValue Zero => Multiple ? FieldValue.EmptyList : FieldValue.EmptyText;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
