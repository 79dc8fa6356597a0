using System.Globalization;

namespace Hearth.Resources.Pictures;

/// <summary>Variables of contract 8.3 that bound the making of pictures. Anything but a positive whole number leaves the bound as it is.</summary>
public static class PictureVariables
{
    /// <summary>Pictures made at once.</summary>
    public const string Workers = "PB_THUMBS_MAX_WORKERS";

    /// <summary>Seconds from asking to having.</summary>
    public const string Wait = "PB_THUMBS_MAX_WAIT";

    // More threads than that only take memory from each other.
    private const int MostWorkers = 1024;

    /// <summary>The limits that an environment asks for.</summary>
    public static PictureLimits Of(Func<string, string?> variable)
    {
        var limits = new PictureLimits();
        return limits with
        {
            Workers = Math.Min(MostWorkers, Number(variable(Workers)) ?? limits.Workers),
            Wait = Number(variable(Wait)) is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : limits.Wait,
        };
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
