using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>Plain text (contract 5.2).</summary>
public sealed record TextField : Field
{
    /// <summary>Fewest code points; 0 means no limit.</summary>
    public int Min { get; init; }

    /// <summary>Most code points; 0 means 5000.</summary>
    public int Max { get; init; }

    /// <summary>Regular expression, unanchored; empty means any.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>Pattern from which a value is made when none is sent; empty means none.</summary>
    public string AutogeneratePattern { get; init; } = "";

    /// <summary>This is the primary key; only on the field <c>id</c>.</summary>
    public bool PrimaryKey { get; init; }

    /// <summary>The column may hold NULL. Only for internal tables; not on the wire.</summary>
    public bool Nullable { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Text;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
