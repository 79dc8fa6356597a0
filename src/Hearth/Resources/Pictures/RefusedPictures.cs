using System.Collections.Concurrent;

namespace Hearth.Resources.Pictures;

/// <summary>Remembers for a while which pictures could not be made, so that a broken file is not decoded anew by every request.</summary>
internal sealed class RefusedPictures(TimeProvider clock)
{
    // Long enough to make asking again and again cheap; short enough that a new version of libvips, or more memory, is noticed.
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(10);
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> keys = new(StringComparer.Ordinal);

    /// <summary>It could not be made a little while ago.</summary>
    public bool Has(string key)
    {
        if (!keys.TryGetValue(key, out var until)) return false;
        if (until > clock.GetUtcNow()) return true;
        keys.TryRemove(key, out _);
        return false;
    }

    /// <summary>It could not be made.</summary>
    public void Add(string key)
    {
        if (keys.Count >= Most) keys.Clear();
        keys[key] = clock.GetUtcNow() + Time;
    }
}
