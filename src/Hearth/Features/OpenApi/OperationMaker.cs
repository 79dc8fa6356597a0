using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Schema;
using Microsoft.OpenApi;

namespace Hearth.Features.OpenApi;

/// <summary>Fills an operation from the contract of its route, and from what follows from the route itself.</summary>
internal static class OperationMaker
{
    private const string Json = "application/json";

    /// <summary>Completes an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="route">Its route.</param>
    /// <param name="document">The document.</param>
    /// <param name="collection">The collection in the path; null when any can stand there.</param>
    public static void Fill(OpenApiOperation operation, RouteDefinition route, OpenApiDocument document, Collection? collection)
    {
        foreach (var (status, why) in Refusals(route, collection)) operation.Responses![Text(status)] = FaultShapes.Answer(status, why, document);
        operation.Responses!["default"] = FaultShapes.Answer(0, null, document);
        if (route.Contract is not { } contract) return;
        foreach (var parameter in contract.Parameters)
        {
            operation.Parameters!.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.InHeader ? ParameterLocation.Header : ParameterLocation.Query,
                Required = parameter.IsRequired,
                Description = parameter.Description,
                Schema = ShapeSchemas.Of(parameter.Shape, document, collection),
            });
        }
        if (contract.Body is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = body.IsRequired || IsRequiredDraft(body.Shape, collection),
                Description = body.Shape.Description.Length > 0 ? body.Shape.Description : "The fields.",
                Content = body.Types.ToDictionary(static type => type, type => new OpenApiMediaType { Schema = ShapeSchemas.Of(body.Shape, document, collection, type != Json) }),
            };
        }
        foreach (var answer in contract.Answers) operation.Responses[Text(answer.Status)] = Answer(answer, document, collection, operation.Responses.GetValueOrDefault(Text(answer.Status)) is not null);
    }

    // What is known of a refusal stays beside what a route answers with the same status.
    private static OpenApiResponse Answer(RouteAnswer answer, OpenApiDocument document, Collection? collection, bool isRefusalToo)
    {
        var response = new OpenApiResponse { Description = answer.Description };
        if (answer.Headers.Count > 0)
        {
            response.Headers = answer.Headers.ToDictionary(static name => name, static IOpenApiHeader (name) => new OpenApiHeader { Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
        if (answer is not { Shape: { } shape, Type: { } type }) return response;
        var schema = ShapeSchemas.Of(shape, document, collection);
        if (isRefusalToo) schema = new OpenApiSchema { AnyOf = [schema, new OpenApiSchemaReference(FaultShapes.Name, document)] };
        response.Content = new Dictionary<string, OpenApiMediaType> { [type] = new OpenApiMediaType { Schema = schema } };
        return response;
    }

    private static IEnumerable<(int Status, string? Why)> Refusals(RouteDefinition route, Collection? collection)
    {
        yield return (400, null);
        if (route.Guard != Guard.None) yield return (401, null);
        yield return (403, null);
        if (route.Path.Contains('{', StringComparison.Ordinal)) yield return (404, null);
        if (route.Contract?.Body is not null) yield return (413, null);
        yield return (429, null);
        foreach (var (status, why) in route.Contract?.Refusals ?? []) yield return (status, why);
    }

    private static bool IsRequiredDraft(Shape shape, Collection? collection) =>
        shape.Kind == ShapeKind.NewRecord && collection is not null && FieldShapes.Draft(collection, superuser: true, create: true, form: false).Required!.Count > 0;

    private static string Text(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
