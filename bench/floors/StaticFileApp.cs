using Microsoft.Extensions.FileProviders;

namespace Hearth.Floors;

/// <summary>Kestrel with ASP.NET Core's own middleware for static files, and nothing else.</summary>
internal static class StaticFileApp
{
    public static WebApplication Build(FloorOptions options)
    {
        var app = LeanHost.Create(options);
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.GetFullPath(options.Data)), ServeUnknownFileTypes = true });
        return app;
    }
}
