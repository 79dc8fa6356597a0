using System.IO.Compression;
using System.Security.Cryptography;

namespace Hearth.App;

/// <summary>How the bytes of a file are stored (RFC 9110, 8.4.1).</summary>
internal enum Coding
{
    /// <summary>As they are.</summary>
    Plain,

    /// <summary>RFC 1952.</summary>
    Gzip,

    /// <summary>RFC 7932.</summary>
    Brotli,
}

/// <summary>One file of the dashboard, in one or more codings.</summary>
internal sealed class DashboardFile
{
    private const string BrotliEnd = ".br", GzipEnd = ".gz";
    private readonly IReadOnlyDictionary<Coding, Func<Stream>> stored;
    private readonly Lazy<string> digest;

    /// <summary>A file under its path, with the ways to open what is stored of it.</summary>
    public DashboardFile(string path, IReadOnlyDictionary<Coding, Func<Stream>> stored)
    {
        (Path, this.stored) = (path, stored);
        digest = new(() =>
        {
            using var bytes = stored[stored.Keys.Max()]();
            return Convert.ToHexStringLower(SHA256.HashData(bytes))[..20];
        });
    }

    /// <summary>Such as <c>assets/index-B3x.js</c>.</summary>
    public string Path { get; }

    /// <summary>The path that a stored file stands for: without the end that tells its coding.</summary>
    public static string NameOf(string storedPath) => CodingOf(storedPath) == Coding.Plain ? storedPath : storedPath[..^BrotliEnd.Length];

    /// <summary>The coding of a stored file, by the end of its name.</summary>
    public static Coding CodingOf(string storedPath) =>
        storedPath.EndsWith(BrotliEnd, StringComparison.Ordinal) ? Coding.Brotli : storedPath.EndsWith(GzipEnd, StringComparison.Ordinal) ? Coding.Gzip : Coding.Plain;

    /// <summary>The best coding among what somebody takes: the smallest there is, else plain.</summary>
    public Coding Best(bool brotli, bool gzip) =>
        brotli && stored.ContainsKey(Coding.Brotli) ? Coding.Brotli : gzip && stored.ContainsKey(Coding.Gzip) ? Coding.Gzip : Coding.Plain;

    /// <summary>Changes when the file does, and is another one in each coding.</summary>
    public string Tag(Coding coding) => coding switch { Coding.Brotli => $"\"{digest.Value}-br\"", Coding.Gzip => $"\"{digest.Value}-gz\"", _ => $"\"{digest.Value}\"" };

    /// <summary>The bytes in a coding that <see cref="Best"/> gave. Plain ones are unpacked when they are not stored.</summary>
    public Stream Open(Coding coding) =>
        stored.TryGetValue(coding, out var open) ? open()
        : stored.TryGetValue(Coding.Gzip, out var packed) ? new GZipStream(packed(), CompressionMode.Decompress)
        : new BrotliStream(stored[Coding.Brotli](), CompressionMode.Decompress);

    /// <summary>All of it, plain.</summary>
    public byte[] ReadAll()
    {
        using var stream = Open(Coding.Plain);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
