using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>Longitude and latitude in degrees, WGS 84 (contract 5.12).</summary>
public sealed record GeoPointField : Field
{
    /// <inheritdoc/>
    public override FieldType Type => FieldType.GeoPoint;

    /// <inheritdoc/>
    public override FieldValue Zero => FieldValue.Json("""{"lon":0,"lat":0}""");

    /// <summary>The stored form of a point.</summary>
    public static FieldValue ValueOf(double lon, double lat) =>
        FieldValue.Json($$"""{"lon":{{JsonSpelling.OfNumber(lon + 0.0)}},"lat":{{JsonSpelling.OfNumber(lat + 0.0)}}}""");

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input)
    {
        var (lon, lat) = Read(input);
        return ValueOf(lon, lat);
    }

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        if (CheckRequired(value) is { } required) return required;
        var (lon, lat) = Coercion.TryParse(value.AsJson, out var point) ? Read(point) : default;
        if (lat is < -90 or > 90) return new FieldFault("validation_invalid_latitude", "Latitude must be between -90 and 90 degrees.");
        return lon is < -180 or > 180 ? new FieldFault("validation_invalid_longitude", "Longitude must be between -180 and 180 degrees.") : null;
    }

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
    }

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
    }

    internal override Field WithOptions(OptionReader options) => this;

    private static (double Lon, double Lat) Read(JsonElement input)
    {
        if (input.ValueKind == JsonValueKind.String && !Coercion.TryParse(Coercion.StringOf(input), out input)) return default;
        if (input.ValueKind != JsonValueKind.Object) return default;
        double lon = 0, lat = 0;
        foreach (var property in input.EnumerateObject())
        {
            var name = JsonSpelling.NameOf(property);
            if (name is not ("lon" or "lat")) continue;
            if (property.Value.ValueKind == JsonValueKind.Null) continue;
            if (property.Value.ValueKind != JsonValueKind.Number) return default;
            var number = property.Value.GetDouble();
            if (!double.IsFinite(number)) return default;
            if (name == "lon") lon = number;
            else lat = number;
        }
        return (lon, lat);
    }
}
