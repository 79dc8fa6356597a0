using System.Net;
using System.Text.Json;
using Hearth.Tests.Files;
using Hearth.Tests.Records;
using NetVips;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Pictures;

/// <summary>Smaller pictures over HTTP, of files that came over HTTP.</summary>
public sealed class ServedPictureTests(FileWorld world) : IClassFixture<FileWorld>
{
    private const string Album = """
        [{"name":"album","type":"base","id":"album000000000","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"","fields":[
          {"name":"photo","type":"file","maxSelect":1,"maxSize":8000000,"thumbs":["200x100","0x50","80x80"]},
          {"name":"kept","type":"file","maxSelect":1,"keepLocation":true},
          {"name":"secret","type":"file","maxSelect":1,"protected":true,"thumbs":["20x20"]}]},
         {"name":"locked","type":"base","id":"locked00000000","viewRule":null,"fields":[{"name":"photo","type":"file","protected":true,"thumbs":["20x20"]}]}]
        """;

    [Fact]
    public async Task A_picture_is_served_as_a_file_of_its_own()
    {
        var (id, name) = await PhotoAsync(PhotoBytes.Plain(".jpg", 800, 600));
        using var answer = await world.GetFileAsync($"album/{id}/{name}?thumb=200x100");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("image/jpeg");
        answer.Content.Headers.NonValidated["Content-Disposition"].ToString().ShouldBe($"inline; filename=\"200x100_{name}\"");
        using var picture = Image.NewFromBuffer(await answer.Content.ReadAsByteArrayAsync());
        (picture.Width, picture.Height).ShouldBe((200, 100));
        using var again = await world.GetFileAsync($"album/{id}/{name}?thumb=200x100", headers: ("If-None-Match", answer.Headers.ETag!.ToString()));
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var part = await world.GetFileAsync($"album/{id}/{name}?thumb=200x100", headers: ("Range", "bytes=0-1"));
        (await part.Content.ReadAsByteArrayAsync()).ShouldBe([0xFF, 0xD8]);
        using var whole = await world.GetFileAsync($"album/{id}/{name}");
        whole.Headers.ETag!.ToString().ShouldNotBe(answer.Headers.ETag.ToString());
    }

    [Fact]
    public async Task Other_sizes_serve_the_original()
    {
        var photo = PhotoBytes.Plain(".jpg");
        var (id, name) = await PhotoAsync(photo);
        foreach (var size in new[] { "201x100", "0x0", "x", "100x100x", "-1x5", "../../etc" })
        {
            using var answer = await world.GetFileAsync($"album/{id}/{name}?thumb={size}&format=webp");
            (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(photo, size);
        }
    }

    [Fact]
    public async Task Format_quality_and_focus_are_followed_or_told_to_be_wrong()
    {
        var (id, name) = await PhotoAsync(PhotoBytes.Plain(".jpg", 800, 600));
        using var answer = await world.GetFileAsync($"album/{id}/{name}?thumb=80x80&format=avif&quality=40&focus=0.2,0.7");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("image/avif");
        using var picture = Image.NewFromBuffer(await answer.Content.ReadAsByteArrayAsync());
        (picture.Width, picture.Height).ShouldBe((80, 80));
        using var wrong = await world.GetFileAsync($"album/{id}/{name}?thumb=80x80&format=tiff");
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonElement.Parse(await wrong.Content.ReadAsStringAsync()).GetProperty("data").GetProperty("format").GetProperty("code").GetString().ShouldBe("validation_invalid_value");
    }

    [Fact]
    public async Task A_hundred_requests_for_one_new_picture_make_it_once()
    {
        var (id, name) = await PhotoAsync(PhotoBytes.Plain(".jpg", 1600, 1200));
        var pictures = world.Server.App.Setup.Pictures;
        var before = pictures.Made;
        using var leaving = new CancellationTokenSource();
        var asked = Enumerable.Range(0, 100).Select(i => world.Server.Client.GetByteArrayAsync(new Uri($"/api/files/album/{id}/{name}?thumb=80x80", UriKind.Relative), i % 4 == 1 ? leaving.Token : default)).ToArray();
        await leaving.CancelAsync();
        var contents = new List<string>();
        foreach (var (i, task) in asked.Index())
        {
            try
            {
                contents.Add(Convert.ToHexString(await task));
            }
            catch (OperationCanceledException)
            {
                (i % 4).ShouldBe(1);
            }
        }
        contents.Count.ShouldBeGreaterThanOrEqualTo(75);
        contents.Distinct().Count().ShouldBe(1);
        (pictures.Made - before).ShouldBe(1);
    }

    [Fact]
    public async Task The_place_is_taken_out_of_uploads_unless_the_field_keeps_it()
    {
        var photo = PhotoBytes.Jpeg(PhotoBytes.Exif(true));
        await ReadyAsync();
        var record = await world.AddAsync("album", ("photo", ("a.jpg", photo)), ("kept", ("b.jpg", photo)));
        using var taken = await world.GetFileAsync($"album/{record.Id()}/{record.Text("photo")}");
        var clean = await taken.Content.ReadAsByteArrayAsync();
        clean.Length.ShouldBe(photo.Length);
        clean.AsSpan().IndexOf("GPSLatitude"u8).ShouldBe(-1);
        using var kept = await world.GetFileAsync($"album/{record.Id()}/{record.Text("kept")}");
        (await kept.Content.ReadAsByteArrayAsync()).ShouldBe(photo);
        var collection = await world.Server.SendAsync("GET", "/api/collections/album", null, world.Root);
        collection.Text.ShouldContain("\"keepLocation\":true");
    }

    [Fact]
    public async Task Pictures_go_with_their_file()
    {
        var (id, name) = await PhotoAsync(PhotoBytes.Plain(".jpg", 800, 600));
        using (await world.GetFileAsync($"album/{id}/{name}?thumb=80x80")) { }
        using (await world.GetFileAsync($"album/{id}/{name}?thumb=80x80&format=webp")) { }
        (await world.KeysAsync($"album000000000/{id}/")).Count.ShouldBe(3);
        (await world.Server.SendAsync("DELETE", $"/api/collections/album/records/{id}", null, world.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await world.SettledAsync();
        (await world.KeysAsync($"album000000000/{id}/")).ShouldBeEmpty();
        using var gone = await world.GetFileAsync($"album/{id}/{name}?thumb=80x80");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_protected_photo_has_no_open_pictures()
    {
        await ReadyAsync();
        var record = await world.AddAsync("locked", ("photo", ("a.jpg", PhotoBytes.Plain(".jpg"))));
        using var answer = await world.GetFileAsync($"locked/{record.Id()}/{record.Text("photo")}?thumb=20x20");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var token = (await world.Server.SendAsync("POST", "/api/files/token", null, world.Root)).Body.GetProperty("token").GetString();
        using var shown = await world.GetFileAsync($"locked/{record.Id()}/{record.Text("photo")}?thumb=20x20&token={token}");
        shown.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<(string Id, string Name)> PhotoAsync(byte[] content)
    {
        await ReadyAsync();
        var record = await world.AddAsync("album", ("photo", ("photo.jpg", content)));
        return (record.Id(), record.Text("photo"));
    }

    private async Task ReadyAsync()
    {
        if (world.Server.App.Schema.Find("album") is not null) return;
        var answer = await world.Server.SendAsync("PUT", "/api/collections/import", new { collections = JsonElement.Parse(Album) }, world.Root);
        answer.Status.ShouldBe(HttpStatusCode.NoContent, answer.Text);
    }
}
