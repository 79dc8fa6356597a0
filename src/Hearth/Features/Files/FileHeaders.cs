namespace Hearth.Features.Files;

/// <summary>Which media type a file is served with (contract 8.4).</summary>
internal static class FileHeaders
{
    /// <summary>The stored type, unless the end of the name says more than the content can.</summary>
    public static string TypeOf(string stored, string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".svg" => "image/svg+xml",
        ".css" => "text/css",
        ".js" or ".mjs" => "text/javascript",
        ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _ => stored,
    };
}
