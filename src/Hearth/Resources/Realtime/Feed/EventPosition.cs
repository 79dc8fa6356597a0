using System.Globalization;

namespace Hearth.Resources.Realtime.Feed;

/// <summary>A place in the order of events that all nodes share; see <see cref="Data.News.RowNews"/>.</summary>
/// <param name="Run">The run; empty when nothing is noted.</param>
/// <param name="Number">Rises within the run.</param>
public readonly record struct EventPosition(string Run, long Number)
{
    /// <summary>No place: nothing is noted.</summary>
    public static EventPosition None { get; } = new("", 0);

    /// <summary>As clients know it.</summary>
    public override string ToString() => Run is null or "" ? "" : string.Create(CultureInfo.InvariantCulture, $"{Run}.{Number}");

    /// <summary>Reads what a client has; false when it cannot have it from here.</summary>
    public static bool TryParse(string text, out EventPosition position)
    {
        var dot = text.LastIndexOf('.');
        position = None;
        if (dot <= 0 || text.Length > 60 || !long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        position = new EventPosition(text[..dot], number);
        return true;
    }
}
