using System.Text;
using System.Text.Json;
using Microsoft.OpenApi;

namespace Hearth.Features.OpenApi;

/// <summary>A description of the API as it was written down, for one kind of reader and one schema. Only the address of the server is another with each request.</summary>
/// <param name="Version">Of the schema.</param>
/// <param name="Before">The bytes up to the address.</param>
/// <param name="After">The bytes behind it.</param>
internal sealed record KeptDocument(long Version, ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> After)
{
    /// <summary>Stands where the address of the server belongs.</summary>
    public const string ServerMark = "https://the-address-of-the-server.invalid";

    /// <summary>Writes a description down.</summary>
    public static async ValueTask<KeptDocument> WriteAsync(OpenApiDocument document, long version, CancellationToken stop)
    {
        using var buffer = new MemoryStream();
        await document.SerializeAsJsonAsync(buffer, OpenApiSpecVersion.OpenApi3_1, stop);
        var bytes = buffer.ToArray();
        var mark = Encoding.UTF8.GetBytes(ServerMark);
        var at = bytes.AsSpan().IndexOf(mark);
        return new KeptDocument(version, bytes.AsMemory(0, at), bytes.AsMemory(at + mark.Length));
    }

    /// <summary>The whole, for a server under this address.</summary>
    public byte[] For(string address) => [.. Before.Span, .. JsonEncodedText.Encode(address).EncodedUtf8Bytes, .. After.Span];
}
