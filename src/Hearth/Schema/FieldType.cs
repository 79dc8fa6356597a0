namespace Hearth.Schema;

/// <summary>The kinds of fields. The wire name is the camel-case form (<see cref="FieldTypes.WireName"/>).</summary>
public enum FieldType
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>HTML text.</summary>
    Editor,

    /// <summary>A 64-bit floating-point number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>An absolute URL.</summary>
    Url,

    /// <summary>An instant in UTC.</summary>
    Date,

    /// <summary>An instant set by the server on create or update.</summary>
    Autodate,

    /// <summary>One or several of fixed options.</summary>
    Select,

    /// <summary>Names of uploaded files.</summary>
    File,

    /// <summary>Ids of records of another collection.</summary>
    Relation,

    /// <summary>Any JSON value.</summary>
    Json,

    /// <summary>Longitude and latitude in degrees (WGS 84).</summary>
    GeoPoint,

    /// <summary>A password of which only a hash is kept.</summary>
    Password,
}

/// <summary>Wire names of <see cref="FieldType"/>.</summary>
public static class FieldTypes
{
    /// <summary>The name on the wire, such as <c>geoPoint</c>.</summary>
    public static string WireName(this FieldType type) => type switch
    {
        FieldType.GeoPoint => "geoPoint",
        _ => type.ToString().ToLowerInvariant(),
    };

    /// <summary>The type of a wire name, or null when there is none of that name.</summary>
    public static FieldType? Parse(string? wireName)
    {
        foreach (var type in Enum.GetValues<FieldType>())
        {
            if (type.WireName() == wireName) return type;
        }
        return null;
    }
}
