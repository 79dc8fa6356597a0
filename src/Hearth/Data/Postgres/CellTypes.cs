using Hearth.Basics;
using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>How the values of a column are read.</summary>
internal enum CellType : byte
{
    /// <summary>The bytes on the wire are the text.</summary>
    Text,

    /// <summary>True or false: 1 or 0.</summary>
    Truth,

    /// <summary>Whole numbers.</summary>
    Whole,

    /// <summary>Floating-point numbers.</summary>
    Real,

    /// <summary>Decimal numbers of any length, read as floating-point ones.</summary>
    Decimal,

    /// <summary>A list of texts: the JSON text of it.</summary>
    List,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Moments: the text of a date field.</summary>
    Moment,

    /// <summary>Whatever else a user's query gives, by the driver's own words.</summary>
    Other,

    /// <summary>What the server has written down as text.</summary>
    Written,
}

/// <summary>Types of PostgreSQL as cells.</summary>
internal static class CellTypes
{
    /// <summary>How columns of a type are read, by its number in <c>pg_type</c>; those of PostgreSQL's own types never change.</summary>
    public static CellType Of(uint type) => type switch
    {
        // text, json, jsonb, character varying, character, name, unknown, xml
        25 or 114 or 3802 or 1043 or 1042 or 19 or 705 or 142 => CellType.Text,
        // boolean
        16 => CellType.Truth,
        // smallint, integer, bigint
        21 or 23 or 20 => CellType.Whole,
        // real, double precision
        700 or 701 => CellType.Real,
        // numeric
        1700 => CellType.Decimal,
        // text[], character varying[]
        1009 or 1015 => CellType.List,
        // bytea
        17 => CellType.Bytes,
        // timestamp with and without time zone
        1184 or 1114 => CellType.Moment,
        _ => CellType.Other,
    };

    /// <summary>Values of the type may be such as nothing here can hold (<c>NaN</c>, years before Christ, types of a user), so where any text will do the server writes them.</summary>
    public static bool IsWritten(CellType type) => type is CellType.Decimal or CellType.Moment or CellType.Other;

    /// <summary>The type in words of SQL.</summary>
    public static string NameOf(CellType type) => type switch
    {
        CellType.Truth => "boolean",
        CellType.Whole => "bigint",
        CellType.Real or CellType.Decimal => "double precision",
        CellType.List => "text[]",
        CellType.Bytes => "bytea",
        CellType.Moment => "timestamp with time zone",
        _ => "text",
    };

    /// <summary>A value that is not NULL: bool, long, double, a list or a text.</summary>
    public static object Read(NpgsqlDataReader reader, int column, CellType type)
    {
        switch (type)
        {
            case CellType.Truth: return reader.GetBoolean(column);
            case CellType.Whole: return reader.GetInt64(column);
            case CellType.Real: return reader.GetDouble(column);
            case CellType.Decimal: return reader.GetDouble(column);
            case CellType.List: return reader.GetFieldValue<string[]>(column);
            case CellType.Moment: return DateText.Of(new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc)));
            case CellType.Text or CellType.Bytes: return reader.GetFieldValue<byte[]>(column);
            case CellType.Written: return reader.GetString(column);
            default: return Convert.ToString(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture) ?? "";
        }
    }
}
