using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Records.Reading;

namespace Hearth.Features.Batch;

/// <summary>
/// Many writes in one transaction (contract 6.8): all of them or none. Off until the settings switch it on. Its events are those of the
/// records, after the commit; it has no tables.
/// </summary>
public sealed class BatchFeature : Feature
{
    private const long StandardBodySize = 128L << 20;

    /// <inheritdoc/>
    public override string Name => "batch";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup) => setup.Map(new RouteDefinition
    {
        Method = "POST",
        Path = "/api/batch",
        LooksAtScope = true,
        BodyLimitBy = static exchange => exchange.Parts.Settings.Current.Batch.MaxBodySize is > 0 and var size ? size : StandardBodySize,
        Handler = new RunBatch(setup.Records, new RecordReader()).HandleAsync,
        Summary = "Does several creates, updates, upserts and deletes together, all of them or none.",
        Contract = RouteContract
            .Gives(Shape.ListOf(Shape.Object("", ("status", Shape.Integer()), ("body", Shape.Anything("The record; null of a delete.")))), "What each request was answered with, in their order.")
            .Takes(Shape.Object(
                "The requests. In a form they are in @jsonPayload, and files in parts such as requests.0.picture.",
                ("requests?", Shape.ListOf(Shape.Object("", ("method", Shape.Text("POST, PATCH, PUT (an upsert) or DELETE.")), ("url", Shape.Text()), ("body?", Shape.Object("")), ("headers?", Shape.Object("")))))))
            .Refuses(409, "What a request is about was changed meanwhile."),
    });
}
