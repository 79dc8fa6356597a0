using System.Collections.Immutable;

namespace Hearth.Planning.Binding;

/// <summary>What follows a colon on the last name of a path (contract 2.5).</summary>
internal enum Modifier
{
    /// <summary>No modifier.</summary>
    None,

    /// <summary><c>:isset</c>.</summary>
    IsSet,

    /// <summary><c>:changed</c>.</summary>
    Changed,

    /// <summary><c>:length</c>.</summary>
    Length,

    /// <summary><c>:each</c>.</summary>
    Each,

    /// <summary><c>:lower</c>.</summary>
    Lower,
}

/// <summary>A dotted path, split.</summary>
/// <param name="Names">The names; at least one, none empty. Only the first of several may keep a colon (an alias).</param>
/// <param name="Modifier">The modifier of the last name.</param>
internal sealed record PathText(ImmutableArray<string> Names, Modifier Modifier)
{
    /// <summary>Splits a path; null and the reason when a name is empty or a modifier is unknown or misplaced.</summary>
    public static PathText? Read(string text, out string reason)
    {
        reason = "";
        var names = text.Split('.');
        var modifier = Modifier.None;
        var (last, colon) = (names[^1], names[^1].IndexOf(':'));
        if (colon >= 0)
        {
            if (ModifierOf(last[(colon + 1)..]) is not { } known)
            {
                reason = $"Unknown modifier \"{last[colon..]}\"";
                return null;
            }
            (names[^1], modifier) = (last[..colon], known);
        }
        if (names.Any(string.IsNullOrEmpty)) reason = $"\"{text}\" has an empty name";
        else if (names.Skip(1).Any(n => n.Contains(':'))) reason = $"\"{text}\" has a modifier before its end";
        return reason.Length == 0 ? new PathText([.. names], modifier) : null;
    }

    /// <summary>The path without its first names.</summary>
    public PathText Rest(int count) => this with { Names = Names[count..] };

    private static Modifier? ModifierOf(string text) => text switch
    {
        "isset" => Modifier.IsSet,
        "changed" => Modifier.Changed,
        "length" => Modifier.Length,
        "each" => Modifier.Each,
        "lower" => Modifier.Lower,
        _ => null,
    };
}
