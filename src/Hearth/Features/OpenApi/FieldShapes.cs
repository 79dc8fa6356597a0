using System.Text.Json.Nodes;
using Hearth.Schema;
using Microsoft.OpenApi;

namespace Hearth.Features.OpenApi;

/// <summary>The JSON Schema (draft 2020-12, as OpenAPI 3.1 uses it) of fields and collections.</summary>
internal static class FieldShapes
{
    /// <summary>The shape of a record as it is read.</summary>
    public static OpenApiSchema Record(Collection collection, bool superuser)
    {
        var shape = Object($"A record of {collection.Name}.");
        Add(shape, "collectionId", Text("Id of the collection."), required: true);
        Add(shape, "collectionName", Text("Name of the collection."), required: true);
        foreach (var field in collection.Fields)
        {
            if (IsReadable(collection, field, superuser)) Add(shape, field.Name, Of(field, stored: true), required: collection.Type != CollectionType.Auth || field.Name != "email");
        }
        Add(shape, "expand", Object("Related records, when they were asked for with expand."), required: false);
        return shape;
    }

    /// <summary>The shape of what a create or update takes.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="superuser">With hidden fields.</param>
    /// <param name="create">For a new record.</param>
    /// <param name="form">As a form: files come as bytes, or as their names.</param>
    public static OpenApiSchema Draft(Collection collection, bool superuser, bool create, bool form)
    {
        var shape = Object($"What a {(create ? "new" : "changed")} record of {collection.Name} takes.");
        foreach (var field in collection.Fields)
        {
            var settable = field.Type != FieldType.Autodate && (superuser || !field.Hidden || IsPassword(collection, field));
            if (!settable || (field.Name == "tokenKey" && collection.Type == CollectionType.Auth)) continue;
            Add(shape, field.Name, form && field is FileField ? Upload(field) : Of(field, stored: false), required: create && field.Required && field is not TextField { AutogeneratePattern.Length: > 0 });
            if (!IsPassword(collection, field)) continue;
            Add(shape, "passwordConfirm", Text("The password once more."), required: create);
            if (!create) Add(shape, "oldPassword", Text("The password until now, where people change their own."), required: false);
        }
        return shape;
    }

    /// <summary>An object shape with a description and no properties yet.</summary>
    public static OpenApiSchema Object(string description) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = new Dictionary<string, IOpenApiSchema>(),
        Required = new HashSet<string>(),
    };

    /// <summary>A text shape.</summary>
    public static OpenApiSchema Text(string description, string? format = null) => new() { Type = JsonSchemaType.String, Description = description, Format = format };

    /// <summary>An integer shape.</summary>
    public static OpenApiSchema Integer(string description) => new() { Type = JsonSchemaType.Integer, Description = description };

    /// <summary>A list shape.</summary>
    public static OpenApiSchema ListOf(IOpenApiSchema items, string? description = null) => new() { Type = JsonSchemaType.Array, Items = items, Description = description };

    /// <summary>Adds a property to an object shape.</summary>
    public static OpenApiSchema Add(OpenApiSchema shape, string name, IOpenApiSchema property, bool required)
    {
        shape.Properties![name] = property;
        if (required) shape.Required!.Add(name);
        return shape;
    }

    private static bool IsPassword(Collection collection, Field field) => collection.Type == CollectionType.Auth && field.Name == "password";

    private static bool IsReadable(Collection collection, Field field, bool superuser) =>
        (superuser || !field.Hidden) && !(collection.Type == CollectionType.Auth && field.Name is "password" or "tokenKey");

    /// <summary>A form can bring files.</summary>
    public static bool HasFiles(Collection collection) => collection.Fields.Any(static field => field is FileField);

    private static OpenApiSchema Upload(Field field)
    {
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = field.Multiple ? null : "A file." };
        return field.Multiple ? ListOf(file, "Files.") : file;
    }

    // What is stored may be older than the limits of a field, and is empty where nothing was set.
    private static OpenApiSchema Of(Field field, bool stored)
    {
        var shape = OfType(field, stored);
        shape.Description = field.Help.Length > 0 ? field.Help : Words(field);
        return shape;
    }

    private static OpenApiSchema OfType(Field field, bool stored) => field switch
    {
        NumberField number => new OpenApiSchema
        {
            Type = number.OnlyInt ? JsonSchemaType.Integer : JsonSchemaType.Number,
            Minimum = !stored && number.Min is { } min ? Invariant(min) : null,
            Maximum = !stored && number.Max is { } max ? Invariant(max) : null,
        },
        BoolField => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        JsonField => new OpenApiSchema(),
        GeoPointField => Add(Add(Object(""), "lon", Degrees(180), true), "lat", Degrees(90), true),
        SelectField select when !select.Multiple => Options(select),
        SelectField select => ListOf(Options(select)),
        RelationField or FileField when field.Multiple => ListOf(new OpenApiSchema { Type = JsonSchemaType.String }),
        EmailField { Required: true } when !stored => new OpenApiSchema { Type = JsonSchemaType.String, Format = "email" },
        UrlField { Required: true } when !stored => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri" },
        TextField { Max: > 0 } text when !stored => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = (int)Math.Min(int.MaxValue, text.Max) },
        _ => new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiSchema Options(SelectField select) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. select.Values.Concat(select.Required || select.Multiple ? [] : [""]).Select(value => (JsonNode)JsonValue.Create(value)!)],
    };

    private static OpenApiSchema Degrees(int limit) => new()
    {
        Type = JsonSchemaType.Number,
        Minimum = Invariant(-limit),
        Maximum = Invariant(limit),
    };

    private static string Words(Field field) => field switch
    {
        DateField or AutodateField => "A date and time in UTC, like 2025-02-03 10:11:12.345Z; empty when not set.",
        RelationField => "Id of a record of another collection; see expand.",
        FileField => "Name of an uploaded file.",
        GeoPointField => "Longitude and latitude in degrees (WGS 84).",
        EditorField => "HTML text.",
        PasswordField => "A password; it is never shown again.",
        _ => "",
    };

    private static string Invariant(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
