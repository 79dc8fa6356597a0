namespace Hearth.Planning.Rules;

/// <summary>Kinds of <see cref="Token"/>.</summary>
internal enum TokenKind
{
    /// <summary>A name with dots and at most one modifier.</summary>
    Identifier,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>Quoted text, already decoded.</summary>
    Text,

    /// <summary>A comparison operator, possibly with <c>?</c>.</summary>
    Operator,

    /// <summary><c>&amp;&amp;</c>.</summary>
    And,

    /// <summary><c>||</c>.</summary>
    Or,

    /// <summary><c>(</c>.</summary>
    Open,

    /// <summary><c>)</c>.</summary>
    Close,

    /// <summary><c>,</c>.</summary>
    Comma,

    /// <summary>Nothing follows.</summary>
    End,

    /// <summary>Not a token; <see cref="Token.Text"/> says why.</summary>
    Broken,
}

/// <summary>One token of a rule.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; for quoted text the decoded value, for broken tokens the reason.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset after its last character.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End);
