using System.Text;
using Hearth.Basics.Media;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Files;

/// <summary>What a file is stands in its first bytes.</summary>
[RunsOnce]
public sealed class MediaSnifferTests
{
    [Theory]
    [InlineData("\u0089PNG\r\n\u001a\n\0\0", "image/png")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF", "image/jpeg")]
    [InlineData("GIF89a\u0001\0\u0001\0", "image/gif")]
    [InlineData("RIFF\u0010\0\0\0WEBPVP8 ", "image/webp")]
    [InlineData("RIFF\u0010\0\0\0WAVEfmt ", "audio/wav")]
    [InlineData("\0\0\0\u001cftypavif\0\0\0\0", "image/avif")]
    [InlineData("\0\0\0\u0018ftypmp42\0\0\0\0", "video/mp4")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", "image/heic")]
    [InlineData("\u001aE\u00df\u00a3\u009fB\u0086webm", "video/webm")]
    [InlineData("%PDF-1.7\n", "application/pdf")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0\0\0", "application/zip")]
    [InlineData("\u001f\u008b\u0008\0", "application/gzip")]
    [InlineData("ID3\u0004\0\0", "audio/mpeg")]
    [InlineData("MZ\u0090\0\u0003", "application/vnd.microsoft.portable-executable")]
    [InlineData("<!DOCTYPE html><p>x", "text/html; charset=utf-8")]
    [InlineData("  \n<script>x</script>", "text/html; charset=utf-8")]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=\"x\"/>", "image/svg+xml")]
    [InlineData("<svg/>", "image/svg+xml")]
    [InlineData("<?xml version=\"1.0\"?><a/>", "text/xml; charset=utf-8")]
    [InlineData("{\"a\":[1,2]}", "application/json")]
    [InlineData("{not json", "text/plain; charset=utf-8")]
    [InlineData("a,b\n1,2\n", "text/csv")]
    [InlineData("hello, world", "text/plain; charset=utf-8")]
    [InlineData("MZ is how this text begins", "text/plain; charset=utf-8")]
    [InlineData("GIF89a=1;alert(1)", "text/plain; charset=utf-8")]
    [InlineData("", "text/plain")]
    [InlineData("\u0001\u0002\u0003", "application/octet-stream")]
    [InlineData("\u00e4\u00f6", "text/plain; charset=iso-8859-1")]
    public void First_bytes_tell(string head, string expected) => MediaSniffer.Sniff(Encoding.Latin1.GetBytes(head)).Type.ShouldBe(expected);

    [Fact]
    public void A_character_that_the_head_cuts_in_two_is_still_text()
    {
        var text = Encoding.UTF8.GetBytes("x" + new string('ä', MediaSniffer.HeadLength));
        MediaSniffer.Sniff(text.AsSpan(0, MediaSniffer.HeadLength)).Type.ShouldBe("text/plain; charset=utf-8");
    }

    [Theory]
    [InlineData("image/jpeg", "image/jpg", true)]
    [InlineData("text/plain; charset=utf-8", "text/plain", true)]
    [InlineData("image/png", "image/*", true)]
    [InlineData("image/png", "IMAGE/PNG", true)]
    [InlineData("image/svg+xml", "image/png", false)]
    [InlineData("text/html; charset=utf-8", "image/*", false)]
    public void Lists_of_types(string type, string allowed, bool expected) => new MediaKind(type, "").IsOneOf([allowed]).ShouldBe(expected);
}
