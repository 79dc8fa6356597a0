using System.Text.Json.Nodes;
using Hearth.Http;
using Hearth.Schema;
using Microsoft.OpenApi;

namespace Hearth.Features.OpenApi;

/// <summary>Makes the OpenAPI document of an app: its routes, with one set of record routes for each collection.</summary>
internal sealed class ApiDocument
{
    private const string CollectionPrefix = "/api/collections/{collection}/";

    private readonly OpenApiDocument document;
    private readonly bool superuser;

    private ApiDocument(bool superuser, string server)
    {
        this.superuser = superuser;
        document = new OpenApiDocument
        {
            Info = new OpenApiInfo
            {
                Title = "Hearth API",
                Version = typeof(ApiDocument).Assembly.GetName().Version?.ToString(3) ?? "0",
                Description = "Collections of records over HTTP, with rules that say who may do what. The official pocketbase SDKs speak it as it is.",
                License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            },
            Servers = [new OpenApiServer { Url = server }],
            Paths = [],
            Tags = new HashSet<OpenApiTag>(),
            Components = new OpenApiComponents
            {
                Schemas = new Dictionary<string, IOpenApiSchema>(),
                SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["token"] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.ApiKey,
                        In = ParameterLocation.Header,
                        Name = "Authorization",
                        Description = "The token of a sign-in, with or without the word Bearer.",
                    },
                },
            },
        };
        FaultShapes.AddTo(document.Components);
    }

    /// <summary>Describes the routes for the visible collections.</summary>
    /// <param name="routes">All routes of the app.</param>
    /// <param name="collections">The collections that the reader may know of.</param>
    /// <param name="superuser">Whether hidden fields and superuser routes are told.</param>
    /// <param name="server">Address under which the app was asked.</param>
    public static OpenApiDocument Describe(IReadOnlyList<RouteDefinition> routes, IReadOnlyList<Collection> collections, bool superuser, string server)
    {
        var maker = new ApiDocument(superuser, server);
        foreach (var collection in collections) maker.AddShapes(collection);
        foreach (var route in routes)
        {
            if (route.Path.StartsWith(CollectionPrefix, StringComparison.Ordinal) && route.Guard != Guard.Superuser)
            {
                foreach (var collection in collections) maker.AddCollectionRoute(route, collection);
            }
            else if (superuser || route.Guard != Guard.Superuser)
            {
                maker.AddRoute(route);
            }
        }
        return maker.document;
    }

    private void AddShapes(Collection collection)
    {
        var schemas = document.Components!.Schemas!;
        schemas[collection.Name] = FieldShapes.Record(collection, superuser);
        if (collection.Type == CollectionType.View) return;
        foreach (var (action, create) in new[] { ("create", true), ("update", false) })
        {
            schemas[$"{collection.Name}.{action}"] = FieldShapes.Draft(collection, superuser, create, form: false);
            if (FieldShapes.HasFiles(collection)) schemas[$"{collection.Name}.{action}.form"] = FieldShapes.Draft(collection, superuser, create, form: true);
        }
    }

    private void AddCollectionRoute(RouteDefinition route, Collection collection)
    {
        var rest = route.Path[CollectionPrefix.Length..];
        var onRecords = rest is "records" or "records/{id}";
        if (onRecords ? collection.Type == CollectionType.View && route.Method != "GET" : collection.Type != CollectionType.Auth) return;
        var operation = NewOperation(route, collection.Name, $"{Verb(route)}_{collection.Name}");
        operation.Extensions = new Dictionary<string, IOpenApiExtension> { ["x-access"] = Word(Access(route, collection, onRecords)) };
        OperationMaker.Fill(operation, route, document, collection);
        Put(route.Path.Replace("{collection}", collection.Name, StringComparison.Ordinal), route.Method, operation);
    }

    private void AddRoute(RouteDefinition route)
    {
        var tag = route.Path.Split('/') is [_, "api", var area, ..] ? area.Replace(".json", "", StringComparison.Ordinal) : "app";
        var name = string.Join('_', route.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(part => part.Trim('{', '}').Replace('.', '_')));
        var operation = NewOperation(route, tag, $"{route.Method.ToLowerInvariant()}_{name}");
        var access = route.Guard switch { Guard.None => "everyone", Guard.Superuser => "superusers", _ => "signed in" };
        operation.Extensions = new Dictionary<string, IOpenApiExtension> { ["x-access"] = Word(access) };
        OperationMaker.Fill(operation, route, document, collection: null);
        Put(route.Path, route.Method, operation);
    }

    private OpenApiOperation NewOperation(RouteDefinition route, string tag, string id)
    {
        if (!document.Tags!.Any(known => known.Name == tag)) document.Tags!.Add(new OpenApiTag { Name = tag, Description = $"Everything about {tag}." });
        return new OpenApiOperation
        {
            OperationId = id,
            Summary = route.Summary.Length > 0 ? route.Summary : $"{route.Method} {route.Path}",
            Tags = new HashSet<OpenApiTagReference> { new(tag, document) },
            Parameters = [],
            Responses = [],
            Security = route.Guard == Guard.None
                ? [new OpenApiSecurityRequirement(), TokenRequirement()]
                : [TokenRequirement()],
        };
    }

    private OpenApiSecurityRequirement TokenRequirement() => new() { [new OpenApiSecuritySchemeReference("token", document)] = [] };

    private void Put(string path, string method, OpenApiOperation operation)
    {
        foreach (var part in path.Split('/').Where(part => part.StartsWith('{')))
        {
            operation.Parameters!.Add(new OpenApiParameter
            {
                Name = part.Trim('{', '}'),
                In = ParameterLocation.Path,
                Required = true,
                Description = part == "{id}" ? "Id of the record." : part == "{collection}" ? "Name or id of the collection." : "Part of the address.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
        if (!document.Paths.TryGetValue(path, out var item)) document.Paths[path] = item = new OpenApiPathItem { Operations = [] };
        item.Operations![HttpMethod.Parse(method)] = operation;
    }

    private static string Verb(RouteDefinition route) => route.Path[CollectionPrefix.Length..] switch
    {
        "records" => route.Method == "GET" ? "list" : "create",
        "records/{id}" => route.Method switch { "GET" => "view", "PATCH" => "update", _ => "delete" },
        var rest => rest.Replace("/{id}", "", StringComparison.Ordinal).Replace('-', '_'),
    };

    private static string Access(RouteDefinition route, Collection collection, bool onRecords)
    {
        if (!onRecords) return route.Guard == Guard.None ? "everyone" : "signed in";
        var rule = Verb(route) switch
        {
            "list" => collection.ListRule,
            "view" => collection.ViewRule,
            "create" => collection.CreateRule,
            "update" => collection.UpdateRule,
            _ => collection.DeleteRule,
        };
        return rule switch { null => "superusers", "" => "everyone", _ => "by rule" };
    }

    private static JsonNodeExtension Word(string word) => new(JsonValue.Create(word)!);
}
