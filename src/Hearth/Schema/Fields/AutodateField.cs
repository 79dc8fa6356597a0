using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>An instant that the server sets (contract 5.7).</summary>
public sealed record AutodateField : Field
{
    /// <summary>Set when a record is created.</summary>
    public bool OnCreate { get; init; }

    /// <summary>Set whenever a record is updated.</summary>
    public bool OnUpdate { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Autodate;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
