using System.Text.Json;

namespace Hearth.Schema.Values;

/// <summary>What select, relation and file fields share: lists of texts, one value or several, and the modifiers on them.</summary>
internal static class Choices
{
    /// <summary>The list after a modifier; a single field keeps the last item.</summary>
    public static FieldValue? Modify(ValueModifier modifier, FieldValue stored, JsonElement input, bool multiple)
    {
        var sent = Coercion.List(input);
        return modifier switch
        {
            ValueModifier.Append => Coercion.Choice(Coercion.Distinct(stored.AsList.Concat(sent)), multiple),
            ValueModifier.Prepend => Coercion.Choice(Coercion.Distinct(sent.Concat(stored.AsList)), multiple),
            ValueModifier.Remove => Coercion.Choice([.. stored.AsList.Except(sent, StringComparer.Ordinal)], multiple),
            _ => null,
        };
    }
}
