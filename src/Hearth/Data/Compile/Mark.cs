namespace Hearth.Data.Compile;

/// <summary>One part of a structure: a number, or something that is compared by reference (fields, collections) or is text.</summary>
internal readonly record struct Mark(object? What, int Number)
{
    /// <summary>The same part.</summary>
    public bool Equals(Mark other) =>
        Number == other.Number && (ReferenceEquals(What, other.What) || (What is string text && other.What is string otherText && text == otherText));

    /// <inheritdoc/>
    public override int GetHashCode() => Number;
}

/// <summary>Stand-ins for the parts of a plan that are numbers and so have no object of their own.</summary>
internal static class PlanPage
{
    /// <summary>Owner of the limit.</summary>
    public static readonly object Limit = new();

    /// <summary>Owner of the offset.</summary>
    public static readonly object Offset = new();
}
