using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Features.Realtime.Channels;

/// <summary>Sends to a channel, and tells who is there. Only for those who may view the record of the channel.</summary>
internal sealed class ChannelRoutes(ChannelPost post, MessageBudget budget)
{
    private const string NotLoaded = "An error occurred while loading the submitted data.";
    private const int LongestName = 100;
    private const int MostBytes = 16 << 10;

    private static readonly Fault TooMany = Fault.Of(429, "realtime.too_many_messages", "Too many messages. Please send fewer or shorter ones.") with { RetryAfter = 1 };

    /// <summary>Sends <c>{"event": "...", "data": ...}</c> to everybody who listens.</summary>
    public async ValueTask<Fault?> SendAsync(Exchange exchange)
    {
        if ((await exchange.ReadBodyAsync(NotLoaded)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("event", NotLoaded).Failed(out fault, out var name)) return fault;
        var faults = new FaultMap();
        if (name.Length == 0) faults.Add("event", FieldFault.Required);
        else if (name.Length > LongestName) faults.Add("event", new FieldFault("validation_length_too_long", $"The length must be no more than {LongestName}."));
        var data = body.Find("data") is { } sent ? sent.GetRawText() : "null";
        if (Encoding.UTF8.GetByteCount(data) > MostBytes) faults.Add("data", new FieldFault("validation_length_too_long", $"The data must be no more than {MostBytes} bytes as JSON."));
        if (!faults.IsEmpty) return Fault.BadRequest("realtime.invalid", "An error occurred while validating the submitted data.", faults);
        if ((await ChannelOfAsync(exchange)).Failed(out fault, out var channel)) return fault;
        if (!budget.TryTake(exchange, data.Length)) return TooMany;
        await post.SendAsync(channel, exchange.Caller, name, JsonElement.Parse(data), exchange.Stop);
        return await exchange.NoContent();
    }

    /// <summary>The accounts that listen at this moment, on whichever node.</summary>
    public async ValueTask<Fault?> PresentAsync(Exchange exchange)
    {
        if ((await ChannelOfAsync(exchange)).Failed(out var fault, out var channel)) return fault;
        var json = exchange.StartJson();
        ChannelPost.WritePresent(json, post.Present(channel));
        return await exchange.SendJsonAsync();
    }

    private async ValueTask<Outcome<Channel>> ChannelOfAsync(Exchange exchange)
    {
        if (exchange.Schema.Find(exchange.PathValue("collection")) is not { } collection) return Fault.NotFound("collections.not_found", "Missing collection context.");
        var channel = new Channel(collection.Id, exchange.PathValue("id"));
        return await post.MayAsync(channel, exchange.Facts with { Context = "realtime" }, exchange.Stop) ? channel : Fault.NotFound("records.not_found");
    }
}
