namespace Hearth.Resources.Realtime;

/// <summary>What a stream listens to, as it counts for its address and its account.</summary>
/// <param name="Account">The account that it counts for; empty for guests.</param>
/// <param name="Optioned">Topics with options: each may be a question, or a text, of its own for every change.</param>
/// <param name="Bytes">Length of the texts of all topics.</param>
internal readonly record struct StreamUse(string Account, int Optioned, long Bytes);

/// <summary>
/// What the streams of one address and of one account take together. It refuses what would fill the memory, and says who is told in the second line (<see cref="Feed.Lane"/>)
/// because answering for them would hold others up. Not for two threads at once.
/// </summary>
internal sealed class StreamBudget
{
    /// <summary>Topics with options of an address, or of an account, that are told in the first line.</summary>
    public const int MostOptioned = 100;

    /// <summary>Text of topics for each stream that an address may have open.</summary>
    public const long BytesForEach = 8 << 10;

    // Room for one stream with everything that a client may ask for (contract 9.2), and some more.
    private const long LeastBytes = 4L << 20;

    // Whose filter took too long begins in the second line for this long.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>Counts a stream for its network. False when there are as many as there may be; 0 is any number.</summary>
    public bool TryOpen(OpenStream stream, int most)
    {
        var entry = Of(stream.Network);
        if (most > 0 && entry.Streams >= most) return false;
        entry.Streams++;
        return true;
    }

    /// <summary>Takes off what a stream was counted for.</summary>
    public void Close(OpenStream stream)
    {
        Of(stream.Network).Streams--;
        Count(stream, default);
    }

    /// <summary>Counts what a stream listens to from now on. False when the texts of its address are longer than they may be; then nothing was changed.</summary>
    public bool TryCount(OpenStream stream, StreamUse use, int most)
    {
        if (most > 0 && use.Bytes > stream.Use.Bytes && Of(stream.Network).Bytes - stream.Use.Bytes + use.Bytes > Math.Max(LeastBytes, most * BytesForEach)) return false;
        Count(stream, use);
        return true;
    }

    /// <summary>Topics with options that its address or its account has, whichever has more.</summary>
    public int WeightOf(OpenStream stream) => Math.Max(Of(stream.Network).Optioned, stream.Use.Account.Length > 0 ? Of(stream.Use.Account).Optioned : 0);

    /// <summary>Answering for a stream would hold others up.</summary>
    public bool IsHeavy(OpenStream stream, DateTimeOffset now) =>
        stream.Use.Optioned > 0 && (WeightOf(stream) > MostOptioned || Of(stream.Network).HeavyUntil > now || (stream.Use.Account.Length > 0 && Of(stream.Use.Account).HeavyUntil > now));

    /// <summary>Answering for a stream took too long.</summary>
    public void MarkHeavy(OpenStream stream, DateTimeOffset now)
    {
        Of(stream.Network).HeavyUntil = now + Remembered;
        if (stream.Use.Account.Length > 0) Of(stream.Use.Account).HeavyUntil = now + Remembered;
    }

    /// <summary>Forgets who has nothing.</summary>
    public void Tidy(DateTimeOffset now)
    {
        foreach (var (key, entry) in entries)
        {
            if (entry is { Streams: 0, Optioned: 0, Bytes: 0 } && entry.HeavyUntil <= now) entries.Remove(key);
        }
    }

    private void Count(OpenStream stream, StreamUse use)
    {
        Add(stream, stream.Use, -1);
        stream.Use = use;
        Add(stream, use, 1);
    }

    private void Add(OpenStream stream, StreamUse use, int sign)
    {
        var address = Of(stream.Network);
        (address.Optioned, address.Bytes) = (address.Optioned + sign * use.Optioned, address.Bytes + sign * use.Bytes);
        if (string.IsNullOrEmpty(use.Account)) return;
        Of(use.Account).Optioned += sign * use.Optioned;
    }

    private Entry Of(string key)
    {
        if (!entries.TryGetValue(key, out var entry)) entries[key] = entry = new Entry();
        return entry;
    }

    private sealed class Entry
    {
        public int Streams { get; set; }

        public int Optioned { get; set; }

        public long Bytes { get; set; }

        public DateTimeOffset HeavyUntil { get; set; }
    }
}
