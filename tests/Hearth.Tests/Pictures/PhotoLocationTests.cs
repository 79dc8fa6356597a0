using System.Text;
using Hearth.Resources.Pictures;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.IO;
using NetVips;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Pictures;

/// <summary>What is left of a photo after its place was taken out, as another program reads it.</summary>
[RunsOnce]
public sealed class PhotoLocationTests
{
    // What no byte of a cleaned file may say: the names of the tags in XMP, and its numbers.
    private static readonly string[] Traces = ["GPSL", "GpsL", "GPSA", "GPSD", "52,5.45N", "5,7.25E", "5.1225", "52.0907"];

    public static TheoryData<string, bool> Forms => new()
    {
        { "image/jpeg", true },
        { "image/jpeg", false },
        { "image/png", true },
        { "image/png", false },
        { "image/webp", true },
        { "image/webp", false },
        { "image/avif", true },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_place_goes_and_everything_else_stays(string type, bool little)
    {
        var photo = Photo(type, PhotoBytes.Exif(little));
        HasPlace(photo).ShouldBeTrue();
        var clean = await CleanAsync(photo, type);
        clean.Length.ShouldBe(photo.Length);
        HasPlace(clean).ShouldBeFalse();
        foreach (var trace in Traces) Encoding.Latin1.GetString(clean).ShouldNotContain(trace);
        Pixels(clean).ShouldBe(Pixels(photo));
        var tags = Tags(clean).OfType<ExifIfd0Directory>().First();
        tags.GetString(ExifDirectoryBase.TagMake).ShouldBe("Hearthcam");
        tags.GetInt32(ExifDirectoryBase.TagOrientation).ShouldBe(6);
        tags.GetString(ExifDirectoryBase.TagDateTime).ShouldBe("2025:06:07 08:09:10");
        if (type != "image/avif") Encoding.Latin1.GetString(clean).ShouldContain($"photoshop:City=\"{PhotoBytes.City}\"");
        (await CleanAsync(clean, type)).ShouldBe(clean);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_photo_without_a_place_stays_as_it_is(string type, bool little)
    {
        var photo = await CleanAsync(Photo(type, PhotoBytes.Exif(little, place: false)), type);
        (await CleanAsync(photo, type)).ShouldBe(photo);
        var plain = PhotoBytes.Plain(type switch { "image/jpeg" => ".jpg", "image/png" => ".png", "image/webp" => ".webp", _ => ".avif" });
        (await CleanAsync(plain, type)).ShouldBe(plain);
    }

    [Fact]
    public async Task Pictures_behind_the_first_one_are_cleaned_too()
    {
        var clean = await CleanAsync(PhotoBytes.Jpeg(PhotoBytes.Exif(true), second: true), "image/jpeg");
        foreach (var trace in Traces) Encoding.Latin1.GetString(clean).ShouldNotContain(trace);
        var second = clean.AsSpan().LastIndexOf("Exif\0\0"u8) - 6;
        HasPlace(clean[second..]).ShouldBeFalse();
    }

    [Fact]
    public async Task Packed_texts_of_a_png_are_blanked_and_the_file_stays_one()
    {
        var photo = PhotoBytes.Png(PhotoBytes.Exif(true), packed: true);
        var clean = await CleanAsync(photo, "image/png");
        ImageMetadataReader.ReadMetadata(new MemoryStream(clean)).SelectMany(part => part.Tags).ShouldContain(tag => tag.Description == "Title: A house");
        Encoding.Latin1.GetString(clean).ShouldNotContain("XML:com.adobe.xmp");
        Pixels(clean).ShouldBe(Pixels(photo));
    }

    [Fact]
    public async Task Tags_that_cannot_be_read_go_whole()
    {
        var exif = PhotoBytes.Exif(true);
        exif[4] = 0xF0;
        exif[5] = 0xFF;
        foreach (var (type, name) in new[] { ("image/jpeg", "Hearthcam"), ("image/webp", "Hearthcam"), ("image/png", "Hearthcam") })
        {
            var clean = await CleanAsync(Photo(type, exif), type);
            Encoding.Latin1.GetString(clean).ShouldNotContain(name);
            Pixels(clean).ShouldBe(Pixels(Photo(type, exif)));
        }
    }

    [Fact]
    public async Task Any_bytes_at_all_keep_their_number_and_do_no_harm()
    {
        var random = new Random(6);
        foreach (var type in new[] { "image/jpeg", "image/png", "image/webp", "image/avif" })
        {
            var photo = Photo(type, PhotoBytes.Exif(true));
            for (var round = 0; round < 400; round++)
            {
                var broken = photo.ToArray();
                for (var change = random.Next(1, 12); change > 0; change--) broken[random.Next(broken.Length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
                var cut = broken.AsSpan(0, random.Next(3) == 0 ? random.Next(broken.Length) : broken.Length).ToArray();
                (await CleanAsync(cut, type, random)).Length.ShouldBe(cut.Length);
            }
        }
    }

    [Fact]
    public void What_is_longer_than_metadata_should_be_is_blanked_in_steady_memory()
    {
        var xmp = new byte[40 << 20];
        "XML:com.adobe.xmp\0\0\0\0\0<a exif:GPSLatitude='52,5.45N'/>"u8.CopyTo(xmp);
        byte[] head = [0x89, .. "PNG\r\n\x1a\n"u8, 2, 0x80, 0, 0, .. "iTXt"u8];
        using var clean = PhotoLocation.Clean(new MemoryStream([.. head, .. xmp, 1, 2, 3, 4]), "image/png");
        var most = 8 << 20;
        var piece = new byte[64 << 10];
        var before = GC.GetAllocatedBytesForCurrentThread();
        long length = 0;
        for (int count; (count = clean.Read(piece)) > 0; length += count) piece.AsSpan(0, count).IndexOf("GPS"u8).ShouldBe(-1);
        length.ShouldBe(head.Length + xmp.Length + 4);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(most);
    }

    [Fact]
    public void What_is_no_photo_passes_untouched()
    {
        using var content = new MemoryStream([1, 2, 3]);
        PhotoLocation.Clean(content, "text/plain").ShouldBeSameAs(content);
    }

    private static byte[] Photo(string type, byte[] exif) => type switch
    {
        "image/jpeg" => PhotoBytes.Jpeg(exif),
        "image/png" => PhotoBytes.Png(exif),
        "image/webp" => PhotoBytes.Webp(exif),
        _ => PhotoBytes.Avif(exif),
    };

    private static bool HasPlace(byte[] photo) => Tags(photo).OfType<GpsDirectory>().Any(part => part.TagCount > 0);

    // That reader knows no AVIF; there libvips hands over the tags.
    private static IReadOnlyList<MetadataExtractor.Directory> Tags(byte[] photo)
    {
        if (!photo.AsSpan(4).StartsWith("ftyp"u8)) return ImageMetadataReader.ReadMetadata(new MemoryStream(photo));
        using var picture = Image.NewFromBuffer(photo);
        return new ExifReader().Extract(new ByteArrayReader(((byte[])picture.Get("exif-data"))[6..]));
    }

    private static byte[] Pixels(byte[] photo)
    {
        using var picture = Image.NewFromBuffer(photo);
        return picture.WriteToMemory<byte>();
    }

    // In pieces of any size, as a network brings them.
    private static async Task<byte[]> CleanAsync(byte[] photo, string type, Random? random = null)
    {
        await using var clean = PhotoLocation.Clean(new MemoryStream(photo), type);
        var result = new MemoryStream();
        var piece = new byte[random?.Next(1, 5000) ?? 777];
        for (int count; (count = await clean.ReadAsync(piece)) > 0;) result.Write(piece.AsSpan(0, count));
        return result.ToArray();
    }
}
