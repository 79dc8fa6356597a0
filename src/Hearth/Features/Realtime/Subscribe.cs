using System.Globalization;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Resources.Realtime;

namespace Hearth.Features.Realtime;

/// <summary>Says what a client listens for (contract 9.2).</summary>
internal sealed class Subscribe(OpenStreams streams)
{
    private const string NotLoaded = "An error occurred while loading the submitted data.";
    private const int LongestId = 255;
    private const int MostTopics = 1000;
    private const int LongestTopic = 2500;

    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        if ((await exchange.ReadBodyAsync(NotLoaded)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("clientId", NotLoaded).Failed(out fault, out var id)) return fault;
        if (ReadTopics(body).Failed(out fault, out var topics)) return fault;
        if (Check(id, topics) is { } wrong) return wrong;
        if (streams.Find(id) is not { } stream) return Fault.NotFound("realtime.no_client", "Missing or invalid client id.");
        if (stream.Address != ClientAddress.Text(ClientAddress.Of(exchange.Http, exchange.Parts.Settings.Current.TrustedProxy))) return Fault.BadRequest("realtime.other_address", "Invalid realtime client.");
        var asking = exchange.Caller.Collection is { } collection ? (collection.Id, exchange.Caller.Id) : ((string, string)?)null;
        if (!stream.TrySubscribe(topics, asking)) return Fault.Forbidden("realtime.other_caller", "The current and the previous request authorization don't match.");
        return await exchange.NoContent();
    }

    private static Outcome<IReadOnlyList<string>> ReadTopics(RequestBody body)
    {
        if (body.Find("subscriptions") is not { } list) return Array.Empty<string>();
        if (list.ValueKind == JsonValueKind.String && body.IsForm) return new[] { list.GetString() ?? "" };
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(static item => item.ValueKind != JsonValueKind.String)) return Fault.BadRequest("realtime.invalid", NotLoaded);
        return list.EnumerateArray().Select(static item => item.GetString() ?? "").ToArray();
    }

    private static Fault? Check(string id, IReadOnlyList<string> topics)
    {
        var faults = new FaultMap();
        if (id.Length == 0) faults.Add("clientId", FieldFault.Required);
        else if (Encoding.UTF8.GetByteCount(id) > LongestId) faults.Add("clientId", TooLong(1, LongestId));
        if (topics.Count > MostTopics) faults.Add("subscriptions", TooLong(0, MostTopics));
        else
        {
            for (var i = 0; i < topics.Count; i++)
            {
                if (CheckTopic(topics[i]) is { } wrong) faults.AddAt(string.Create(CultureInfo.InvariantCulture, $"subscriptions.{i}"), wrong);
            }
        }
        return faults.IsEmpty ? null : Fault.BadRequest("realtime.invalid", "An error occurred while validating the submitted data.", faults);
    }

    // A subscription that would never hear anything is told as a fault, not taken in silence.
    private static FieldFault? CheckTopic(string topic)
    {
        if (Encoding.UTF8.GetByteCount(topic) > LongestTopic) return TooLong(0, LongestTopic);
        return topic == "@oauth2" ? null : FieldFault.InvalidValue with { Message = "This version sends no events but those of sign-ins (@oauth2)." };
    }

    private static FieldFault TooLong(int least, int most) => least == 0
        ? new FieldFault("validation_length_too_long", $"The length must be no more than {most}.", new Dictionary<string, object?> { ["max"] = most, ["min"] = 0 })
        : new FieldFault("validation_length_out_of_range", $"The length must be between {least} and {most}.", new Dictionary<string, object?> { ["max"] = most, ["min"] = least });
}
