using System.Buffers.Binary;
using Hearth.Basics;
using Hearth.Resources.Blobs;
using Hearth.Resources.Pictures;
using NetVips;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Pictures;

/// <summary>Files that mean harm, and many who ask at once.</summary>
[RunsOnce]
public sealed class HardPictureTests
{
    [Fact]
    public async Task A_hundred_that_ask_at_once_get_one_picture_also_when_some_leave()
    {
        await using var desk = new PictureDesk();
        var photo = await desk.StoreAsync("a.jpg", "image/jpeg", PhotoBytes.Plain(".jpg", 2000, 1500));
        using var leaving = new CancellationTokenSource();
        var asked = Enumerable.Range(0, 100).Select(i => Task.Run(async () => await desk.ThumbAsync(photo, "200x200", stop: i % 3 == 0 ? leaving.Token : default))).ToArray();
        await leaving.CancelAsync();
        var keys = new List<string>();
        foreach (var (i, task) in asked.Index())
        {
            try
            {
                keys.Add((await task)!.Key);
            }
            catch (OperationCanceledException)
            {
                (i % 3).ShouldBe(0);
            }
        }
        keys.Count.ShouldBeGreaterThanOrEqualTo(66);
        keys.Distinct().Count().ShouldBe(1);
        desk.Pictures.Made.ShouldBe(1);
    }

    [Fact]
    public async Task The_first_may_leave_and_the_others_have_their_picture()
    {
        await using var desk = new PictureDesk();
        var photo = await desk.StoreAsync("a.jpg", "image/jpeg", PhotoBytes.Plain(".jpg", 2000, 1500));
        using var leaving = new CancellationTokenSource();
        var first = desk.ThumbAsync(photo, "200x200", stop: leaving.Token).AsTask();
        var second = desk.ThumbAsync(photo, "200x200").AsTask();
        await leaving.CancelAsync();
        (await second).ShouldNotBeNull();
        await Should.ThrowAsync<OperationCanceledException>(first);
        desk.Pictures.Made.ShouldBe(1);
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "huge.png", "image/png" },
        { "huge.gif", "image/gif" },
        { "huge.webp", "image/webp" },
        { "huge.jpg", "image/jpeg" },
        { "cut.jpg", "image/jpeg" },
        { "cut.png", "image/png" },
        { "cut.webp", "image/webp" },
        { "page.png", "image/png" },
        { "drawing.png", "image/png" },
        { "print.jpg", "image/jpeg" },
        { "nothing.jpg", "image/jpeg" },
        { "noise.jpg", "image/jpeg" },
        { "noise.png", "image/png" },
        { "noise.gif", "image/gif" },
        { "noise.webp", "image/webp" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task What_cannot_be_made_smaller_is_served_as_it_is(string name, string type)
    {
        await using var desk = new PictureDesk();
        var original = await desk.StoreAsync(name, type, Bomb(name));
        (await desk.ThumbAsync(original, "50x50")).ShouldBeNull();
        (await desk.Files.ListAsync("", default).Select(blob => blob.Key).ToListAsync()).ShouldBe([original.Key]);
        // It is not tried again and again.
        (await desk.ThumbAsync(original, "50x50")).ShouldBeNull();
        desk.Pictures.Made.ShouldBe(0);
    }

    [Fact]
    public async Task Of_many_frames_only_the_first_costs_anything()
    {
        await using var desk = new PictureDesk();
        // A film of 200 frames, the first of which is taken: 4 million pixels stay undecoded.
        using var frame = Image.NewFromBuffer(PhotoBytes.Plain(".png", 160, 120));
        using var film = Image.Black(160, 120 * 200, bands: 3).Insert(frame, 0, 0).Mutate(image => image.Set(GValue.GIntType, "page-height", 120));
        foreach (var (name, type, content) in new[] { ("film.gif", "image/gif", film.GifsaveBuffer(effort: 1, keepDuplicateFrames: true)), ("film.webp", "image/webp", film.WebpsaveBuffer(effort: 0)) })
        {
            using var picture = await desk.PictureAsync(await desk.StoreAsync(name, type, content), "80x0");
            (picture!.Width, picture.Height).ShouldBe((80, 60));
            picture.Avg().ShouldBeGreaterThan(10, "the first frame is the one that is not black");
        }
    }

    [Fact]
    public async Task Two_kinds_in_one_file_are_taken_for_what_they_begin_with()
    {
        await using var desk = new PictureDesk();
        byte[] both = [.. PhotoBytes.Plain(".jpg"), .. "<script>alert(1)</script>"u8, .. PhotoBytes.Plain(".png")];
        var thumb = await desk.ThumbAsync(await desk.StoreAsync("both.jpg", "image/jpeg", both), "20x20");
        var content = await desk.ReadAsync(thumb!);
        content.AsSpan().IndexOf("script"u8).ShouldBe(-1);
        content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]).ShouldBeTrue();
    }

    [Fact]
    public async Task Large_originals_are_worked_on_one_at_a_time_and_all_are_made()
    {
        await using var desk = new PictureDesk(new PictureLimits { ManyPixels = 1000, Workers = 3 });
        var photos = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => desk.StoreAsync($"{i}.jpg", "image/jpeg", PhotoBytes.Plain(".jpg"))));
        (await Task.WhenAll(photos.Select(photo => desk.ThumbAsync(photo, "20x20").AsTask()))).ShouldAllBe(thumb => thumb != null);
    }

    [Fact]
    public async Task Nobody_can_fill_the_disk_with_pictures_of_one_file()
    {
        await using var desk = new PictureDesk(new PictureLimits { KeptOfOne = 5 });
        var photo = await desk.StoreAsync("a.jpg", "image/jpeg", PhotoBytes.Plain(".jpg"));
        var answers = new List<BlobInfo?>();
        for (var quality = 5; quality <= 50; quality += 5) answers.Add(await desk.ThumbAsync(photo, "20x20", quality: $"{quality}"));
        answers.Count(answer => answer is not null).ShouldBe(5);
        // What the contract has is made all the same.
        (await desk.ThumbAsync(photo, "20x20")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_file_over_a_limit_is_served_as_it_is()
    {
        var content = PhotoBytes.Plain(".jpg", 300, 300);
        foreach (var limits in new[] { new PictureLimits { Bytes = 100 }, new PictureLimits { Pixels = 89_999 }, new PictureLimits { MadePixels = 399 }, new PictureLimits { Wait = TimeSpan.Zero } })
        {
            await using var desk = new PictureDesk(limits);
            (await desk.ThumbAsync(await desk.StoreAsync("a.jpg", "image/jpeg", content), "20x20")).ShouldBeNull();
        }
    }

    [Fact]
    public async Task No_picture_stays_behind_of_a_file_that_has_gone()
    {
        await using var desk = new PictureDesk();
        var photo = await desk.StoreAsync("a.jpg", "image/jpeg", PhotoBytes.Plain(".jpg"));
        await desk.Files.DeleteAsync(photo.Key, default);
        (await desk.ThumbAsync(photo, "20x20")).ShouldBeNull();
        (await desk.Files.ListAsync("", default).ToListAsync()).ShouldBeEmpty();
    }

    private static byte[] Bomb(string name) => name switch
    {
        "huge.png" => HugePng(),
        "huge.gif" => [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x2C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 2, 2, 0x4C, 1, 0, 0x3B],
        "huge.webp" => [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFE, 0xFF, 0, 0],
        "huge.jpg" => Resized(PhotoBytes.Plain(".jpg")),
        "cut.jpg" => PhotoBytes.Plain(".jpg", 300, 300)[..4000],
        "cut.png" => PhotoBytes.Plain(".png", 300, 300)[..1500],
        "cut.webp" => PhotoBytes.Plain(".webp", 300, 300)[..2000],
        "page.png" => "<html><script>alert(1)</script></html>"u8.ToArray(),
        "drawing.png" => "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='file:///etc/passwd'/></svg>"u8.ToArray(),
        "print.jpg" => [.. "%PDF-1.4\n"u8, .. new byte[200]],
        "nothing.jpg" => [],
        "noise.jpg" => [0xFF, 0xD8, 0xFF, .. Noise()],
        "noise.png" => [.. PhotoBytes.Plain(".png")[..33], .. Noise()],
        "noise.gif" => [.. "GIF89a"u8, .. Noise()],
        _ => [.. "RIFF"u8, 0, 32, 0, 0, .. "WEBP"u8, .. Noise()],
    };

    // 65,000 x 65,000 pixels of one colour are some kilobytes when packed; the head alone says it.
    private static byte[] HugePng()
    {
        var png = PhotoBytes.Plain(".png");
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 65_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 65_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.End(Crc32.Append(Crc32.Begin, png.AsSpan(12, 17))));
        return png;
    }

    private static byte[] Resized(byte[] jpeg)
    {
        var head = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        jpeg.AsSpan(head + 5, 4).Fill(0xFF);
        return jpeg;
    }

    private static byte[] Noise()
    {
        var noise = new byte[8000];
        new Random(8).NextBytes(noise);
        return noise;
    }
}
