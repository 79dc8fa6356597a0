using Hearth.Http;
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
    });
}
