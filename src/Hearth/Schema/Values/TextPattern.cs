using Hearth.Schema.Values.Patterns;

namespace Hearth.Schema.Values;

/// <summary>
/// A regular expression of a field, compiled when first needed. The syntax and the meaning are those of RE2: matching takes linear time, there is no looking
/// around and no back-reference (decision 58). Two patterns of the same text are equal.
/// </summary>
internal sealed class TextPattern(string text) : IEquatable<TextPattern>
{
    private readonly Lazy<(PatternProgram? Program, string? Problem)> compiled = new(() => Compile(text));

    /// <summary>The expression as written.</summary>
    public string Text { get; } = text;

    /// <summary>Whether some part of the value matches; true for the empty pattern, false for a pattern that is not valid.</summary>
    public bool Matches(string value) => Text.Length == 0 || compiled.Value.Program?.IsMatch(value) == true;

    /// <summary>What is wrong with the expression, or null.</summary>
    public string? Problem() => Text.Length == 0 ? null : compiled.Value.Problem;

    /// <inheritdoc/>
    public bool Equals(TextPattern? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private static (PatternProgram? Program, string? Problem) Compile(string pattern)
    {
        try
        {
            return (PatternProgram.Of(pattern), null);
        }
        catch (PatternFault fault)
        {
            return (null, fault.Message);
        }
    }
}
