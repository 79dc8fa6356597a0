using Hearth.Resources.Blobs;
using Hearth.Resources.Pictures;
using NetVips;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Pictures;

/// <summary>Which pictures are made of which, as a decoder sees them.</summary>
[RunsOnce]
public sealed class ThumbTests
{
    [Theory]
    [InlineData("100x100", 400, 200, 100, 100)]
    [InlineData("100x100t", 400, 200, 100, 100)]
    [InlineData("100x50b", 200, 400, 100, 50)]
    [InlineData("100x100f", 400, 200, 100, 50)]
    [InlineData("100x100f", 200, 400, 50, 100)]
    [InlineData("100x100f", 60, 30, 60, 30)]
    [InlineData("0x50", 400, 200, 100, 50)]
    [InlineData("100x0", 400, 200, 100, 50)]
    [InlineData("100x0", 40, 20, 100, 50)]
    [InlineData("70x30", 21, 10, 70, 30)]
    [InlineData("1x1", 399, 201, 1, 1)]
    [InlineData("33x77", 1000, 3, 33, 77)]
    [InlineData("300x0", 1000, 1, 300, 1)]
    public async Task Every_form_has_its_size(string size, int width, int height, int wide, int high)
    {
        await using var desk = new PictureDesk();
        foreach (var (suffix, type) in new[] { (".jpg", "image/jpeg"), (".png", "image/png"), (".webp", "image/webp"), (".gif", "image/gif") })
        {
            using var picture = await desk.PictureAsync(await desk.StoreAsync("a" + suffix, type, PhotoBytes.Plain(suffix, width, height)), size);
            (picture!.Width, picture.Height).ShouldBe((wide, high), suffix);
        }
    }

    [Theory]
    [InlineData("image/jpeg", ".jpg", null, "Jpeg", "image/jpeg")]
    [InlineData("image/jpg", ".jpg", null, "Jpeg", "image/jpeg")]
    [InlineData("image/png", ".png", null, "Png", "image/png")]
    [InlineData("image/gif", ".gif", null, "Nsgif", "image/gif")]
    [InlineData("image/webp", ".webp", null, "Png", "image/png")]
    [InlineData("image/jpeg", ".jpg", "webp", "Webp", "image/webp")]
    [InlineData("image/png", ".png", "avif", "Heif", "image/avif")]
    [InlineData("image/gif", ".gif", "jpeg", "Jpeg", "image/jpeg")]
    [InlineData("image/webp", ".webp", "png", "Png", "image/png")]
    public async Task Every_kind_becomes_what_the_contract_says_or_what_was_asked_for(string type, string suffix, string? format, string loader, string made)
    {
        await using var desk = new PictureDesk();
        var thumb = await desk.ThumbAsync(await desk.StoreAsync("a" + suffix, type, PhotoBytes.Plain(suffix)), "20x20", format);
        thumb!.ContentType.ShouldBe(made);
        Image.FindLoadBuffer(await desk.ReadAsync(thumb)).ShouldBe($"VipsForeignLoad{loader}Buffer");
    }

    [Theory]
    [InlineData("30x30t", "red", "green")]
    [InlineData("30x30", "green", "green")]
    [InlineData("30x30b", "blue", "green")]
    public async Task Top_and_bottom_are_kept_and_the_middle_of_what_is_wide(string size, string high, string wide)
    {
        // Three stripes, of which a square has room for one.
        await using var desk = new PictureDesk();
        using var first = await desk.PictureAsync(await desk.StoreAsync("high.png", "image/png", Stripes(100, 300, down: true)), size);
        ColourAt(first!, 0.5, 0.5).ShouldBe(high);
        using var second = await desk.PictureAsync(await desk.StoreAsync("wide.png", "image/png", Stripes(300, 100, down: false)), size);
        ColourAt(second!, 0.5, 0.5).ShouldBe(wide);
    }

    [Theory]
    [InlineData("0,0", "red")]
    [InlineData("0.5,0.5", "green")]
    [InlineData("1,0.2", "blue")]
    [InlineData("0.05,1", "red")]
    public async Task The_focus_decides_which_part_is_kept(string focus, string colour)
    {
        await using var desk = new PictureDesk();
        var original = await desk.StoreAsync("stripes.png", "image/png", Stripes(300, 100, down: false));
        using var picture = await desk.PictureAsync(original, "40x40", focus: focus);
        ColourAt(picture!, 0.5, 0.5).ShouldBe(colour);
    }

    [Theory]
    [InlineData(1, 300, 100, "red", "blue")]
    [InlineData(3, 300, 100, "blue", "red")]
    [InlineData(6, 100, 300, "red", "blue")]
    [InlineData(8, 100, 300, "blue", "red")]
    public async Task A_camera_that_was_turned_is_turned_back(int orientation, int width, int height, string first, string last)
    {
        await using var desk = new PictureDesk();
        using var stripes = Image.NewFromBuffer(Stripes(300, 100, down: false));
        using var turned = stripes.Mutate(image => image.Set(GValue.GIntType, "orientation", orientation));
        var original = await desk.StoreAsync("camera.jpg", "image/jpeg", turned.JpegsaveBuffer(q: 95));
        using var picture = await desk.PictureAsync(original, "150x0");
        (picture!.Width, picture.Height).ShouldBe((150, 150 * height / width));
        ColourAt(picture, 0.1, 0.1).ShouldBe(first);
        ColourAt(picture, 0.9, 0.9).ShouldBe(last);
        picture.Contains("orientation").ShouldBeFalse();
        using var part = await desk.PictureAsync(original, "50x50", focus: "0,0");
        ColourAt(part!, 0.5, 0.5).ShouldBe(first);
    }

    [Fact]
    public async Task Nothing_that_a_camera_wrote_goes_along()
    {
        await using var desk = new PictureDesk();
        var thumb = await desk.ThumbAsync(await desk.StoreAsync("photo.jpg", "image/jpeg", PhotoBytes.Jpeg(PhotoBytes.Exif(true))), "20x20");
        var content = await desk.ReadAsync(thumb!);
        content.AsSpan().IndexOf("Exif"u8).ShouldBe(-1);
        content.AsSpan().IndexOf("xmpmeta"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task Printers_colours_and_deep_ones_become_those_of_screens()
    {
        await using var desk = new PictureDesk();
        using var stripes = Image.NewFromBuffer(Stripes(300, 100, down: false));
        using var print = stripes.Colourspace(Enums.Interpretation.Cmyk);
        using var deep = stripes.Colourspace(Enums.Interpretation.Rgb16);
        var originals = new[] { await desk.StoreAsync("a.jpg", "image/jpeg", print.JpegsaveBuffer()), await desk.StoreAsync("a.png", "image/png", deep.PngsaveBuffer(bitdepth: 16)) };
        foreach (var original in originals)
        {
            foreach (var format in new[] { null, "webp", "avif", "jpeg" })
            {
                using var picture = await desk.PictureAsync(original, "30x30", format);
                (picture!.Format, picture.Bands).ShouldBe((Enums.BandFormat.Uchar, 3));
                ColourAt(picture, 0.5, 0.5).ShouldBe("green");
            }
        }
    }

    [Fact]
    public async Task What_was_transparent_stays_so_or_becomes_white()
    {
        await using var desk = new PictureDesk();
        using var clear = Image.Black(40, 40, bands: 4).Copy(interpretation: Enums.Interpretation.Srgb);
        var original = await desk.StoreAsync("clear.png", "image/png", clear.PngsaveBuffer());
        using var png = await desk.PictureAsync(original, "20x20");
        png!.HasAlpha().ShouldBeTrue();
        using var jpeg = await desk.PictureAsync(original, "20x20", "jpeg");
        jpeg!.Getpoint(5, 5).ShouldAllBe(value => value > 250);
    }

    [Fact]
    public async Task Only_sizes_of_the_field_and_kinds_of_the_contract_are_made()
    {
        await using var desk = new PictureDesk();
        var field = new Hearth.Schema.FileField { Name = "photo", Thumbs = ["30x30"] };
        var photo = await desk.StoreAsync("a.jpg", "image/jpeg", PhotoBytes.Plain(".jpg"));
        (await desk.Pictures.ThumbAsync(photo, field, ThumbQuery.Read("100x100", null, null, null).Value!, default)).ShouldNotBeNull();
        (await desk.Pictures.ThumbAsync(photo, field, ThumbQuery.Read("31x31", null, null, null).Value!, default)).ShouldBeNull();
        foreach (var type in new[] { "image/svg+xml", "image/tiff", "image/avif", "application/pdf", BlobInfo.UnknownType })
        {
            (await desk.ThumbAsync(await desk.StoreAsync("b", type, PhotoBytes.Plain(".jpg")), "30x30")).ShouldBeNull(type);
        }
    }

    [Fact]
    public async Task It_is_kept_beside_the_file_under_the_name_of_the_contract()
    {
        await using var desk = new PictureDesk();
        var photo = await desk.StoreAsync("a.webp", "image/webp", PhotoBytes.Plain(".webp"));
        var first = await desk.ThumbAsync(photo, "20x20t");
        first!.Key.ShouldBe("collection12345/record123456789/thumbs_a.webp/20x20t_a.webp");
        (await desk.ThumbAsync(photo, "20x20t"))!.Key.ShouldBe(first.Key);
        // The same picture in other words.
        (await desk.ThumbAsync(photo, "20x20t", "png", "33"))!.Key.ShouldBe(first.Key);
        desk.Pictures.Made.ShouldBe(1);
        (await desk.ThumbAsync(photo, "20x20t", "webp", "52", "0.31,0.5"))!.Key.ShouldBe("collection12345/record123456789/thumbs_a.webp/20x20t_q50_at30-50_a.webp.webp");
    }

    [Theory]
    [InlineData("bmp", null, null)]
    [InlineData("WEBP", null, null)]
    [InlineData(null, "0", null)]
    [InlineData(null, "101", null)]
    [InlineData(null, "high", null)]
    [InlineData(null, null, "1")]
    [InlineData(null, null, "1,2")]
    [InlineData(null, null, "-0.1,0")]
    [InlineData(null, null, "NaN,0")]
    [InlineData(null, null, "0.1,0.1,0.1")]
    public void What_is_not_understood_is_told(string? format, string? quality, string? focus)
    {
        ThumbQuery.Read("10x10", format, quality, focus).Failed(out var fault).ShouldBeTrue();
        (fault!.Status, fault.Code).ShouldBe((400, "files.invalid_thumb"));
        ThumbQuery.Read(null, format, quality, focus).Value.ShouldBeNull();
    }

    private static byte[] Stripes(int width, int height, bool down)
    {
        using var x = Image.Xyz(width, height);
        using var third = down ? (x[1] * 3 / height).Cast(Enums.BandFormat.Uchar) : (x[0] * 3 / width).Cast(Enums.BandFormat.Uchar);
        using var picture = third.Equal(0).Bandjoin(third.Equal(1), third.Equal(2)).Copy(interpretation: Enums.Interpretation.Srgb);
        return picture.PngsaveBuffer();
    }

    private static string ColourAt(Image picture, double x, double y)
    {
        var point = picture.Getpoint((int)(x * (picture.Width - 1)), (int)(y * (picture.Height - 1)));
        return new[] { "red", "green", "blue" }[Array.IndexOf(point, point.Max())];
    }
}
