using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Http.Output;
using Microsoft.AspNetCore.Http;

namespace Hearth.Features.OpenApi;

/// <summary>
/// The API described for programs and people: an OpenAPI 3.1 document made from the live schema, and a page that reads it.
/// Routes: <c>/api/openapi.json</c>, <c>/api/docs</c>. Tables: none. Guests see what may be open to guests, those who have signed in what may be open to
/// them, both without hidden fields; superusers see all.
/// </summary>
internal sealed class OpenApiFeature : Feature
{
    // One for each kind of reader: making it costs much more than sending it.
    private readonly KeptDocument?[] kept = new KeptDocument?[Enum.GetValues<Reader>().Length];

    /// <inheritdoc/>
    public override string Name => "openapi";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/openapi.json",
            Handler = exchange => WriteDocumentAsync(exchange, setup),
            Summary = "This description of the API, in OpenAPI 3.1.",
            Contract = RouteContract.Gives(Shape.Object("An OpenAPI document.", ("openapi", Shape.Text()), ("paths", Shape.Object("")), ("components", Shape.Object(""))), "The document.").Or(304, "It is as the If-None-Match header knows it."),
        });
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/docs",
            Handler = WritePageAsync,
            Summary = "This description of the API, as a page to read.",
            Contract = RouteContract.GivesBytes("text/html", "The page."),
        });
    }

    private async ValueTask<Fault?> WriteDocumentAsync(Exchange exchange, FeatureSetup setup)
    {
        var (reader, schema, request) = (Readers.Of(exchange.Caller), exchange.Schema, exchange.Http.Request);
        var document = kept[(int)reader];
        if (document?.Version != schema.Version)
        {
            var described = ApiDocument.Describe(setup.Routes, [.. Readers.Known(reader, schema.Collections)], reader == Reader.Superuser, KeptDocument.ServerMark);
            kept[(int)reader] = document = await KeptDocument.WriteAsync(described, schema.Version, exchange.Stop);
        }
        var body = document.For($"{request.Scheme}://{request.Host}");
        var tag = EntityTag.Of(body);
        exchange.Http.Response.Headers.ETag = tag;
        exchange.Http.Response.Headers.CacheControl = "private, no-cache";
        if (EntityTag.IsHeldBy(request, tag))
        {
            exchange.Http.Response.StatusCode = StatusCodes.Status304NotModified;
            return null;
        }
        return await AnswerAsync(exchange, "application/json", body);
    }

    private static ValueTask<Fault?> WritePageAsync(Exchange exchange)
    {
        using var page = typeof(OpenApiFeature).Assembly.GetManifestResourceStream("Hearth.Features.OpenApi.docs.html")
            ?? throw new InvalidOperationException("The page docs.html is not in the assembly.");
        var bytes = new byte[page.Length];
        page.ReadExactly(bytes);
        exchange.Http.Response.Headers.ContentSecurityPolicy = ContentPolicy.OfSmallPage;
        exchange.Http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return AnswerAsync(exchange, "text/html; charset=utf-8", bytes);
    }

    private static async ValueTask<Fault?> AnswerAsync(Exchange exchange, string contentType, ReadOnlyMemory<byte> body)
    {
        var response = exchange.Http.Response;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (exchange.Http.Request.Method != "HEAD") await response.Body.WriteAsync(body, exchange.Stop);
        return null;
    }
}
