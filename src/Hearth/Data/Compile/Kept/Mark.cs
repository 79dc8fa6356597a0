namespace Hearth.Data.Compile.Kept;

/// <summary>One part of a structure: a number, or something that is compared by reference (fields, collections) or is text.</summary>
internal readonly record struct Mark(object? What, int Number)
{
    /// <summary>The same part.</summary>
    public bool Equals(Mark other) =>
        Number == other.Number && (ReferenceEquals(What, other.What) || (What is string text && other.What is string otherText && text == otherText));

    /// <inheritdoc/>
    public override int GetHashCode() => Number;
}
