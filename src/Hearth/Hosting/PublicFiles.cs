using Hearth.Basics;
using Hearth.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;

namespace Hearth.Hosting;

/// <summary>
/// The files of the public folder (contract 1.12): one address for each file, and the root page for paths that are no file, so that a
/// single-page app finds itself under any address. Files are sent by ASP.NET Core, with ranges and conditions. Symbolic links count for what they lead to, which must be in
/// the folder.
/// </summary>
internal sealed class PublicFiles : IDisposable
{
    private const string Index = "index.html";
    private const string WellKnown = "/.well-known/";
    private readonly string root;
    private readonly PhysicalFileProvider files;
    private readonly RequestDelegate send;

    /// <summary>Serves a folder. The folder must be there.</summary>
    public PublicFiles(string folder, IApplicationBuilder app)
    {
        root = Path.GetFullPath(folder);
        files = new PhysicalFileProvider(root, ExclusionFilters.None);
        send = app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ServeUnknownFileTypes = true,
            DefaultContentType = "application/octet-stream",
        }).Build();
    }

    /// <summary>Answers GET and HEAD for a path outside of the API.</summary>
    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        var http = exchange.Http;
        var path = http.Request.Path.Value ?? "/";
        if (IsTrick(path)) return Missing;
        if (RedirectFor(path) is { } target)
        {
            CanonicalPath.RedirectTo(http, target, StatusCodes.Status301MovedPermanently);
            return null;
        }
        if ((FileAt(path.EndsWith('/') ? path + Index : path) ?? FileAt("/" + Index)) is not { } file) return Missing;
        await SendAsync(http, file);
        return null;
    }

    /// <summary>404 of the contract for files.</summary>
    public static Fault Missing { get; } = Fault.NotFound("files.not_found", "File not found.");

    /// <inheritdoc/>
    public void Dispose() => files.Dispose();

    private async Task SendAsync(HttpContext http, string file)
    {
        var (path, endpoint) = (http.Request.Path, http.GetEndpoint());
        // The middleware leaves requests alone that already have an endpoint.
        http.SetEndpoint(null);
        http.Request.Path = file;
        try
        {
            await send(http);
        }
        finally
        {
            http.Request.Path = path;
            http.SetEndpoint(endpoint);
        }
    }

    private string? RedirectFor(string path)
    {
        if (path.EndsWith("/" + Index, StringComparison.Ordinal)) return path[..^Index.Length];
        if (path.EndsWith('/')) return path.Length > 1 && IsFile(path.TrimEnd('/')) ? path.TrimEnd('/') : null;
        return !IsFile(path) && files.GetDirectoryContents(path).Exists ? path + "/" : null;
    }

    private bool IsFile(string path) => FileAt(path) is not null;

    // The path of a file with its links followed, as long as that is in the folder: of a link the framework would tell the length of the link. Null when there is none.
    private string? FileAt(string path)
    {
        if (files.GetFileInfo(path) is not { Exists: true, IsDirectory: false, PhysicalPath: { } file } || RealPath.Within(root, file) is not { } real) return null;
        return real == path || files.GetFileInfo(real) is { Exists: true, IsDirectory: false } ? real : null;
    }

    // The provider keeps to its folder by itself; these paths mean no file of anybody's and are not worth a root page.
    private static bool IsTrick(string path)
    {
        foreach (var c in path)
        {
            if (c is '\\' or ':' || char.IsControl(c)) return true;
        }
        // Still encoded after decoding once: slash, backslash, NUL, or a second encoding. Hidden files are nobody's but the ones of RFC 8615.
        var rest = path.StartsWith(WellKnown, StringComparison.Ordinal) ? path.AsSpan(WellKnown.Length - 1) : path;
        return rest.Contains("/.", StringComparison.Ordinal) || rest.Contains("%2", StringComparison.Ordinal) || rest.Contains("%5c", StringComparison.OrdinalIgnoreCase)
            || rest.Contains("%00", StringComparison.Ordinal);
    }
}
