namespace Hearth.Http.Turns;

/// <summary>
/// How many searches of one client run at once: one at first, one more with each that is answered soon, and one again after each that is not. So who asks for little
/// is soon as fast as the machine, and who asks for much holds up others with one search, not with all that he may have open.
/// </summary>
/// <param name="most">The most that ever run.</param>
internal sealed class ClientPace(int most)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim free = new(1);
    private readonly Lock gate = new();
    private int allowed = 1;
    private int excess; // places that are to be taken away when they come back

    /// <summary>Takes a place if one is free.</summary>
    public bool TryEnter() => free.Wait(0);

    /// <summary>Waits for a place; false when it took too long.</summary>
    public Task<bool> EnterAsync(TimeSpan patience, CancellationToken stop) => free.WaitAsync(patience, stop);

    /// <summary>Gives a place back that was not used.</summary>
    public void Return()
    {
        lock (gate) Free(1);
    }

    /// <summary>Gives a place back after a search.</summary>
    /// <param name="took">How long it ran.</param>
    public void Leave(TimeSpan took)
    {
        lock (gate)
        {
            if (took > Soon)
            {
                excess += allowed - 1;
                allowed = 1;
                Free(1);
                while (excess > 0 && TryEnter()) excess--;
            }
            else if (allowed < most)
            {
                allowed++;
                Free(2);
            }
            else
            {
                Free(1);
            }
        }
    }

    private void Free(int places)
    {
        var kept = Math.Min(excess, places);
        excess -= kept;
        if (places > kept) free.Release(places - kept);
    }
}
