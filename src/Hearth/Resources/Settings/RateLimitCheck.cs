using System.Text.RegularExpressions;
using Hearth.Basics;

namespace Hearth.Resources.Settings;

/// <summary>Checks the rules of the rate limits (contract 10.3).</summary>
internal static partial class RateLimitCheck
{
    public static void Into(RateLimitSettings limits, FaultMap faults)
    {
        if (limits.Enabled && limits.Rules.Count == 0) faults.AddAt("rateLimits.rules", FieldFault.Required);
        for (var i = 0; i < limits.Rules.Count; i++)
        {
            var rule = limits.Rules[i];
            var path = $"rateLimits.rules.{i}.";
            if (rule.Label.Length == 0) faults.AddAt(path + "label", FieldFault.Required);
            else if (!Label().IsMatch(rule.Label)) faults.AddAt(path + "label", new FieldFault("validation_match_invalid", "Must be in a valid format."));
            else if (Conflicts(limits.Rules, i)) faults.AddAt(path + "label", new FieldFault("validation_conflicting_rate_limit_rule", $"Rate limit rule configuration with label {rule.Label} already exists or conflicts with another rule."));
            if (rule.Audience is not ("" or "@guest" or "@auth")) faults.AddAt(path + "audience", new FieldFault("validation_in_invalid", "Must be a valid value."));
            if (rule.Duration == 0) faults.AddAt(path + "duration", FieldFault.Required);
            else if (rule.Duration < 1) faults.AddAt(path + "duration", SettingsCheck.AtLeast(1));
            if (rule.MaxRequests == 0) faults.AddAt(path + "maxRequests", FieldFault.Required);
            else if (rule.MaxRequests < 1) faults.AddAt(path + "maxRequests", SettingsCheck.AtLeast(1));
        }
    }

    private static bool Conflicts(IReadOnlyList<RateLimitRule> rules, int index)
    {
        var own = Key(rules[index]);
        for (var i = 0; i < index; i++)
        {
            var other = Key(rules[i]);
            if (own.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(own, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static string Key(RateLimitRule rule) => rule.Label + "@@" + rule.Audience;

    [GeneratedRegex(@"^(\w+ /[\w/-]*|/[\w/-]*|\w+|\w+:\w+|\*:\w+)$", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Label();
}
