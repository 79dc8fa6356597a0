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

    /// <summary>What tells it from other records.</summary>
    public string Key { get; } = Caller.Collection is { } collection ? $"{collection.Id}/{Caller.Id}" : "";
}
