using Hearth.Http;

namespace Hearth.Features.Realtime.Channels;

/// <summary>
/// How much may be sent to channels: by an account or a guest's address as much as the setting says, by all of one address ten times that. Who has sent little may send
/// more at once. A message counts once, and once more for every 2 KiB.
/// </summary>
internal sealed class MessageBudget(TimeProvider clock)
{
    private const int BytesForOne = 2 << 10;
    private const int SecondsAtOnce = 5;
    private const int AccountsOfAddress = 10;
    private const int SweepAt = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (double Left, long At)> known = new(StringComparer.Ordinal);

    /// <summary>Counts a message. False when it is one too many.</summary>
    public bool TryTake(Exchange exchange, int length)
    {
        var settings = exchange.Parts.Settings.Current;
        var rate = settings.Realtime.MaxMessagesPerSecond;
        var caller = exchange.Caller;
        if (rate == 0 || caller.IsSuperuser) return true;
        var address = ClientAddress.Text(ClientAddress.NetworkOf(ClientAddress.Of(exchange.Http, settings.TrustedProxy)));
        var cost = 1 + length / BytesForOne;
        var now = clock.GetTimestamp();
        lock (gate)
        {
            if (known.Count > SweepAt) Sweep(now);
            return TryTake(address, caller.IsGuest ? rate : (double)rate * AccountsOfAddress, cost, now)
                && (caller.IsGuest || TryTake($"{caller.Collection?.Id}/{caller.Id}", rate, cost, now));
        }
    }

    private bool TryTake(string key, double rate, int cost, long now)
    {
        var most = Math.Max(rate * SecondsAtOnce, cost);
        var left = known.TryGetValue(key, out var last) ? Math.Min(most, last.Left + rate * clock.GetElapsedTime(last.At, now).TotalSeconds) : most;
        known[key] = (left >= cost ? left - cost : left, now);
        return left >= cost;
    }

    // Who has sent nothing for so long may send everything again.
    private void Sweep(long now)
    {
        foreach (var (key, last) in known)
        {
            if (clock.GetElapsedTime(last.At, now).TotalSeconds > SecondsAtOnce) known.Remove(key);
        }
    }
}
