using Hearth.Basics.Media;

namespace Hearth.Records.Files;

/// <summary>A file on its way into a record.</summary>
/// <param name="Key">A file field, with a modifier if there is one: <c>photos+</c>.</param>
/// <param name="OriginalName">Its name where it comes from; anything.</param>
/// <param name="Name">The name that it will have.</param>
/// <param name="Kind">What it is, by its first bytes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Open">Opens a new stream over the bytes.</param>
public sealed record Upload(string Key, string OriginalName, string Name, MediaKind Kind, long Length, Func<Stream> Open)
{
    /// <summary>Looks at a file and gives it a name.</summary>
    public static async ValueTask<Upload> ReadAsync(string key, string originalName, long length, Func<Stream> open, CancellationToken stop)
    {
        MediaKind kind;
        await using (var content = open()) kind = await MediaSniffer.SniffAsync(content, stop);
        return new Upload(key, originalName, FileNames.Make(originalName, kind), kind, length, open);
    }
}
