using Hearth.Schema;

namespace Hearth.Data;

/// <summary>One bound parameter of a statement: a field's value, or a whole number that must not become a floating-point one.</summary>
public readonly struct SqlArgument
{
    private SqlArgument(FieldValue value, long integer, bool isInteger) => (Value, Integer, IsInteger) = (value, integer, isInteger);

    /// <summary>The value, when this is not a whole number.</summary>
    public FieldValue Value { get; }

    /// <summary>The whole number.</summary>
    public long Integer { get; }

    /// <summary>Which of both counts.</summary>
    public bool IsInteger { get; }

    /// <summary>Binds a field's value.</summary>
    public static SqlArgument Of(FieldValue value) => new(value, 0, false);

    /// <summary>Binds a whole number.</summary>
    public static SqlArgument Of(long integer) => new(default, integer, true);
}

/// <summary>A statement: its text and what is bound to it, in order.</summary>
public sealed record SqlStatement(string Text, IReadOnlyList<SqlArgument> Arguments)
{
    /// <summary>For statements of plans: the part of the plan that each argument comes from, and which of its values it is.</summary>
    internal IReadOnlyList<(object Owner, int Part)> Origins { get; init; } = [];
}
