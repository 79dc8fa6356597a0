using Hearth.Data.News;
using Hearth.Planning;

namespace Hearth.Resources.Realtime;

/// <summary>For whom a stream hears, and what proved it.</summary>
/// <param name="Caller">The record with its values.</param>
/// <param name="SessionId">The session of the token; empty when it has none.</param>
/// <param name="KeyHash">Hash of the API key; empty when it was none.</param>
/// <param name="Expires">When the token or the API key ends.</param>
public sealed record StreamOwner(Caller Caller, string SessionId, string KeyHash, DateTimeOffset Expires)
{
    /// <summary>Nobody in particular.</summary>
    public static StreamOwner Guest { get; } = new(Caller.Guest, "", "", DateTimeOffset.MaxValue);

    /// <summary>What proved it has ended: the stream hears nothing more, and ends in a moment.</summary>
    public bool HasEnded(DateTimeOffset now) => Expires <= now;

    /// <summary>For whom it heard before the account was removed; null when that did not happen.</summary>
    public FormerOwner? Former { get; init; }

    /// <summary>For whom the stream hears of a change: of what one write has removed, whoever was removed by it still hears.</summary>
    public StreamOwner At(RowNews news) => Former is { } former && former.Hears(news) ? former.Owner : this;

    /// <summary>What tells it from other records.</summary>
    public string Key { get; } = Caller.Collection is { } collection ? $"{collection.Id}/{Caller.Id}" : "";
}

/// <summary>For whom a stream heard until the account was removed.</summary>
/// <param name="Owner">As it was.</param>
/// <param name="Removal">The news of the removal.</param>
public sealed record FormerOwner(StreamOwner Owner, RowNews Removal)
{
    /// <summary>True for the removal and for what the same write removed with it.</summary>
    public bool Hears(RowNews news) => news.Run == Removal.Run && (news.Position == Removal.Position || (news.Together.Count > 0 && ReferenceEquals(news.Together, Removal.Together)));
}
