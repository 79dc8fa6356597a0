using System.Globalization;
using Hearth.Basics;

namespace Hearth.Schema.Values;

/// <summary>Field faults with placeholders that several field types tell (contract 1.7).</summary>
internal static class FieldFaults
{
    /// <summary>The largest whole number that every client can read: 2^53 - 1.</summary>
    public const long MostExact = 9_007_199_254_740_991;

    /// <summary>A fault whose message names one value, which is also told as a parameter.</summary>
    public static FieldFault With(string code, string message, string name, object value) =>
        new(code, message.Replace($"{{{name}}}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal),
            new Dictionary<string, object?> { [name] = value });

    /// <summary>A value below the least one allowed.</summary>
    public static FieldFault BelowThreshold(object threshold) =>
        With("validation_min_greater_equal_than_required", "Must be no less than {threshold}.", "threshold", threshold);

    /// <summary>A value above the greatest one allowed.</summary>
    public static FieldFault AboveThreshold(object threshold) =>
        With("validation_max_less_equal_than_required", "Must be no greater than {threshold}.", "threshold", threshold);

    /// <summary>More items than allowed.</summary>
    public static FieldFault TooManyValues(long most) =>
        With("validation_too_many_values", "Select no more than {maxSelect}.", "maxSelect", most);

    /// <summary>Text that is no mail address.</summary>
    public static FieldFault NoAddress { get; } = new("validation_is_email", "Must be a valid email address.");

    /// <summary>Text that is not in the wanted form.</summary>
    public static FieldFault InvalidFormat { get; } = new("validation_invalid_format", "Invalid value format.");

    /// <summary>A regular expression that is not valid.</summary>
    public static FieldFault InvalidRegex(string problem) => new("validation_invalid_regex", Sentence.Of(problem));
}
