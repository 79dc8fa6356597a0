using Hearth.App;
using Hearth.Basics;
using Hearth.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Hosting;

/// <summary>Serves an app through ASP.NET Core's endpoint routing.</summary>
public static class HearthEndpoints
{
    /// <summary>
    /// Maps every route of the app that <see cref="HearthServices.AddHearth"/> added, the public files, and an answer for everything else
    /// that no other endpoint of the program takes.
    /// </summary>
    public static void MapHearth(this IEndpointRouteBuilder endpoints)
    {
        var app = endpoints.ServiceProvider.GetRequiredService<HearthApp>();
        var origins = new OriginList([.. app.Options.Origins]);
        var pipeline = new RequestPipeline(app.Parts, app.Callers, origins, new CrashGuard(app.Loggers.CreateLogger("Hearth")));
        var others = new OtherPaths(pipeline, origins, PublicFilesOf(app, endpoints), app.Options.Dashboard);
        foreach (var route in app.Routes)
        {
            endpoints.MapMethods(
                route.Path,
                route.Method == "GET" ? ["GET", "HEAD"] : [route.Method],
                (RequestDelegate)(http => IsExact(http.Request.Path.Value, route.Path) ? pipeline.RunAsync(http, route) : others.RunAsync(http)))
                .WithDisplayName(route.Method + " " + route.Path)
                .WithMetadata(route);
        }
        endpoints.Map("/{**path}", (RequestDelegate)others.RunAsync).WithDisplayName("Hearth: everything else").WithOrder(int.MaxValue);
    }

    // Routing itself forgives a trailing slash and other letter case; the contract does not.
    private static bool IsExact(string? path, string route) => path is not null && path[^1] != '/' && HasSameWords(path, route);

    // A rule of a proxy for "/api/settings" would not hold for "/api/Settings".
    private static bool HasSameWords(ReadOnlySpan<char> path, ReadOnlySpan<char> route)
    {
        while (!route.IsEmpty)
        {
            var (word, pathWord) = (LengthOfWord(route), LengthOfWord(path));
            if (route.StartsWith("/{*")) return true;
            if (!route[..word].Contains('{') && !route[..word].SequenceEqual(path[..pathWord])) return false;
            route = route[word..];
            path = path[pathWord..];
        }
        return true;
    }

    // With the slash before it.
    private static int LengthOfWord(ReadOnlySpan<char> path) => path.Length > 1 && path[1..].IndexOf('/') is var slash and >= 0 ? slash + 1 : path.Length;

    private static PublicFiles? PublicFilesOf(HearthApp app, IEndpointRouteBuilder endpoints) =>
        app.Options.PublicDirectory is { } folder && Directory.Exists(folder) ? new PublicFiles(folder, endpoints.CreateApplicationBuilder()) : null;
}
