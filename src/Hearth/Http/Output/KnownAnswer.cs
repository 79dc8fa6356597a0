namespace Hearth.Http.Output;

/// <summary>A JSON body that was sent before, with its entity tag.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="Tag">The tag with its quotes.</param>
public sealed record KnownAnswer(byte[] Body, string Tag);
