using System.Globalization;
using System.Text;
using Hearth.Basics;

namespace Hearth.Data.Postgres;

/// <summary>Names as PostgreSQL takes them: it cuts what is longer than 63 bytes, so that two long names could become one.</summary>
internal static class PostgresNames
{
    /// <summary>The hidden column that keeps the order in which rows were stored. No field can be called this.</summary>
    public const string RowNumber = "\"hearth$row\"";

    private const int LongestName = 63;

    /// <summary>A name in double quotes; a long one with a checksum in the place of its end.</summary>
    public static string Quote(string name) => SqlWriter.Quote(Fitted(name));

    /// <summary>True for the columns that every table of PostgreSQL has already.</summary>
    public static bool IsOfEveryTable(string name) => name is "ctid" or "xmin" or "xmax" or "cmin" or "cmax" or "tableoid";

    /// <summary>The name as it stands in the catalogue.</summary>
    public static string Fitted(string name)
    {
        if (IsOfEveryTable(name)) return "hearth$" + name;
        if (Encoding.UTF8.GetByteCount(name) <= LongestName) return name;
        var kept = name;
        while (Encoding.UTF8.GetByteCount(kept) > LongestName - 11) kept = kept[..^1];
        return string.Create(CultureInfo.InvariantCulture, $"{kept}_{Crc32.Of(name):d10}");
    }
}
