using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>Longitude and latitude in degrees, WGS 84 (contract 5.12).</summary>
public sealed record GeoPointField : Field
{

    /// <inheritdoc/>
    public override FieldType Type => FieldType.GeoPoint;

    /// <inheritdoc/>
    public override FieldValue Zero => FieldValue.Json("""{"lon":0,"lat":0}""");

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
