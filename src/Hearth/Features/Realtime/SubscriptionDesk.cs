using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Resources.Realtime;
using Hearth.Resources.Realtime.Feed;
using Hearth.Resources.Tokens;
using Hearth.Schema;

namespace Hearth.Features.Realtime;

/// <summary>What a client asked to listen for.</summary>
/// <param name="Address">Where the request came from, as text.</param>
/// <param name="Token">The token or API key that it showed; empty for guests.</param>
/// <param name="Topics">The topics.</param>
/// <param name="Position">The last position that the client knows; may be empty.</param>
internal sealed record Subscription(string Address, string Token, IReadOnlyList<string> Topics, string Position);

/// <summary>Brings what a client asked for to its stream, on whichever node that is open: a load balancer may send the request to any of them.</summary>
internal sealed class SubscriptionDesk
{
    private const string Kind = "subscribe";

    private static readonly Fault NoClient = Fault.NotFound("realtime.no_client", "Missing or invalid client id.");
    private static readonly Fault OtherAddress = Fault.BadRequest("realtime.other_address", "Invalid realtime client.");
    private static readonly Fault OtherCaller = Fault.Forbidden("realtime.other_caller", "The current and the previous request authorization don't match.");

    private static readonly Fault TooMuch =
        Fault.Of(429, "realtime.too_much", "The live connections from your address listen for too much together. Please subscribe to less, or with shorter options.") with { RetryAfter = 10 };

    private readonly OpenStreams streams;
    private readonly StreamLetters letters;
    private readonly Subscribing subscribing;
    private readonly CallerReader callers;
    private readonly Func<SchemaSnapshot> schema;

    public SubscriptionDesk(FeatureSetup setup)
    {
        (streams, letters, callers, schema) = (setup.Streams, setup.Letters, setup.Callers, setup.Schema);
        subscribing = new Subscribing(setup.Live, setup.Streams);
        letters.On(Kind, ReceiveAsync);
    }

    /// <summary>Null when the client listens for what it asked for.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="wanted">What it asked for.</param>
    /// <param name="stop">Gives up.</param>
    public async ValueTask<Fault?> TakeAsync(string clientId, Subscription wanted, CancellationToken stop)
    {
        if (streams.Find(clientId) is { } stream) return await TakeAsync(stream, wanted, stop);
        var answer = await letters.AskAsync(clientId, Kind, JsonSerializer.SerializeToUtf8Bytes(wanted, SubscriptionJson.Default.Subscription), stop);
        return answer switch
        {
            null => NoClient,
            "" => null,
            _ when answer == OtherAddress.Code => OtherAddress,
            _ when answer == TooMuch.Code => TooMuch,
            _ => OtherCaller,
        };
    }

    private async ValueTask<Fault?> TakeAsync(OpenStream stream, Subscription wanted, CancellationToken stop)
    {
        if (stream.Address != wanted.Address) return OtherAddress;
        // It counted when the request began. A body may take its time, and another node too: when it has ended since, its bearer is nobody.
        var found = wanted.Token.Length == 0 ? null : await callers.FindAsync(wanted.Token, TokenKind.Auth, schema(), stop);
        var owner = found is var (caller, claims) ? OwnerOf(caller, claims, wanted.Token) : StreamOwner.Guest;
        if (!streams.TryOwn(stream, owner)) return OtherCaller;
        return await subscribing.ReplaceAsync(stream, wanted.Topics, wanted.Position, stop) ? null : TooMuch;
    }

    private async ValueTask<string> ReceiveAsync(OpenStream stream, byte[] content, CancellationToken stop)
    {
        var wanted = JsonSerializer.Deserialize(content, SubscriptionJson.Default.Subscription)!; // sealed by another node
        return (await TakeAsync(stream, wanted, stop))?.Code ?? "";
    }

    private static StreamOwner OwnerOf(Caller caller, TokenClaims claims, string token) =>
        caller.Collection is null ? StreamOwner.Guest : new StreamOwner(caller, claims.SessionId, ApiKeyText.IsOne(token) ? ApiKeyText.HashOf(token) : "", claims.Expires);
}

[JsonSerializable(typeof(Subscription))]
internal sealed partial class SubscriptionJson : JsonSerializerContext;
