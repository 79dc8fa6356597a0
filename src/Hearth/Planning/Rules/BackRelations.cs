using System.Text.RegularExpressions;
using Hearth.Schema;

namespace Hearth.Planning.Rules;

/// <summary>Back-relations in create rules: the record that is made has none yet, and programs differ in what such a rule says of it.</summary>
internal static partial class BackRelations
{
    /// <summary>The first path of a create rule that begins with a back-relation of the new record; null when there is none.</summary>
    public static string? InCreateRule(Collection collection)
    {
        if (collection.CreateRule is not { Length: > 0 } rule || !rule.Contains("_via_", StringComparison.Ordinal)) return null;
        return Path().Match(Texts().Replace(rule, "''")) is { Success: true } found ? found.Value : null;
    }

    [GeneratedRegex("""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|//[^\n]*""")]
    private static partial Regex Texts();

    [GeneratedRegex(@"(?<![\w.@:])\w+_via_\w+")]
    private static partial Regex Path();
}
