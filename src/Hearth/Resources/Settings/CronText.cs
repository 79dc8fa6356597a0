using System.Globalization;

namespace Hearth.Resources.Settings;

/// <summary>Whether a text is a cron expression of the contract (10.8): five fields with <c>*</c>, lists, ranges and steps, or a macro.</summary>
internal static class CronText
{
    private static readonly (int Min, int Max)[] Ranges = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];

    public static bool IsValid(string text)
    {
        if (text is "@yearly" or "@annually" or "@monthly" or "@weekly" or "@daily" or "@midnight" or "@hourly") return true;
        var fields = text.Split(' ');
        if (fields.Length != Ranges.Length) return false;
        for (var i = 0; i < fields.Length; i++)
        {
            foreach (var part in fields[i].Split(','))
            {
                if (!IsValidPart(part, Ranges[i])) return false;
            }
        }
        return true;
    }

    private static bool IsValidPart(string part, (int Min, int Max) range)
    {
        var step = part.Split('/');
        if (step.Length > 2 || (step.Length == 2 && !IsNumber(step[1], 1, range.Max))) return false;
        if (step[0] == "*") return true;
        var bounds = step[0].Split('-');
        if (bounds.Length == 1) return step.Length == 1 && IsNumber(bounds[0], range.Min, range.Max);
        return bounds.Length == 2 && IsNumber(bounds[0], range.Min, range.Max) && IsNumber(bounds[1], int.Parse(bounds[0], CultureInfo.InvariantCulture), range.Max);
    }

    private static bool IsNumber(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max;
}
