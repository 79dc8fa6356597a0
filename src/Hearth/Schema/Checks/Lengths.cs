using System.Globalization;
using System.Text;
using Hearth.Basics;

namespace Hearth.Schema.Checks;

/// <summary>Lengths in bytes and ranges of option values (contract 1.7).</summary>
internal static class Lengths
{
    /// <summary>The fault of a text whose length in bytes is outside the limits, or null. Empty text is not checked.</summary>
    public static FieldFault? Check(string text, int min, int max)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes == 0 || (bytes >= min && bytes <= max)) return null;
        var limits = new Dictionary<string, object?> { ["min"] = min, ["max"] = max };
        return new FieldFault("validation_length_out_of_range", string.Create(CultureInfo.InvariantCulture, $"The length must be between {min} and {max}."), limits);
    }

    /// <summary>The fault of a name that is blank, too long, or not made of letters, digits and underscores; or null.</summary>
    public static FieldFault? CheckName(string name, int max)
    {
        if (name.Length == 0) return FieldFault.Required;
        if (Check(name, 1, max) is { } length) return length;
        return name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? null : new FieldFault("validation_match_invalid", "Must be in a valid format.");
    }
}
