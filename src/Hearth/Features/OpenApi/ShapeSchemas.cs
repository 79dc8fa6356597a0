using Hearth.Http.Contracts;
using Hearth.Schema;
using Microsoft.OpenApi;

namespace Hearth.Features.OpenApi;

/// <summary>Shapes as JSON Schema.</summary>
internal static class ShapeSchemas
{
    /// <summary>The schema of a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="document">Where named schemas are.</param>
    /// <param name="collection">The collection in the path; null when any can stand there.</param>
    /// <param name="form">It is of a form, in which files come as bytes.</param>
    public static IOpenApiSchema Of(Shape shape, OpenApiDocument document, Collection? collection, bool form = false)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Record when collection is not null: return new OpenApiSchemaReference(collection.Name, document);
            case ShapeKind.NewRecord when collection is not null: return Draft("create");
            case ShapeKind.ChangedRecord when collection is not null: return Draft("update");
        }
        var schema = new OpenApiSchema { Type = TypeOf(shape.Kind), Description = shape.Description.Length > 0 ? shape.Description : null };
        switch (shape.Kind)
        {
            case ShapeKind.Bytes: schema.Format = "binary"; break;
            case ShapeKind.List: schema.Items = Of(shape.Items!, document, collection, form); break; // a list says of what
            case ShapeKind.Either: schema.AnyOf = [.. shape.Choices.Select(choice => Of(choice, document, collection, form))]; break;
            case ShapeKind.Object:
                schema.Properties = new Dictionary<string, IOpenApiSchema>();
                schema.Required = new HashSet<string>();
                foreach (var member in shape.Members) FieldShapes.Add(schema, member.Name, Of(member.Shape, document, collection, form), member.IsRequired);
                break;
        }
        if (shape.MayBeNull) schema.Type |= JsonSchemaType.Null;
        return schema;

        OpenApiSchemaReference Draft(string action) =>
            new(form && FieldShapes.HasFiles(collection!) ? $"{collection!.Name}.{action}.form" : $"{collection!.Name}.{action}", document); // not null, as just seen
    }

    private static JsonSchemaType? TypeOf(ShapeKind kind) => kind switch
    {
        ShapeKind.Text or ShapeKind.Bytes => JsonSchemaType.String,
        ShapeKind.Integer => JsonSchemaType.Integer,
        ShapeKind.Number => JsonSchemaType.Number,
        ShapeKind.Truth => JsonSchemaType.Boolean,
        ShapeKind.List => JsonSchemaType.Array,
        ShapeKind.Anything or ShapeKind.Either => null,
        _ => JsonSchemaType.Object,
    };
}
