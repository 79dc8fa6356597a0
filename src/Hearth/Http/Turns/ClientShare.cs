using System.Net;
using Hearth.Planning;

namespace Hearth.Http.Turns;

/// <summary>Who a share belongs to: an address, or an account.</summary>
internal readonly record struct ClientKey(IPAddress? Address, string Collection, string Account);

/// <summary>The places that one client has for its searches: for those that have begun, for those that run among the quick ones, and for those that run among the slow ones.</summary>
internal sealed class ClientShare(ClientKey key, int places, int slowPlaces)
{
    private const int MostUsers = 1000;
    private readonly SemaphoreSlim begun = new(places);
    private readonly SemaphoreSlim slow = new(slowPlaces);

    /// <summary>How many run among the quick ones.</summary>
    public ClientPace Pace { get; } = new(places);

    /// <summary>Whose it is.</summary>
    public ClientKey Key => key;

    /// <summary>How many requests have it in hand.</summary>
    public int Users { get; set; }

    /// <summary>Waits for a place; false when it took too long, or too many wait already.</summary>
    public Task<bool> EnterAsync(bool isSlow, TimeSpan patience, CancellationToken stop) =>
        Users > MostUsers ? Task.FromResult(false) : (isSlow ? slow : begun).WaitAsync(patience, stop);

    /// <summary>Gives a place back.</summary>
    public void Leave(bool isSlow) => (isSlow ? slow : begun).Release();
}

/// <summary>What one request has in hand: the share of its address, and of its account unless it is a guest's.</summary>
internal readonly struct ClientClaim(ClientShares all, ClientShare address, ClientShare? account) : IDisposable
{
    /// <summary>How many shares there are.</summary>
    public int Shares => account is null ? 1 : 2;

    /// <summary>Waits for a place in one of the shares; false when it took too long. Asked for one after the other, so that who waits for the first costs no memory for the second.</summary>
    public Task<bool> EnterAsync(int share, bool isSlow, TimeSpan patience, CancellationToken stop) => Share(share).EnterAsync(isSlow, patience, stop);

    /// <summary>Takes a turn among the quick ones in each share, if all of them are free.</summary>
    public bool TryStart()
    {
        if (!address.Pace.TryEnter()) return false;
        if (account is null || account.Pace.TryEnter()) return true;
        address.Pace.Return();
        return false;
    }

    /// <summary>Waits for a turn among the quick ones in each share; false, with none taken, when it took too long.</summary>
    public async ValueTask<bool> StartAsync(TimeSpan patience, CancellationToken stop)
    {
        if (!await address.Pace.EnterAsync(patience, stop)) return false;
        var started = account is null;
        try
        {
            return started = started || await account!.Pace.EnterAsync(patience, stop); // there is one, else it has started
        }
        finally
        {
            if (!started) address.Pace.Return();
        }
    }

    /// <summary>Ends a turn among the quick ones.</summary>
    /// <param name="took">How long it ran; null when it did not.</param>
    public void End(TimeSpan? took)
    {
        End(address.Pace, took);
        if (account is not null) End(account.Pace, took);
    }

    /// <summary>Gives the places in the first shares back.</summary>
    public void Leave(int entered, bool isSlow)
    {
        for (var share = 0; share < entered; share++) Share(share).Leave(isSlow);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        all.Return(address);
        if (account is not null) all.Return(account);
    }

    private ClientShare Share(int share) => share == 0 ? address : account!; // there is one, as there are two shares

    private static void End(ClientPace pace, TimeSpan? took)
    {
        if (took is { } time) pace.Leave(time);
        else pace.Return();
    }
}

/// <summary>The shares of all clients that were here lately.</summary>
internal sealed class ClientShares(int places, int slowPlaces)
{
    // Above this many, those that nobody has in hand go at once.
    private const int Kept = 1000;
    private readonly Dictionary<ClientKey, ClientShare> shares = [];

    /// <summary>The shares of a client.</summary>
    public ClientClaim Claim(IPAddress? client, Caller caller)
    {
        lock (shares)
        {
            return new ClientClaim(
                this,
                Take(new ClientKey(ClientAddress.NetworkOf(client), "", "")),
                caller.Collection is { } collection ? Take(new ClientKey(null, collection.Id, caller.Id)) : null);
        }
    }

    /// <summary>Takes a share back.</summary>
    public void Return(ClientShare share)
    {
        lock (shares)
        {
            if (--share.Users == 0 && shares.Count > Kept) shares.Remove(share.Key);
        }
    }

    private ClientShare Take(ClientKey key)
    {
        if (!shares.TryGetValue(key, out var share)) shares[key] = share = new ClientShare(key, places, slowPlaces);
        share.Users++;
        return share;
    }
}
