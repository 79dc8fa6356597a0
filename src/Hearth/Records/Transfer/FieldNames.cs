using System.Text;

namespace Hearth.Records.Transfer;

/// <summary>Names of fields made from the names of columns: words of ASCII letters, digits and underscores (contract 5.1).</summary>
internal static class FieldNames
{
    // Names that a field may not have; columns of the last three come from exports of records and carry nothing of their own.
    private static readonly string[] Reserved = ["null", "true", "false", "_rowid_"];
    private static readonly string[] Passed = ["collectionId", "collectionName", "expand"];

    /// <summary>True for columns that describe a record from outside and are not imported.</summary>
    public static bool IsPassedOver(string column) => Passed.Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>A valid field name close to the column's, different from all that are taken already (without regard to case).</summary>
    public static string Of(string column, int position, ISet<string> taken)
    {
        var name = new StringBuilder();
        foreach (var c in column)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_') name.Append(c);
            else if (name.Length > 0 && name[^1] != '_') name.Append('_');
        }
        var plain = name.ToString().TrimEnd('_').Replace("_via_", "_by_", StringComparison.OrdinalIgnoreCase);
        if (plain.Length > 90) plain = plain[..90];
        if (plain.Length == 0) plain = $"column_{position + 1}";
        // A filter takes a leading digit for a number.
        if (char.IsAsciiDigit(plain[0]) || Reserved.Contains(plain, StringComparer.OrdinalIgnoreCase)) plain = "_" + plain;
        var unique = plain;
        for (var n = 2; !taken.Add(unique.ToLowerInvariant()); n++) unique = $"{plain}_{n}";
        return unique;
    }
}
