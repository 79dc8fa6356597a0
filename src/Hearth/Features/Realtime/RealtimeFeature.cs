using Hearth.Basics;
using Hearth.Features.Realtime.Channels;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Http.Output;
using Hearth.Resources.Realtime.Feed;

namespace Hearth.Features.Realtime;

/// <summary>
/// Events for clients that stay connected (contract 9): of records under their rules, and <c>@oauth2</c>, which the all-in-one sign-in of the SDKs needs. Routes: <c>/api/realtime</c>. Tables: none.
/// </summary>
internal sealed class RealtimeFeature : Feature
{
    /// <inheritdoc/>
    public override string Name => "realtime";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        var connect = new Connect(setup.Streams, setup.Live, setup.Clock);
        setup.Live.Picking = Pick;
        var channels = new ChannelPost(setup);
        var ended = new CancellationTokenSource();
        var looking = Task.CompletedTask;
        setup.OnStart(_ =>
        {
            setup.Live.Start();
            looking = Task.Run(() => channels.RunAsync(ended.Token), CancellationToken.None);
            return ValueTask.CompletedTask;
        });
        setup.OnStop(async _ =>
        {
            await ended.CancelAsync();
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended.Dispose();
            await setup.Live.StopAsync();
            setup.Live.Dispose();
        });
        MapChannels(setup, new ChannelRoutes(channels, new MessageBudget(setup.Clock)));
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/realtime",
            QuietLog = true,
            Handler = connect.AnswerAsync,
            LooksAtScope = true,
            Summary = "Opens a stream of events (text/event-stream); the first one tells the id of the client.",
            Contract = RouteContract.GivesBytes("text/event-stream", "Events for as long as the client stays."),
        });
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = "/api/realtime",
            QuietLog = true,
            BodyLimit = 4 << 20, // a thousand topics of the greatest length, with what JSON escapes
            Handler = new Subscribe(new SubscriptionDesk(setup)).AnswerAsync,
            LooksAtScope = true,
            Summary = "Replaces what a client with an open stream listens for.",
            Contract = RouteContract
                .GivesNothing("It listens for these.")
                .Asks("position", "Position of the last event that was seen; later ones are sent again.")
                .Takes(Shape.Object("", ("clientId", Shape.Text("From the first event of the stream.")), ("subscriptions?", Shape.ListOf(Shape.Text(), "Topics, such as posts/* or posts/RECORD_ID.")), ("position?", Shape.Text()))),
        });
    }

    private static void MapChannels(FeatureSetup setup, ChannelRoutes routes)
    {
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = "/api/realtime/channels/{collection}/{id}",
            Handler = routes.SendAsync,
            LooksAtScope = true,
            Summary = "Sends a message to those who listen to the channel of a record; for those who may view it.",
            Contract = RouteContract.GivesNothing("It is sent.").Takes(Shape.Object("", ("event", Shape.Text("Name of the event.")), ("data?", Shape.Anything("What it tells.")))),
        });
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/realtime/channels/{collection}/{id}",
            Handler = routes.PresentAsync,
            LooksAtScope = true,
            Summary = "Tells which accounts listen to the channel of a record; for those who may view it.",
            Contract = RouteContract.Gives(Shape.Object("", ("present", Shape.ListOf(Shape.Object("An account.")))), "The accounts.").AsksFields(),
        });
    }

    private static ReadOnlyMemory<byte>? Pick(string fields, ReadOnlyMemory<byte> record)
    {
        if (FieldPicker.Parse(fields).Failed(out _, out var picker)) return null;
        if (picker is null) return record;
        using var picked = new PooledBuffer();
        picker.Copy(record.Span, picked, paged: false);
        return picked.Written.ToArray();
    }
}
