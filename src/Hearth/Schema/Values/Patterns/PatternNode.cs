using System.Collections.Immutable;

namespace Hearth.Schema.Values.Patterns;

/// <summary>A place that a pattern asks for without taking a character.</summary>
internal enum PatternPlace
{
    /// <summary>The beginning of the text.</summary>
    TextStart,

    /// <summary>The end of the text.</summary>
    TextEnd,

    /// <summary>The beginning of a line.</summary>
    LineStart,

    /// <summary>The end of a line.</summary>
    LineEnd,

    /// <summary>Between a word character of ASCII and something else.</summary>
    WordEdge,

    /// <summary>Anywhere else.</summary>
    NoWordEdge,
}

/// <summary>A part of a regular expression.</summary>
internal abstract record PatternNode
{
    private PatternNode()
    {
    }

    /// <summary>One character of a set.</summary>
    public sealed record Character(CodePoints Set) : PatternNode;

    /// <summary>A place.</summary>
    public sealed record At(PatternPlace Place) : PatternNode;

    /// <summary>One after the other; nothing when there are none.</summary>
    public sealed record Sequence(ImmutableArray<PatternNode> Parts) : PatternNode;

    /// <summary>One of several.</summary>
    public sealed record Choice(ImmutableArray<PatternNode> Options) : PatternNode;

    /// <summary>Several times; <paramref name="Most"/> is -1 when there is no end.</summary>
    public sealed record Repeat(PatternNode Part, int Least, int Most) : PatternNode;
}
