namespace Hearth.Resources.Pictures.Location;

/// <summary>Knows where metadata stands in one kind of file. It sees a file once, from the first byte to the last, through a window that moves on.</summary>
internal abstract class PhotoParts
{
    /// <summary>
    /// Cleans what stands at the beginning of the window, in place, and says how many bytes are done with. That may be more than the window has: so many are then
    /// passed on unseen. 0 asks for a longer window; never for more than <see cref="PhotoLocation.MostMetadata"/> and a header.
    /// </summary>
    /// <param name="window">The next bytes.</param>
    /// <param name="last">Nothing follows them. 0 then means that the rest stays as it is.</param>
    public abstract long Clean(Span<byte> window, bool last);
}
