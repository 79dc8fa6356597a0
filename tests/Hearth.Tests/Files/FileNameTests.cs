using FsCheck;
using FsCheck.Fluent;
using Hearth.Basics.Media;
using Hearth.Records.Files;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Files;

/// <summary>Stored names (contract 5.8) are safe whatever a file is called.</summary>
[RunsOnce]
public sealed class FileNameTests
{
    private static readonly MediaKind Png = new("image/png", ".png");

    [Theory]
    [InlineData("My Photo.PNG", "^my_photo_[a-z0-9]{10}\\.PNG$")]
    [InlineData("archive.tar.gz", "^archive_[a-z0-9]{10}\\.tar\\.gz$")]
    [InlineData("one.two.three.four", "^one_two_[a-z0-9]{10}\\.three\\.four$")]
    [InlineData("camelCaseHTMLName.txt", "^camel_case_htmlname_[a-z0-9]{10}\\.txt$")]
    [InlineData("noextension", "^noextension_[a-z0-9]{10}\\.png$")]
    [InlineData("ab.txt", "^ab[a-z0-9]{10}_[a-z0-9]{10}\\.txt$")]
    [InlineData("", "^[a-z0-9]{10}_[a-z0-9]{10}\\.png$")]
    [InlineData(".htaccess", "^[a-z0-9]{10}_[a-z0-9]{10}\\.htaccess$")]
    [InlineData("../../etc/passwd", "^passwd_[a-z0-9]{10}\\.png$")]
    [InlineData("C:\\boot.ini", "^c_boot_[a-z0-9]{10}\\.ini$")]
    [InlineData("a\0b\r\nc.p\"ng", "^a_b_c_[a-z0-9]{10}\\.png$")]
    [InlineData("con.aux", "^con_[a-z0-9]{10}\\.aux$")]
    [InlineData("x_y.attrs", "^x_y_[a-z0-9]{10}\\.png$")]
    [InlineData("dots...", "^dots_[a-z0-9]{10}\\.png$")]
    [InlineData("äöü.jpg", "^[a-z0-9]{10}_[a-z0-9]{10}\\.jpg$")]
    public void Names_are_made_safe(string original, string expected) => FileNames.Make(original, Png).ShouldMatch(expected);

    [Fact]
    public void Long_names_are_cut()
    {
        var name = FileNames.Make(new string('x', 5000) + "." + new string('y', 5000), Png);
        name.Length.ShouldBeLessThanOrEqualTo(150);
        name.ShouldMatch("^x{100}_[a-z0-9]{10}\\.y{19}$");
    }

    [Fact]
    public void Any_name_is_one_part_of_a_path() => Prop.ForAll<string?>(text =>
    {
        var name = FileNames.Make(text ?? "", Png);
        return name.Length is > 10 and <= 150 && name[0] != '.' && !name.EndsWith(".attrs", StringComparison.OrdinalIgnoreCase)
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '*' or '-' or '+' or '=' or '#');
    }).QuickCheckThrowOnFailure();
}
