namespace Hearth.Resources.Pictures;

/// <summary>What making pictures may cost. A picture that would cost more is not made, and its original is served instead.</summary>
public sealed record PictureLimits
{
    /// <summary>Pictures made at once; at least 1. Two more than processors, as the contract has it (8.3): some wait for the disk.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount + 2;

    /// <summary>Longest time from asking to having, waiting for a worker included; contract 8.3.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most bytes of an original: they are in memory while a picture is made. A camera's 50-megapixel JPEG has about 20 MiB.</summary>
    public long Bytes { get; init; } = 64L << 20;

    /// <summary>
    /// Most pixels of an original. Decoding takes up to six bytes for each in the worst kind of file, so that 50 million take 300 MB; phones make pictures
    /// of that size.
    /// </summary>
    public long Pixels { get; init; } = 50_000_000;

    /// <summary>Originals with more pixels than this are worked on one at a time, so that memory stays bounded whatever is asked for at once.</summary>
    public long ManyPixels { get; init; } = 16_000_000;

    /// <summary>Most pixels of a picture that is made.</summary>
    public long MadePixels { get; init; } = 25_000_000;

    /// <summary>
    /// Most pictures kept of one file; beyond them none with a format, quality or focus of its own is made, so that nobody can fill the disk by asking for
    /// every one there could be.
    /// </summary>
    public int KeptOfOne { get; init; } = 100;
}
