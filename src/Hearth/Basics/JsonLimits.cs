using System.Text.Json;

namespace Hearth.Basics;

/// <summary>
/// How deep JSON may nest, one number for everything that reads it: what came in through one door must be readable behind all others.
/// </summary>
public static class JsonLimits
{
    /// <summary>Most levels of lists and objects.</summary>
    public const int MostLevels = 256;

    /// <summary>For documents and elements.</summary>
    public static JsonDocumentOptions Documents => new() { MaxDepth = MostLevels };

    /// <summary>For token readers.</summary>
    public static JsonReaderOptions Readers => new() { MaxDepth = MostLevels };
}
