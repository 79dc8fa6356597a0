using Hearth.Http;
using Hearth.Schema;
using Microsoft.OpenApi;

namespace Hearth.Features.OpenApi;

/// <summary>Bodies and answers of the routes that are not record routes, and what all answers share.</summary>
internal static class CommonShapes
{
    /// <summary>Name of the shape of every error. Names of collections have no full stop, so that none can take its place.</summary>
    public const string FaultName = "hearth.fault";

    private const string Json = "application/json";

    /// <summary>The shape of every error.</summary>
    public static OpenApiSchema Fault()
    {
        var shape = FieldShapes.Object("An error: what went wrong, and with which field.");
        FieldShapes.Add(shape, "status", FieldShapes.Integer("The HTTP status once more."), required: true);
        FieldShapes.Add(shape, "message", FieldShapes.Text("A sentence for people."), required: true);
        return FieldShapes.Add(shape, "data", FieldShapes.Object("Per field: code, message and params."), required: true);
    }

    /// <summary>An answer with the shape of errors.</summary>
    public static OpenApiResponse FaultAnswer(string description, OpenApiDocument document)
    {
        var shape = new OpenApiSchemaReference(FaultName, document);
        return new() { Description = description, Content = new Dictionary<string, OpenApiMediaType> { [Json] = new OpenApiMediaType { Schema = shape } } };
    }

    /// <summary>An answer with a JSON body.</summary>
    public static OpenApiResponse Answer(string description, IOpenApiSchema shape) =>
        new() { Description = description, Content = new Dictionary<string, OpenApiMediaType> { [Json] = new OpenApiMediaType { Schema = shape } } };

    /// <summary>The kinds of body that a record takes.</summary>
    public static Dictionary<string, OpenApiMediaType> Bodies(IOpenApiSchema shape) => new()
    {
        [Json] = new OpenApiMediaType { Schema = shape },
        ["multipart/form-data"] = new OpenApiMediaType { Schema = shape },
    };

    /// <summary>The envelope of lists.</summary>
    public static OpenApiSchema PageOf(IOpenApiSchema item)
    {
        var shape = FieldShapes.Object("One page.");
        FieldShapes.Add(shape, "page", FieldShapes.Integer("This page, from 1."), required: true);
        FieldShapes.Add(shape, "perPage", FieldShapes.Integer("Items a page."), required: true);
        FieldShapes.Add(shape, "totalItems", FieldShapes.Integer("Items in all; -1 when not counted."), required: true);
        FieldShapes.Add(shape, "totalPages", FieldShapes.Integer("Pages in all; -1 when not counted."), required: true);
        return FieldShapes.Add(shape, "items", FieldShapes.ListOf(item), required: true);
    }

    /// <summary>Completes an operation; <paramref name="collection"/> is set for the sign-in routes of an auth collection.</summary>
    public static void Fill(OpenApiOperation operation, RouteDefinition route, OpenApiDocument document, Collection? collection)
    {
        operation.Responses!["404"] = FaultAnswer("There is no such thing.", document);
        if (route.Path.EndsWith("/auth-with-password", StringComparison.Ordinal))
        {
            var body = FieldShapes.Object("Who signs in.");
            FieldShapes.Add(body, "identity", FieldShapes.Text("E-mail address, or another field that names the account."), required: true);
            FieldShapes.Add(body, "password", FieldShapes.Text("The password."), required: true);
            FieldShapes.Add(body, "identityField", FieldShapes.Text("The field that the identity is of; found out when left out."), required: false);
            operation.RequestBody = new OpenApiRequestBody { Required = true, Description = "Identity and password.", Content = Bodies(body) };
        }
        else if (route.Method is "POST" or "PATCH" or "PUT")
        {
            operation.RequestBody = new OpenApiRequestBody { Description = "A JSON object.", Content = Bodies(FieldShapes.Object("See the guide.")) };
        }
        operation.Responses["200"] = collection is not null && route.Path.Contains("/auth-with", StringComparison.Ordinal) || route.Path.EndsWith("/auth-refresh", StringComparison.Ordinal)
            ? Answer("A token and the record that signed in.", SignIn(collection, document))
            : route.Path == "/api/docs"
                ? new OpenApiResponse { Description = "A page.", Content = new Dictionary<string, OpenApiMediaType> { ["text/html"] = new OpenApiMediaType() } }
                : Answer("Done.", new OpenApiSchema());
    }

    private static OpenApiSchema SignIn(Collection? collection, OpenApiDocument document)
    {
        var shape = FieldShapes.Object("A sign-in.");
        FieldShapes.Add(shape, "token", FieldShapes.Text("Send it as the Authorization header."), required: true);
        return FieldShapes.Add(shape, "record", collection is null ? FieldShapes.Object("The record.") : new OpenApiSchemaReference(collection.Name, document), required: true);
    }
}
