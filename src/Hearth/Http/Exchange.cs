using Hearth.Planning;
using Hearth.Schema;
using Microsoft.AspNetCore.Http;

namespace Hearth.Http;

/// <summary>One request and its answer: who calls, which schema holds, the readers of the input, the writers of the output.</summary>
public sealed class Exchange(HttpContext http, RouteDefinition route, SchemaSnapshot schema, Caller caller)
{
    /// <summary>The HTTP request and response themselves.</summary>
    public HttpContext Http { get; } = http;

    /// <summary>The route that was matched.</summary>
    public RouteDefinition Route { get; } = route;

    /// <summary>The schema for the whole request.</summary>
    public SchemaSnapshot Schema { get; } = schema;

    /// <summary>Who calls.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>Cancelled when the client goes away or the app stops.</summary>
    public CancellationToken Stop => Http.RequestAborted;

    /// <summary>A decoded segment of the path.</summary>
    public string PathValue(string name) => Http.Request.RouteValues[name] as string ?? "";

    /// <summary>The first value of a query parameter; empty when absent.</summary>
    public string Query(string name) => Http.Request.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] ?? "" : "";
}
