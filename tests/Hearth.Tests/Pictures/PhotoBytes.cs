using System.Buffers.Binary;
using Hearth.Basics;
using System.Text;
using NetVips;

namespace Hearth.Tests.Pictures;

/// <summary>Photos as cameras write them, made for a test: pixels by libvips, tags by hand.</summary>
internal static class PhotoBytes
{
    public const string City = "Utrecht";

    /// <summary>A photo's pixels, different everywhere, in one of the formats of libvips such as <c>.jpg</c>.</summary>
    public static byte[] Plain(string suffix, int width = 64, int height = 48)
    {
        using var x = Image.Xyz(width, height);
        using var bands = x[0].Bandjoin((x[1] * 3) % 256, (x[0] + x[1]) % 256);
        using var picture = (bands % 256).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        return picture.WriteToBuffer(suffix);
    }

    /// <summary>Exif with a camera, an orientation, a time and a place, in either order of bytes.</summary>
    public static byte[] Exif(bool little, int orientation = 6, bool place = true)
    {
        var maker = "Hearthcam\0"u8.ToArray();
        var time = "2025:06:07 08:09:10\0"u8.ToArray();
        var xmp = Encoding.UTF8.GetBytes(Xmp());
        var count = place ? 5 : 4;
        var gps = 8 + 2 + count * 12 + 4;
        var values = gps + 2 + 4 * 12 + 4;
        var block = new byte[values + maker.Length + time.Length + 48 + xmp.Length];
        (little ? "II*\0"u8 : "MM\0*"u8).CopyTo(block);
        Put32(4, 8);
        Put16(8, (ushort)count);
        var at = 10;
        Entry(ref at, 0x010F, 2, (uint)maker.Length, (uint)values);
        Entry(ref at, 0x0112, 3, 1, little ? (uint)orientation : (uint)orientation << 16);
        Entry(ref at, 0x0132, 2, (uint)time.Length, (uint)(values + maker.Length));
        var degrees = values + maker.Length + time.Length;
        Entry(ref at, 0x02BC, 1, (uint)xmp.Length, (uint)(degrees + 48));
        if (place) Entry(ref at, 0x8825, 4, 1, (uint)gps);
        maker.CopyTo(block, values);
        time.CopyTo(block, values + maker.Length);
        xmp.CopyTo(block, degrees + 48);
        Put16(gps, 4);
        at = gps + 2;
        Entry(ref at, 1, 2, 2, little ? 'N' : (uint)'N' << 24);
        Entry(ref at, 2, 5, 3, (uint)degrees);
        Entry(ref at, 3, 2, 2, little ? 'E' : (uint)'E' << 24);
        Entry(ref at, 4, 5, 3, (uint)(degrees + 24));
        foreach (var (i, number) in new uint[] { 52, 1, 5, 1, 2700, 100, 5, 1, 7, 1, 1500, 100 }.Index()) Put32(degrees + i * 4, number);
        return block;

        void Entry(ref int place, ushort tag, ushort type, uint number, uint value)
        {
            Put16(place, tag);
            Put16(place + 2, type);
            Put32(place + 4, number);
            Put32(place + 8, value);
            place += 12;
        }

        void Put16(int place, ushort value)
        {
            if (little) BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(place), value);
            else BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(place), value);
        }

        void Put32(int place, uint value)
        {
            if (little) BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(place), value);
            else BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(place), value);
        }
    }

    /// <summary>XMP with a place in every way in which programs write one.</summary>
    public static string Xmp() => $"""
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
          exif:GPSLatitude="52,5.45N" drone-dji:GpsLongtitude = '5.1225' photoshop:City="{City}" exif:GPSMapDatum="WGS-84">
        <exif:GPSLongitude>5,7.25E</exif:GPSLongitude><exif:GPSAltitude />
        <exif:GPSDestination rdf:parseType="Resource"><exif:value note="a > b">52.0907</exif:value></exif:GPSDestination>
        <photoshop:Headline>Where GPS: was, and lat: too</photoshop:Headline>
        </rdf:Description></rdf:RDF></x:xmpmeta>
        """;

    /// <summary>A JPEG with the segments of a camera, and one more whole picture behind it as phones append them.</summary>
    public static byte[] Jpeg(byte[] exif, bool second = false)
    {
        var plain = Plain(".jpg[keep=none]");
        var parts = new MemoryStream();
        parts.Write(plain.AsSpan(0, 2));
        Segment([.. "Exif\0\0"u8, .. exif]);
        Segment([.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(Xmp())]);
        Segment([.. "http://ns.adobe.com/xmp/extension/\0"u8, .. new byte[40], .. "<a xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSLatitude='52,5.45N'/>"u8]);
        parts.Write(plain.AsSpan(2));
        if (second) parts.Write(Jpeg(exif));
        return parts.ToArray();

        void Segment(byte[] content)
        {
            parts.Write([0xFF, 0xE1, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
            parts.Write(content);
        }
    }

    public static byte[] Png(byte[] exif, bool packed = false)
    {
        var plain = Plain(".png[keep=none]");
        var parts = new MemoryStream();
        parts.Write(plain.AsSpan(0, 33));
        Chunk("eXIf", exif);
        Chunk("iTXt", [.. "XML:com.adobe.xmp\0"u8, packed ? (byte)1 : (byte)0, 0, 0, 0, .. packed ? Deflated(Xmp()) : Encoding.UTF8.GetBytes(Xmp())]);
        Chunk("tEXt", [.. "Raw profile type exif\0"u8, .. Encoding.ASCII.GetBytes($"\nexif\n{exif.Length,8}\n{Convert.ToHexStringLower(exif)}\n")]);
        Chunk("tEXt", [.. "Title\0A house"u8]);
        parts.Write(plain.AsSpan(33));
        return parts.ToArray();

        void Chunk(string type, byte[] content)
        {
            var chunk = new byte[content.Length + 12];
            BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
            Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
            content.CopyTo(chunk, 8);
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(content.Length + 8), Crc32.End(Crc32.Append(Crc32.Begin, chunk.AsSpan(4, content.Length + 4))));
            parts.Write(chunk);
        }
    }

    /// <summary>WebP in its long form, in which metadata comes after the picture.</summary>
    public static byte[] Webp(byte[] exif)
    {
        var plain = Plain(".webp[keep=none]");
        var parts = new MemoryStream();
        parts.Write("RIFF\0\0\0\0WEBP"u8);
        Chunk("VP8X"u8, [0x0C, 0, 0, 0, 63, 0, 0, 47, 0, 0]);
        parts.Write(plain.AsSpan(12));
        Chunk("EXIF"u8, exif);
        Chunk("XMP "u8, Encoding.UTF8.GetBytes(Xmp()));
        var whole = parts.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(4), whole.Length - 8);
        return whole;

        void Chunk(ReadOnlySpan<byte> type, byte[] content)
        {
            parts.Write(type);
            parts.Write([(byte)content.Length, (byte)(content.Length >> 8), (byte)(content.Length >> 16), 0]);
            parts.Write(content);
            if (content.Length % 2 == 1) parts.WriteByte(0);
        }
    }

    /// <summary>AVIF, written by libvips with the tags.</summary>
    public static byte[] Avif(byte[] exif)
    {
        using var picture = Image.NewFromBuffer(Plain(".png"));
        using var tagged = picture.Mutate(image => image.Set(GValue.BlobType, "exif-data", (byte[])[.. "Exif\0\0"u8, .. exif]));
        return tagged.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0);
    }

    private static byte[] Deflated(string text)
    {
        var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal)) zlib.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
