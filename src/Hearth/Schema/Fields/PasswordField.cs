using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>A password of which only a hash is kept (contract 5.13).</summary>
public sealed record PasswordField : Field
{
    /// <summary>Fewest code points; 0 means no limit.</summary>
    public int Min { get; init; }

    /// <summary>Most code points; 0 means 71.</summary>
    public int Max { get; init; }

    /// <summary>Regular expression, unanchored; empty means any.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>Cost of the hash; 0 means the default.</summary>
    public int Cost { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Password;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
