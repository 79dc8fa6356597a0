using System.Text.RegularExpressions;
using Hearth.Basics;

namespace Hearth.Schema.Values;

/// <summary>The lists of allowed and refused domains that email and url fields share (contract 5.6).</summary>
internal static partial class Domains
{
    /// <summary>True when the lists let the domain through; names are compared exactly.</summary>
    public static bool Allow(string domain, IReadOnlyList<string>? only, IReadOnlyList<string>? except) =>
        (only is not { Count: > 0 } || only.Contains(domain, StringComparer.Ordinal)) &&
        (except is not { Count: > 0 } || !except.Contains(domain, StringComparer.Ordinal));

    /// <summary>Checks the two lists: each name a domain, and not both lists at once.</summary>
    public static void CheckLists(FaultMap faults, IReadOnlyList<string>? only, IReadOnlyList<string>? except)
    {
        if (only is { Count: > 0 } && except is { Count: > 0 })
        {
            faults.Add("exceptDomains", new FieldFault("validation_empty", "Must be blank."));
            faults.Add("onlyDomains", new FieldFault("validation_empty", "Must be blank."));
        }
        CheckNames("onlyDomains", only);
        CheckNames("exceptDomains", except);

        void CheckNames(string key, IReadOnlyList<string>? names)
        {
            for (var i = 0; i < (names?.Count ?? 0); i++)
            {
                // A word alone is no domain.
                if (!names![i].Contains('.') || !Name().IsMatch(names[i])) faults.AddAt($"{key}.{i}", new FieldFault("validation_is_domain", "Must be a valid domain."));
            }
        }
    }

    [GeneratedRegex(@"^[\p{L}\p{N}_]([\p{L}\p{N}_-]*[\p{L}\p{N}_])?(\.[\p{L}\p{N}_]([\p{L}\p{N}_-]*[\p{L}\p{N}_])?)*(:[0-9]{1,5})?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
