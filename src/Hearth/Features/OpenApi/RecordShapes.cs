using Hearth.Http;
using Hearth.Schema;
using Microsoft.OpenApi;

namespace Hearth.Features.OpenApi;

/// <summary>Parameters, bodies and answers of the record routes of one collection.</summary>
internal static class RecordShapes
{
    /// <summary>Completes an operation.</summary>
    public static void Fill(OpenApiOperation operation, RouteDefinition route, Collection collection, OpenApiDocument document)
    {
        var one = route.Path.EndsWith("{id}", StringComparison.Ordinal);
        var record = new OpenApiSchemaReference(collection.Name, document);
        operation.Responses!["403"] = CommonShapes.FaultAnswer("Only superusers may do this.", document);
        if (one) operation.Responses["404"] = CommonShapes.FaultAnswer("There is no such record, or it may not be known.", document);
        switch (route.Method)
        {
            case "GET" when !one:
                operation.Parameters!.Add(Query("page", "Page, from 1.", JsonSchemaType.Integer));
                operation.Parameters.Add(Query("perPage", "Records a page, at most 1000; 30 when left out.", JsonSchemaType.Integer));
                operation.Parameters.Add(Query("filter", "Only records for which this holds, such as title ~ \"hello\" && created > @yesterday."));
                operation.Parameters.Add(Query("sort", "Fields to sort by, such as -created,title."));
                operation.Parameters.Add(Query("skipTotal", "Leave the totals out (they come as -1), which is faster.", JsonSchemaType.Boolean));
                AddPickers(operation);
                operation.Responses["200"] = CommonShapes.Answer("A page of records.", CommonShapes.PageOf(record));
                break;
            case "GET":
                AddPickers(operation);
                operation.Responses["200"] = CommonShapes.Answer("The record.", record);
                operation.Responses["304"] = new OpenApiResponse { Description = "It is as the If-None-Match header knows it." };
                break;
            case "DELETE":
                operation.Responses["204"] = new OpenApiResponse { Description = "It is gone." };
                break;
            default:
                var draft = new OpenApiSchemaReference($"{collection.Name}.{(route.Method == "POST" ? "create" : "update")}", document);
                AddPickers(operation);
                operation.RequestBody = new OpenApiRequestBody { Required = true, Description = "The fields.", Content = CommonShapes.Bodies(draft) };
                operation.Responses["200"] = CommonShapes.Answer("The record as it was saved.", record);
                break;
        }
        if (one && route.Method is "PATCH" or "DELETE")
        {
            operation.Responses["412"] = CommonShapes.FaultAnswer("The record changed since the If-Match header was made.", document);
        }
    }

    private static void AddPickers(OpenApiOperation operation)
    {
        operation.Parameters!.Add(Query("expand", "Relations to bring along, such as author,comments_via_post.author."));
        operation.Parameters.Add(Query("fields", "Only these keys of the answer, such as id,title,body:excerpt(80,true)."));
    }

    private static OpenApiParameter Query(string name, string description, JsonSchemaType type = JsonSchemaType.String) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = description,
        Schema = new OpenApiSchema { Type = type },
    };
}
