using Hearth.Http;

namespace Hearth.Features.Realtime;

/// <summary>
/// Events for clients that stay connected (contract 9). Today the one topic is <c>@oauth2</c>, which the all-in-one sign-in of the SDKs needs; events of records
/// follow. Routes: <c>/api/realtime</c>. Tables: none.
/// </summary>
internal sealed class RealtimeFeature : Feature
{
    /// <inheritdoc/>
    public override string Name => "realtime";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        var connect = new Connect(setup.Streams, setup.Clock);
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/realtime",
            QuietLog = true,
            Handler = connect.AnswerAsync,
            Summary = "Opens a stream of events (text/event-stream); the first one tells the id of the client.",
        });
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = "/api/realtime",
            QuietLog = true,
            Handler = new Subscribe(setup.Streams).AnswerAsync,
            Summary = "Replaces what a client with an open stream listens for.",
        });
    }
}
