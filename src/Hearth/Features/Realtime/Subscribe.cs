using System.Globalization;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;

namespace Hearth.Features.Realtime;

/// <summary>Says what a client listens for (contract 9.2).</summary>
internal sealed class Subscribe(SubscriptionDesk desk)
{
    private const string NotLoaded = "An error occurred while loading the submitted data.";
    private const string Invalid = "An error occurred while validating the submitted data.";
    private const int LongestId = 255;
    private const int MostTopics = 1000;
    private const int LongestTopic = 2500;

    // Who is there is looked at again and again.
    private const int MostChannels = 100;

    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        if ((await exchange.ReadBodyAsync(NotLoaded)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("clientId", NotLoaded).Failed(out fault, out var id)) return fault;
        if (ReadTopics(body).Failed(out fault, out var topics)) return fault;
        if (Check(id, topics) is { } wrong) return wrong;
        if (PositionOf(exchange, body).Failed(out fault, out var position)) return fault;
        var address = ClientAddress.Text(ClientAddress.Of(exchange.Http, exchange.Parts.Settings.Current.TrustedProxy));
        if (await desk.TakeAsync(id, new Subscription(address, exchange.Caller.IsGuest ? "" : exchange.Token, topics, position), exchange.Stop) is { } refused) return refused;
        return await exchange.NoContent();
    }

    private static Outcome<string> PositionOf(Exchange exchange, RequestBody body) => exchange.Query("position") is { Length: > 0 } asked ? asked : body.ReadText("position", NotLoaded);

    private static Outcome<IReadOnlyList<string>> ReadTopics(RequestBody body)
    {
        if (body.Find("subscriptions") is not { } list) return Array.Empty<string>();
        if (list.ValueKind == JsonValueKind.String && body.IsForm) return new[] { list.GetString() ?? "" };
        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > MostTopics) return Fault.BadRequest("realtime.invalid", Invalid, new FaultMap().Add("subscriptions", TooLong(0, MostTopics)));
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(static item => item.ValueKind != JsonValueKind.String)) return Fault.BadRequest("realtime.invalid", NotLoaded);
        return list.EnumerateArray().Select(static item => item.GetString() ?? "").ToArray();
    }

    private static Fault? Check(string id, IReadOnlyList<string> topics)
    {
        var faults = new FaultMap();
        if (id.Length == 0) faults.Add("clientId", FieldFault.Required);
        else if (Encoding.UTF8.GetByteCount(id) > LongestId) faults.Add("clientId", TooLong(1, LongestId));
        if (topics.Count(static topic => topic.StartsWith("@channel/", StringComparison.Ordinal)) > MostChannels)
        {
            faults.Add("subscriptions", new FieldFault("realtime_too_many_channels", $"A client can listen to at most {MostChannels} channels.", new Dictionary<string, object?> { ["most"] = MostChannels }));
        }
        else
        {
            for (var i = 0; i < topics.Count; i++)
            {
                if (CheckTopic(topics[i]) is { } wrong) faults.AddAt(string.Create(CultureInfo.InvariantCulture, $"subscriptions.{i}"), wrong);
            }
        }
        return faults.IsEmpty ? null : Fault.BadRequest("realtime.invalid", Invalid, faults);
    }

    private static FieldFault? CheckTopic(string topic) => Encoding.UTF8.GetByteCount(topic) > LongestTopic ? TooLong(0, LongestTopic) : null;

    private static FieldFault TooLong(int least, int most) => least == 0
        ? new FieldFault("validation_length_too_long", $"The length must be no more than {most}.", new Dictionary<string, object?> { ["max"] = most, ["min"] = 0 })
        : new FieldFault("validation_length_out_of_range", $"The length must be between {least} and {most}.", new Dictionary<string, object?> { ["max"] = most, ["min"] = least });
}
