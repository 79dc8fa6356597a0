using System.Globalization;

namespace Hearth.Resources.Pictures;

/// <summary>How a picture gets into its size.</summary>
internal enum ThumbFit
{
    /// <summary>Fills it; what is too much goes on both sides.</summary>
    Centre,

    /// <summary>Fills it; the top stays.</summary>
    Top,

    /// <summary>Fills it; the bottom stays.</summary>
    Bottom,

    /// <summary>All of the picture within it, never larger than it was.</summary>
    Inside,
}

/// <summary>A size of the contract (8.3): <c>WxH</c>, with <c>t</c>, <c>b</c> or <c>f</c> behind it, where one side may be 0 for "as it comes".</summary>
internal readonly record struct ThumbSize(int Width, int Height, ThumbFit Fit)
{
    /// <summary>Reads one; null for another text.</summary>
    public static ThumbSize? Parse(string text)
    {
        var (fit, sides) = text switch
        {
            [.. var start, 't'] => (ThumbFit.Top, start),
            [.. var start, 'b'] => (ThumbFit.Bottom, start),
            [.. var start, 'f'] => (ThumbFit.Inside, start),
            _ => (ThumbFit.Centre, text),
        };
        var cross = sides.IndexOf('x', StringComparison.Ordinal);
        return cross > 0 && Side(sides.AsSpan(0, cross)) is { } width && Side(sides.AsSpan(cross + 1)) is { } height && width + height > 0
            ? new ThumbSize(width, height, fit)
            : null;
    }

    /// <summary>What a picture of some size becomes: how large it is scaled, and which part of that is taken.</summary>
    /// <param name="width">Of the picture as people see it.</param>
    /// <param name="height">Of the picture as people see it.</param>
    /// <param name="focus">The point that should be in the middle as far as there is picture around it; null leaves it to the size.</param>
    public ThumbCut Cut(int width, int height, ThumbFocus? focus)
    {
        if (Width == 0 || Height == 0)
        {
            var scale = Width == 0 ? (double)Height / height : (double)Width / width;
            return ThumbCut.Whole(Width == 0 ? Scaled(width, scale) : Width, Height == 0 ? Scaled(height, scale) : Height);
        }
        var (wide, high) = ((double)Width / width, (double)Height / height);
        if (Fit == ThumbFit.Inside)
        {
            var scale = Math.Min(1, Math.Min(wide, high));
            return ThumbCut.Whole(Math.Min(Width, Scaled(width, scale)), Math.Min(Height, Scaled(height, scale)));
        }
        var cover = Math.Max(wide, high);
        var (full, tall) = (Math.Max(Width, Scaled(width, cover)), Math.Max(Height, Scaled(height, cover)));
        var (x, y) = focus is { } point ? (point.X / 100.0, point.Y / 100.0) : (0.5, Fit switch { ThumbFit.Top => 0, ThumbFit.Bottom => 1, _ => 0.5 });
        return new ThumbCut(full, tall, Offset(full, Width, x), Offset(tall, Height, y), Width, Height);
    }

    private static int Offset(int whole, int part, double focus) => (int)Math.Clamp(Math.Round(whole * focus - part / 2.0, MidpointRounding.ToEven), 0, whole - part);

    private static int Scaled(int side, double scale) => (int)Math.Clamp(Math.Round(side * scale), 1, 10_000_000);

    private static int? Side(ReadOnlySpan<char> text) => text.Length is >= 1 and <= 5 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) ? side : null;
}

/// <summary>A picture scaled to a size, and the part of it that is taken, in pixels.</summary>
internal readonly record struct ThumbCut(int ScaledWidth, int ScaledHeight, int Left, int Top, int Width, int Height)
{
    /// <summary>All of it.</summary>
    public static ThumbCut Whole(int width, int height) => new(width, height, 0, 0, width, height);

    /// <summary>Nothing is cut off.</summary>
    public bool IsWhole => Width == ScaledWidth && Height == ScaledHeight;
}

/// <summary>A point of a picture in percent of its width and height, from the upper left corner.</summary>
internal readonly record struct ThumbFocus(int X, int Y);
