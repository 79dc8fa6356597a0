using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>Column declarations (contract 14.4): what upstream databases have, so that a file can come from there and go back.</summary>
internal static class ColumnDeclarations
{
    /// <summary>What follows the column's name.</summary>
    public static string Of(Field field) => field switch
    {
        TextField { PrimaryKey: true, Name: "id" } => "TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL",
        TextField { PrimaryKey: true } => "TEXT PRIMARY KEY NOT NULL",
        TextField { Nullable: true } => "TEXT DEFAULT NULL",
        NumberField => "NUMERIC DEFAULT 0 NOT NULL",
        BoolField => "BOOLEAN DEFAULT FALSE NOT NULL",
        JsonField => "JSON DEFAULT NULL",
        GeoPointField => """JSON DEFAULT '{"lon":0,"lat":0}' NOT NULL""",
        { Multiple: true } => "JSON DEFAULT '[]' NOT NULL",
        _ => "TEXT DEFAULT '' NOT NULL",
    };
}
