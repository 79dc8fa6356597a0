using Hearth.Data;
using Hearth.Resources.Settings;

namespace Hearth.Features.Collections;

/// <summary>Rate-limit rules name collections; they follow a collection to its new name (contract 4.6).</summary>
internal static class RateLabels
{
    /// <summary>Rewrites <c>OLDNAME:</c> at the start of labels after renames.</summary>
    public static async ValueTask FollowAsync(SettingsStore settings, SchemaChanged change, CancellationToken stop)
    {
        if (change.Elsewhere) return;
        var names = change.Before.Collections
            .Select(before => (From: before.Name, To: change.After.Find(before.Id)?.Name))
            .Where(pair => pair.To is not null && pair.To != pair.From)
            .ToDictionary(pair => pair.From + ":", pair => pair.To + ":", StringComparer.OrdinalIgnoreCase);
        if (names.Count == 0) return;
        if (!settings.Current.RateLimits.Rules.Any(rule => Renamed(rule.Label, names) != rule.Label)) return;
        await settings.ChangeAsync(
            now => now with { RateLimits = now.RateLimits with { Rules = [.. now.RateLimits.Rules.Select(rule => rule with { Label = Renamed(rule.Label, names) })] } },
            stop);
    }

    private static string Renamed(string label, Dictionary<string, string> names)
    {
        var colon = label.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && names.TryGetValue(label[..(colon + 1)], out var name) ? name + label[(colon + 1)..] : label;
    }
}
