using System.Net;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;

namespace Hearth.Http.Turns;

/// <summary>
/// Whose turn it is to search: lists, and answers that follow relations, take as long as their client chooses. Together they leave some sessions free, so that
/// single records, sign-ins and writes always find one; each client, by address and by account, has a share (<see cref="ClientPace"/>). A search that takes longer than a moment gives its
/// place up and begins anew among its like, of whom only a few run at once. Superusers wait for nobody.
/// </summary>
/// <param name="sessions">How many sessions there are.</param>
/// <param name="longest">Longest time for a search whose filter, order or relations a client chose.</param>
/// <param name="clock">The clock.</param>
internal sealed class SearchTurns(int sessions, TimeSpan longest, TimeProvider clock)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // What an app's own rules and views need may take half a minute, and so may be waited for.
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim places = new(Math.Max(1, sessions * 3 / 4));
    private readonly SemaphoreSlim slowPlaces = new(SlowOf(sessions));
    private readonly ClientShares shares = new(Math.Max(1, sessions / 2), Math.Max(1, SlowOf(sessions) / 2));

    /// <summary>Whether a fault is one of these turns, so that nothing is wrong with the search itself.</summary>
    public static bool IsRefusal(Fault fault) => fault.Code.StartsWith("search.", StringComparison.Ordinal);

    /// <summary>Runs a search when its turn has come.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="isChosen">The client chose a filter, an order or relations to follow.</param>
    /// <param name="search">The search, with the longest time that it may take; null is the engine's own. It may be run twice.</param>
    public async ValueTask<Outcome<T>> RunAsync<T>(Exchange exchange, bool isChosen, Func<TimeSpan?, ValueTask<Outcome<T>>> search)
    {
        if (IsFree(exchange.Caller)) return await search(null);
        var stop = exchange.Stop;
        using var claim = shares.Claim(AddressOf(exchange), exchange.Caller);
        var entered = 0;
        try
        {
            for (; entered < claim.Shares; entered++)
            {
                if (!await claim.EnterAsync(entered, isSlow: false, Patience, stop)) return TooMany;
            }
            if (!TryTake(claim) && await TakeAsync(claim, stop) is { } refused) return refused;
            var began = clock.GetTimestamp();
            try
            {
                return await search(Moment);
            }
            catch (DataException slow) when (slow.Fault.Kind == DataFaultKind.Timeout)
            {
            }
            finally
            {
                End(claim, began);
            }
            // The place among those that have begun is kept: a client that waits here does not begin others.
            return await RunSlowlyAsync(claim, isChosen, search, stop);
        }
        finally
        {
            claim.Leave(entered, isSlow: false);
        }
    }

    /// <summary>Reads on in a search whose answer has begun. Throws when its turn does not come, as nothing else can be told any more.</summary>
    public async ValueTask<T> GoOnAsync<T>(Exchange exchange, Func<TimeSpan, ValueTask<T>> search)
    {
        if (IsFree(exchange.Caller)) return await search(longest);
        using var claim = shares.Claim(AddressOf(exchange), exchange.Caller);
        var entered = 0;
        try
        {
            for (; entered < claim.Shares; entered++)
            {
                if (!await claim.EnterAsync(entered, isSlow: false, Patience, exchange.Stop)) throw OutOfPatience;
            }
            if (!TryTake(claim) && await TakeAsync(claim, exchange.Stop) is not null) throw OutOfPatience;
            var began = clock.GetTimestamp();
            try
            {
                return await search(longest);
            }
            finally
            {
                End(claim, began);
            }
        }
        finally
        {
            claim.Leave(entered, isSlow: false);
        }
    }

    // Mostly nobody has to wait.
    private bool TryTake(in ClientClaim claim)
    {
        if (!claim.TryStart()) return false;
        if (places.Wait(0)) return true;
        claim.End(null);
        return false;
    }

    // A turn among the quick ones; null when it was taken.
    private async ValueTask<Fault?> TakeAsync(ClientClaim claim, CancellationToken stop)
    {
        if (!await claim.StartAsync(Patience, stop)) return TooMany;
        var taken = false;
        try
        {
            taken = await places.WaitAsync(Patience, stop);
            return taken ? null : Busy;
        }
        finally
        {
            if (!taken) claim.End(null);
        }
    }

    private void End(ClientClaim claim, long began)
    {
        places.Release();
        claim.End(clock.GetElapsedTime(began));
    }

    private async ValueTask<Outcome<T>> RunSlowlyAsync<T>(ClientClaim claim, bool isChosen, Func<TimeSpan?, ValueTask<Outcome<T>>> search, CancellationToken stop)
    {
        var patience = isChosen ? Patience : LongPatience;
        var entered = 0;
        try
        {
            for (; entered < claim.Shares; entered++)
            {
                if (!await claim.EnterAsync(entered, isSlow: true, patience, stop)) return TooMany;
            }
            if (!await slowPlaces.WaitAsync(patience, stop)) return Busy;
            var began = clock.GetTimestamp();
            try
            {
                // An engine in this process keeps its thread until the last row: one of its own, so that no other request waits for it.
                return await Task.Factory.StartNew(() => search(isChosen ? longest : null).AsTask(), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
            }
            catch (DataException slow) when (isChosen && slow.Fault.Kind == DataFaultKind.Timeout && clock.GetElapsedTime(began) >= 0.9 * longest)
            {
                // What ended before is the database's own trouble.
                return TooSlow;
            }
            finally
            {
                slowPlaces.Release();
            }
        }
        finally
        {
            claim.Leave(entered, isSlow: true);
        }
    }

    // What takes long takes a core, and the database is often on this machine: no more at once than there are cores, and no client has all of them.
    private static int SlowOf(int sessions) => Math.Clamp(sessions / 4, 1, Environment.ProcessorCount);

    // The key of a superuser that is held to a scope may be in anybody's hands.
    private static bool IsFree(Caller caller) => caller is { IsSuperuser: true, Scope: null };

    private static IPAddress? AddressOf(Exchange exchange) => ClientAddress.Of(exchange.Http, exchange.Parts.Settings.Current.TrustedProxy);

    private static DataException OutOfPatience => new(new DataFault(DataFaultKind.Busy, "The rest of a large page waited too long for its turn.", []));

    private static Fault TooSlow => Fault.BadRequest("search.too_slow", "The search takes too long. Ask with a simpler filter, sort or expand, or for fewer records.");

    private static Fault TooMany => Fault.Of(429, "search.too_many", "Too many searches at the same time. Wait for the answers before you ask again.") with { RetryAfter = 1 };

    private static Fault Busy => Fault.Of(503, "search.busy", "The database is busy. Please try again.") with { RetryAfter = 1 };
}
