using Hearth.Basics;
using Hearth.Http;
using Hearth.Schema;
using Microsoft.OpenApi;

namespace Hearth.Features.OpenApi;

/// <summary>
/// The API described for programs and people: an OpenAPI 3.1 document made from the live schema, and a page that reads it.
/// Routes: <c>/api/openapi.json</c>, <c>/api/docs</c>. Tables: none. Guests see the collections that are open to someone besides
/// superusers, without hidden fields; superusers see all.
/// </summary>
internal sealed class OpenApiFeature : Feature
{
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
        });
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/docs",
            Handler = WritePageAsync,
            Summary = "This description of the API, as a page to read.",
        });
    }

    private static async ValueTask<Fault?> WriteDocumentAsync(Exchange exchange, FeatureSetup setup)
    {
        var visible = exchange.Schema.Collections.Where(c => IsVisible(c, exchange.Caller.IsSuperuser));
        var request = exchange.Http.Request;
        var document = ApiDocument.Describe(setup.Routes, [.. visible], exchange.Caller.IsSuperuser, $"{request.Scheme}://{request.Host}");
        using var buffer = new MemoryStream();
        await document.SerializeAsJsonAsync(buffer, OpenApiSpecVersion.OpenApi3_1, exchange.Stop);
        return await AnswerAsync(exchange, "application/json", buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    private static ValueTask<Fault?> WritePageAsync(Exchange exchange)
    {
        using var page = typeof(OpenApiFeature).Assembly.GetManifestResourceStream("Hearth.Features.OpenApi.docs.html")
            ?? throw new InvalidOperationException("The page docs.html is not in the assembly.");
        var bytes = new byte[page.Length];
        page.ReadExactly(bytes);
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

    private static bool IsVisible(Collection collection, bool superuser) =>
        superuser || (!collection.System && (collection.ListRule ?? collection.ViewRule ?? collection.CreateRule ?? collection.UpdateRule ?? collection.DeleteRule) is not null)
        || (collection.Type == CollectionType.Auth && !collection.System);
}
