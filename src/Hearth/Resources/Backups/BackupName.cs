using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hearth.Basics;

namespace Hearth.Resources.Backups;

/// <summary>Names of backups (contract 10.7).</summary>
internal static partial class BackupName
{
    /// <summary>What the names of automatic backups begin with; no name that a person gives can.</summary>
    public const string AutomaticPrefix = "@auto_";

    private const int Longest = 150;

    /// <summary>What is wrong with a name that a person chose; null when nothing is.</summary>
    public static FieldFault? Check(string name) => name.Length > Longest ? TooLong : Chosen().IsMatch(name) ? null : Wrong;

    /// <summary>What is wrong with the name of a file that was brought; null when nothing is.</summary>
    public static FieldFault? CheckBrought(string name) => name.Length > Longest ? TooLong : Brought().IsMatch(name) ? null : Wrong;

    /// <summary>The name of a backup that nobody has named.</summary>
    public static string Of(string appName, DateTimeOffset now, bool automatic)
    {
        var slug = new StringBuilder();
        foreach (var c in appName.ToLowerInvariant())
        {
            if (c is >= 'a' and <= 'z' or >= '0' and <= '9') slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '_') slug.Append('_');
        }
        var app = slug.ToString().Trim('_');
        if (app.Length > 50) app = app[..50];
        return $"{(automatic ? AutomaticPrefix : "")}pb_backup_{(app.Length > 0 ? app + "_" : "")}{now.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}.zip";
    }

    private static FieldFault TooLong { get; } = new("validation_length_out_of_range", $"The length must be between 1 and {Longest}.", new Dictionary<string, object?> { ["max"] = Longest, ["min"] = 1 });

    private static FieldFault Wrong { get; } = new("validation_match_invalid", "Must be in a valid format.");

    [GeneratedRegex(@"^[a-z0-9_-]+\.zip\z")]
    private static partial Regex Chosen();

    [GeneratedRegex(@"^@?[A-Za-z0-9_-][A-Za-z0-9 ._()+-]*\.zip\z")]
    private static partial Regex Brought();
}
