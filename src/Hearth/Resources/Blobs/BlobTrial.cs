using Hearth.Basics;

namespace Hearth.Resources.Blobs;

/// <summary>Tries a place: a small blob goes there, comes back and is removed.</summary>
public static class BlobTrial
{
    private const string Text = "Hearth was here.";

    /// <summary>Null when all is well, else a sentence about what is wrong. Throws a <see cref="BlobException"/> when the place refuses.</summary>
    public static async ValueTask<string?> RunAsync(BlobStore store, CancellationToken stop)
    {
        var key = $"hearth_test_{RandomText.Of(10, RandomText.LowerAlphabet)}.txt";
        await store.WriteAsync(key, new BlobLabel("text/plain"), new MemoryStream(System.Text.Encoding.ASCII.GetBytes(Text)), stop);
        try
        {
            await using var stream = await store.OpenAsync(key, 0, null, stop);
            if (stream is null) return "What was stored is not there.";
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(stop) == Text ? null : "What was stored came back as something else.";
        }
        finally
        {
            await store.DeleteAsync(key, stop);
        }
    }
}
