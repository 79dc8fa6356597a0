using NetVips;

namespace Hearth.Resources.Pictures;

/// <summary>What came of an attempt to make a picture.</summary>
internal enum PictureResult
{
    /// <summary>It is there.</summary>
    Made,

    /// <summary>Its original has many pixels: try again when no other such one is worked on.</summary>
    Large,

    /// <summary>Its original is broken, or over a limit, or the time was up.</summary>
    Refused,
}

/// <summary>
/// Makes smaller pictures with libvips; all that names it is here. Only the decoders of the four formats of the contract are ever called, by what the first bytes
/// say, so that an upload cannot choose another of the dozens that libvips has. Calls take processor time on the thread that makes them.
/// </summary>
internal sealed class PictureMaker(PictureLimits limits)
{
    private readonly Lazy<bool> ready = new(Begin);

    /// <summary>Libvips could be loaded; loads it.</summary>
    public bool IsReady => ready.Value;

    /// <summary>Makes one.</summary>
    /// <param name="original">The file.</param>
    /// <param name="order">What to make of it.</param>
    /// <param name="alone">No other large one is worked on.</param>
    /// <param name="stop">The time is up.</param>
    public (PictureResult Result, byte[] Content) Make(byte[] original, ThumbOrder order, bool alone, CancellationToken stop)
    {
        try
        {
            return TryMake(original, order, alone, stop);
        }
        catch (VipsException)
        {
            // It says what is wrong with the file, or that it was stopped.
            return (PictureResult.Refused, []);
        }
    }

    private (PictureResult Result, byte[] Content) TryMake(byte[] original, ThumbOrder order, bool alone, CancellationToken stop)
    {
        if (PictureSource.Of(original) is not { } kind) return (PictureResult.Refused, []);
        using var source = Source.NewFromMemory(original);
        ThumbCut cut;
        double shrink;
        using (var head = PictureSource.Open(source, kind, 1))
        {
            var pixels = (long)head.Width * head.Height;
            if (pixels > limits.Pixels) return (PictureResult.Refused, []);
            if (pixels > limits.ManyPixels && !alone) return (PictureResult.Large, []);
            var turned = head.Contains("orientation") && head.Get("orientation") is >= 5 and <= 8;
            var (width, height) = turned ? (head.Height, head.Width) : (head.Width, head.Height);
            cut = order.Size.Cut(width, height, order.Focus);
            if ((long)cut.Width * cut.Height > limits.MadePixels) return (PictureResult.Refused, []);
            shrink = Math.Min((double)width / cut.ScaledWidth, (double)height / cut.ScaledHeight);
        }
        using var opened = PictureSource.Open(source, kind, shrink);
        // One thread a picture: many are made at once, and one is not worth the cost of splitting it.
        using var picture = opened.Mutate(image => image.Set(GValue.GIntType, "concurrency", 1));
        // Colours of a camera or a printer become those of screens, as the profile that explains them does not go along.
        var profile = picture.Contains("icc-profile-data") || picture.Interpretation == Enums.Interpretation.Cmyk ? "srgb" : null;
        using var scaled = picture.ThumbnailImage(cut.ScaledWidth, height: cut.ScaledHeight, size: Enums.Size.Force, outputProfile: profile);
        using var part = cut.IsWhole ? scaled.Copy() : scaled.ExtractArea(cut.Left, cut.Top, cut.Width, cut.Height);
        using var plain = InBytes(part);
        using var ending = stop.Register(() => plain.SetKill(true));
        return (PictureResult.Made, Encode(plain, order));
    }

    // Eight bits a channel are what screens and the output formats have.
    private static Image InBytes(Image picture) => picture.Format == Enums.BandFormat.Uchar
        ? picture.Copy()
        : picture.Colourspace(picture.Bands < 3 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb).Cast(Enums.BandFormat.Uchar);

    // Nothing of the original's metadata goes along, the place where it was made least of all.
    private static byte[] Encode(Image picture, ThumbOrder order)
    {
        const Enums.ForeignKeep nothing = Enums.ForeignKeep.None;
        return order.Format switch
        {
            // What was transparent is white, as most pages are.
            PictureFormat.Jpeg => picture.JpegsaveBuffer(q: order.Quality, optimizeCoding: true, keep: nothing, background: [255, 255, 255]),
            PictureFormat.Webp => picture.WebpsaveBuffer(q: order.Quality, keep: nothing),
            // From 0, slow, to 9: at 3 a picture for a page takes tenths of a second.
            PictureFormat.Avif => picture.HeifsaveBuffer(q: order.Quality, compression: Enums.ForeignHeifCompression.Av1, effort: 3, bitdepth: 8, keep: nothing),
            PictureFormat.Gif => picture.GifsaveBuffer(keep: nothing),
            _ => picture.PngsaveBuffer(keep: nothing),
        };
    }

    private static bool Begin()
    {
        if (!ModuleInitializer.VipsInitialized) return false;
        // It would hold on to originals for a second question that never comes: made pictures are kept as files.
        Cache.Max = 0;
        // What is wrong with an upload is no news for the operator's terminal, and anybody could fill it.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Silence.Handler);
        return true;
    }

    // Kept for as long as libvips may call it; apart from the class, which must not load anything of libvips before it is needed.
    private static class Silence
    {
        public static readonly Log.LogDelegate Handler = static (_, _, _) => { };
    }
}
