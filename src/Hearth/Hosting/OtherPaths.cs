using Hearth.App;
using Hearth.Basics;
using Hearth.Http;
using Microsoft.AspNetCore.Http;

namespace Hearth.Hosting;

/// <summary>What is no route: OPTIONS, the dashboard, the public files, and the contract's 404 for the rest (1.1).</summary>
internal sealed class OtherPaths
{
    private readonly RequestPipeline pipeline;
    private readonly OriginList origins;
    private readonly RouteDefinition missing;
    private readonly RouteDefinition page;
    private readonly RouteDefinition file;

    public OtherPaths(RequestPipeline pipeline, OriginList origins, PublicFiles? files, DashboardFiles? built)
    {
        (this.pipeline, this.origins) = (pipeline, origins);
        var dashboard = new DashboardPage(built);
        missing = Route(static _ => ValueTask.FromResult<Fault?>(Fault.NotFound("routes.not_found")));
        page = Route(dashboard.AnswerAsync);
        file = Route(files is null ? static _ => ValueTask.FromResult<Fault?>(PublicFiles.Missing) : files.AnswerAsync);
    }

    /// <summary>Answers a request that no route took.</summary>
    public Task RunAsync(HttpContext http)
    {
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            CommonHeaders.AnswerPreflight(http, origins);
            return Task.CompletedTask;
        }
        var path = http.Request.Path;
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var route = !reads || path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? missing
            : path.StartsWithSegments("/_") ? page
            : file;
        return pipeline.RunAsync(http, route);
    }

    private static RouteDefinition Route(Handler handler) => new() { Method = "GET", Path = "/{**path}", Handler = handler, QuietLog = true };
}
