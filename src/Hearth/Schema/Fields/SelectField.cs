using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>One or several of fixed options (contract 5.9).</summary>
public sealed record SelectField : Field
{
    /// <summary>The options.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Most options at once; 0 and 1 mean a single one.</summary>
    public int MaxSelect { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Select;

    /// <inheritdoc/>
    public override bool Multiple => MaxSelect > 1;

    /// <inheritdoc/>
    public override FieldValue Zero => Multiple ? FieldValue.EmptyList : FieldValue.EmptyText;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
