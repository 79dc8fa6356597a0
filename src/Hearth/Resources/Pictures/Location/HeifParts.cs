using System.Buffers.Binary;

namespace Hearth.Resources.Pictures.Location;

/// <summary>
/// HEIC and AVIF (ISO/IEC 23008-12): boxes, of which <c>meta</c> says where in the file the items with the tags are. Cameras write it before them; a file in which
/// it comes later is passed on as it is from there.
/// </summary>
internal sealed class HeifParts : PhotoParts
{
    private const int BoxHead = 8;

    private readonly Queue<HeifItem> items = new();
    private long at;
    private long blankUntil;
    private bool found;

    public override long Clean(Span<byte> window, bool last)
    {
        var done = blankUntil > at ? Blank(window) : found ? Items(window, last) : Box(window);
        at = long.MaxValue - done < at ? long.MaxValue : at + done;
        return done;
    }

    private long Box(Span<byte> window)
    {
        if (window.Length < BoxHead) return 0;
        long size = BinaryPrimitives.ReadUInt32BigEndian(window);
        if (size == 1)
        {
            if (window.Length < 2 * BoxHead) return 0;
            size = BinaryPrimitives.ReadInt64BigEndian(window[BoxHead..]);
        }
        if (!window[4..BoxHead].SequenceEqual("meta"u8)) return size < BoxHead ? long.MaxValue : size;
        if (size is < BoxHead or > PhotoLocation.MostMetadata) return long.MaxValue;
        if (window.Length < size) return 0;
        found = true;
        var box = window[..(int)size];
        foreach (var item in HeifItems.Read(box[BoxHead..]).OrderBy(item => item.Start))
        {
            // What lies within this box is cleaned at once; the rest when it comes by.
            if (item.InBox) CleanItem(box.Slice(BoxHead + (int)item.Start, (int)item.Length), item);
            else if (item.Start >= at + size) items.Enqueue(item);
        }
        return size;
    }

    private long Items(Span<byte> window, bool last)
    {
        HeifItem item;
        while (items.TryPeek(out item) && (item.Start < at || item.Length == 0)) items.Dequeue();
        if (items.Count == 0) return long.MaxValue;
        if (item.Start > at) return item.Start - at;
        if (window.Length < item.Length && !last && item.Length <= PhotoLocation.MostMetadata) return 0;
        items.Dequeue();
        if (window.Length < item.Length)
        {
            blankUntil = at + item.Length;
            return Blank(window);
        }
        CleanItem(window[..(int)item.Length], item);
        return item.Length;
    }

    private long Blank(Span<byte> window)
    {
        var part = window[..(int)Math.Min(window.Length, blankUntil - at)];
        part.Clear();
        return part.Length;
    }

    private static void CleanItem(Span<byte> content, HeifItem item)
    {
        if (!item.Whole) content.Clear();
        else if (!item.Tags) XmpText.Clean(content);
        else
        {
            // The first four bytes say how many follow before the tags begin (ISO/IEC 23008-12, A.2.1).
            var start = content.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(content);
            if (start > content.Length - 4 || !ExifTags.TryClean(content[(4 + (int)start)..])) content.Clear();
        }
    }
}
