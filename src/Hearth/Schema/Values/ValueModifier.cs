namespace Hearth.Schema;

/// <summary>How a sent value changes the stored one, from the modifiers of body keys (contract 5).</summary>
public enum ValueModifier
{
    /// <summary><c>field+</c>: add to the end of a list, or to a number.</summary>
    Append,

    /// <summary><c>+field</c>: add to the front of a list.</summary>
    Prepend,

    /// <summary><c>field-</c>: take out of a list, or subtract from a number.</summary>
    Remove,

    /// <summary><c>field:autogenerate</c>: the sent prefix and a generated part.</summary>
    Autogenerate,
}
