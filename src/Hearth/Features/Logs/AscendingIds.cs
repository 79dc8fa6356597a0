using System.Security.Cryptography;
using Hearth.Basics;

namespace Hearth.Features.Logs;

/// <summary>
/// Ids of log entries: 15 characters of <c>a-z0-9</c> like those of records, but in the order of time. New entries then stand at the end of
/// the index; with random ids each would change another page of it, ten times as much to write.
/// </summary>
internal sealed class AscendingIds
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int TimeLength = 9; // of milliseconds since 1970: until the year 5188
    private const int CountLength = RandomText.RecordIdLength - TimeLength;
    private const long Room = 36L * 36 * 36 * 36 * 36 * 36;

    private long millisecond = -1;
    private long count;

    /// <summary>The next id. One call at a time.</summary>
    public string Next(long at)
    {
        // The clock may have been set back, and a millisecond may be full; neither may make two equal ids.
        if (at > millisecond) (millisecond, count) = (at, RandomNumberGenerator.GetInt32((int)(Room / 2)));
        else if (++count == Room) (millisecond, count) = (millisecond + 1, 0);
        return string.Create(RandomText.RecordIdLength, (millisecond, count), static (text, from) =>
        {
            Write(from.millisecond, text[..TimeLength]);
            Write(from.count, text[TimeLength..]);
        });
    }

    private static void Write(long number, Span<char> text)
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            text[i] = Digits[(int)(number % 36)];
            number /= 36;
        }
    }
}
