using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>An e-mail address (contract 5.6).</summary>
public sealed record EmailField : Field
{
    /// <summary>Refused domains; null means none. Excludes <see cref="OnlyDomains"/>.</summary>
    public IReadOnlyList<string>? ExceptDomains { get; init; }

    /// <summary>The only allowed domains; null means any.</summary>
    public IReadOnlyList<string>? OnlyDomains { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Email;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
