using System.Globalization;
using Hearth.Resources.Blobs;

namespace Hearth.Resources.Pictures;

/// <summary>A picture to make: a <see cref="ThumbQuery"/> with everything decided, so that two that ask for the same picture are equal.</summary>
internal sealed record ThumbOrder(ThumbSize Size, string SizeText, PictureFormat Format, int? Quality, ThumbFocus? Focus, bool Extra)
{
    /// <summary>What a query asks of a file; null when no picture is made of it.</summary>
    public static ThumbOrder? Of(ThumbQuery query, BlobInfo original)
    {
        if (PictureFormats.OutputFor(original.ContentType) is not { } natural || ThumbSize.Parse(query.Size) is not { } size) return null;
        var format = query.Format ?? natural;
        var usual = PictureFormats.QualityOf(format);
        var quality = usual is null ? null : query.Quality ?? usual;
        var fills = size is { Width: > 0, Height: > 0, Fit: not ThumbFit.Inside };
        var focus = fills ? query.Focus : null;
        return new ThumbOrder(size, query.Size, format, quality, focus, format != natural || quality != usual || focus is not null);
    }

    /// <summary>Where the pictures made of a file are.</summary>
    public static string FolderOf(string original)
    {
        var slash = original.LastIndexOf('/') + 1;
        return $"{original[..slash]}thumbs_{original[slash..]}/";
    }

    /// <summary>Where it is kept: beside the file, under the name of the contract (14.6) when it is a picture of the contract.</summary>
    public string KeyOf(string original)
    {
        var name = original[(original.LastIndexOf('/') + 1)..];
        if (!Extra) return $"{FolderOf(original)}{SizeText}_{name}";
        var quality = Quality is { } q ? string.Create(CultureInfo.InvariantCulture, $"_q{q}") : "";
        var focus = Focus is { } point ? string.Create(CultureInfo.InvariantCulture, $"_at{point.X}-{point.Y}") : "";
        return $"{FolderOf(original)}{SizeText}{quality}{focus}_{name}{PictureFormats.ExtensionOf(Format)}";
    }
}
