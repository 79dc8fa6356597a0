using System.Globalization;
using Hearth.Basics;

namespace Hearth.Resources.Pictures;

/// <summary>Which smaller picture somebody asks for. Beyond the contract: another format, a quality, and the point of the picture that matters.</summary>
public sealed record ThumbQuery
{
    /// <summary>Qualities and points are rounded to multiples of it, so that there are not endlessly many pictures to make and to keep.</summary>
    private const int Step = 5;

    private ThumbQuery(string size) => Size = size;

    /// <summary>Such as <c>100x100</c>, as asked for.</summary>
    public string Size { get; }

    internal PictureFormat? Format { get; init; }

    internal int? Quality { get; init; }

    internal ThumbFocus? Focus { get; init; }

    /// <summary>Reads query parameters. No query when no size is asked for; a fault when one of the others is not understood.</summary>
    /// <param name="thumb">The size.</param>
    /// <param name="format"><c>webp</c>, <c>avif</c>, <c>jpeg</c> or <c>png</c>.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="focus"><c>X,Y</c>, each from 0 to 1.</param>
    public static Outcome<ThumbQuery?> Read(string? thumb, string? format, string? quality, string? focus)
    {
        if (string.IsNullOrEmpty(thumb)) return (ThumbQuery?)null;
        var query = new ThumbQuery(thumb);
        if (!string.IsNullOrEmpty(format))
        {
            if (PictureFormats.Named(format) is not { } known) return Wrong("format", "one of webp, avif, jpeg and png");
            query = query with { Format = known };
        }
        if (!string.IsNullOrEmpty(quality))
        {
            if (!int.TryParse(quality, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value is < 1 or > 100) return Wrong("quality", "a whole number from 1 to 100");
            query = query with { Quality = Rounded(value, Step) };
        }
        if (!string.IsNullOrEmpty(focus))
        {
            if (focus.Split(',') is not [var left, var top] || Percent(left) is not { } x || Percent(top) is not { } y) return Wrong("focus", "two numbers from 0 to 1, such as 0.5,0.25");
            query = query with { Focus = new ThumbFocus(x, y) };
        }
        return query;
    }

    private static int? Percent(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1 ? Rounded(value * 100, 0) : null;

    private static int Rounded(double value, int least) => Math.Max(least, (int)Math.Round(value / Step) * Step);

    private static Fault Wrong(string name, string wanted) => Fault.BadRequest(
        "files.invalid_thumb", $"The parameter {name} must be {wanted}.", new FaultMap().Add(name, FieldFault.InvalidValue));
}
