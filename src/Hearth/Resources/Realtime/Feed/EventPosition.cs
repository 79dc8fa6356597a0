using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Resources.Realtime.Feed;

/// <summary>A place in the order of events that all nodes share; see <see cref="Data.News.RowNews"/>.</summary>
/// <param name="Run">The run; empty when nothing is noted. It is known to the nodes only.</param>
/// <param name="Number">Rises within the run.</param>
public readonly record struct EventPosition(string Run, long Number)
{
    private const int NameLength = 12;
    private const int SealLength = 16;

    /// <summary>No place: nothing is noted.</summary>
    public static EventPosition None { get; } = new("", 0);

    /// <summary>The later one of two of a run; this one when they are of two.</summary>
    public EventPosition Or(EventPosition other) => Run == other.Run && Number < other.Number ? other : this;

    /// <summary>
    /// As clients know it: a name of the run, the number, and a seal that only who knows the run can make. So a client has no position that was not told to somebody, and
    /// cannot ask for what was before it came.
    /// </summary>
    public override string ToString()
    {
        if (Run is null or "") return "";
        var text = string.Create(CultureInfo.InvariantCulture, $"{Keyed("run")[..NameLength]}.{Number}");
        return $"{text}.{Keyed(text)[..SealLength]}";
    }

    /// <summary>Reads what a client has; false when nobody was told it in this run.</summary>
    public static bool TryRead(string text, string run, out EventPosition position)
    {
        position = None;
        var parts = text.Split('.');
        if (run.Length == 0 || parts.Length != 3 || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        var read = new EventPosition(run, number);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(read.ToString()), Encoding.UTF8.GetBytes(text))) return false;
        position = read;
        return true;
    }

    private string Keyed(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Run), Encoding.UTF8.GetBytes(text)));
}
