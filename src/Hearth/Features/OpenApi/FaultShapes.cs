using System.Globalization;
using Microsoft.OpenApi;

namespace Hearth.Features.OpenApi;

/// <summary>What all refusals look like. Each status is described once, and operations refer to it.</summary>
internal static class FaultShapes
{
    /// <summary>Name of the shape. Names of collections have no full stop, so that none can take its place.</summary>
    public const string Name = "hearth.fault";

    private const string Rest = "hearth.outage";

    private static readonly Dictionary<int, string> Known = new()
    {
        [400] = "The request was not understood, or what it sent is not valid.",
        [401] = "A sign-in is needed.",
        [403] = "The caller may not do this.",
        [404] = "There is no such thing, or the caller may not know of it.",
        [409] = "Something else was faster.",
        [412] = "It is not as the request assumes.",
        [413] = "The body is too large.",
        [415] = "The body has another type than the one that is taken.",
        [416] = "The file has no such range.",
        [429] = "Too many requests. Retry-After says when to try again, where that is known.",
        [507] = "There is no room left.",
    };

    /// <summary>Adds the shape and the answers to a document.</summary>
    public static void AddTo(OpenApiComponents components)
    {
        var shape = FieldShapes.Object("An error: what went wrong, and with which field.");
        FieldShapes.Add(shape, "status", FieldShapes.Integer("The HTTP status once more."), required: true);
        FieldShapes.Add(shape, "message", FieldShapes.Text("A sentence for people."), required: true);
        FieldShapes.Add(shape, "data", FieldShapes.Object("Per field: code, message and params."), required: true);
        components.Schemas![Name] = shape;
        var problem = FieldShapes.Object("The same in the form of RFC 9457.");
        foreach (var name in new[] { "type", "title", "detail", "instance" }) FieldShapes.Add(problem, name, FieldShapes.Text(""), required: true);
        FieldShapes.Add(problem, "status", FieldShapes.Integer(""), required: true);
        FieldShapes.Add(problem, "errors", FieldShapes.Object("Per field: code, message and params."), required: false);
        components.Schemas["hearth.problem"] = problem;
        components.Responses = new Dictionary<string, IOpenApiResponse>();
    }

    /// <summary>The answer with a status; 0 means everything that is not named.</summary>
    public static IOpenApiResponse Answer(int status, string? why, OpenApiDocument document)
    {
        var name = status == 0 ? Rest : "hearth." + status.ToString(CultureInfo.InvariantCulture);
        // Beside a reference, too: readers of the document show it without looking it up.
        var description = status == 0 ? "Any other refusal, or an outage." : Known[status];
        var answers = document.Components!.Responses!;
        if (!answers.ContainsKey(name))
        {
            answers[name] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = new OpenApiSchemaReference(Name, document) },
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("hearth.problem", document) },
                },
            };
        }
        return new OpenApiResponseReference(name, document) { Description = why ?? description };
    }
}
