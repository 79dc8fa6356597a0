using Hearth.Http;
using Hearth.Records.Reading;

namespace Hearth.Features.Records;

/// <summary>
/// Records over HTTP (contract 6): list, view, create, update, delete. Its events are those of <see cref="Hearth.Records.RecordEvents"/>; its
/// tables are the collections themselves. A request goes the same way in each of its files: parse, resolve, plan, hook, run, write.
/// </summary>
public sealed class RecordsFeature : Feature
{
    private const string Path = "/api/collections/{collection}/records";

    /// <inheritdoc/>
    public override string Name => "records";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        var reader = new RecordReader();
        setup.Map(new RouteDefinition
        {
            Method = "GET", Path = Path, Tags = ["list"], ChecksRateItself = true, LooksAtScope = true,
            Handler = new ListRecords(setup.Records, reader, new ProbeDelay(setup.Clock)).HandleAsync,
            Summary = "A page of the records that the list rule lets the caller see.",
        });
        setup.Map(new RouteDefinition
        {
            Method = "GET", Path = Path + "/{id}", Tags = ["view"], ChecksRateItself = true, LooksAtScope = true,
            Handler = new ViewRecord(setup.Records, reader).HandleAsync,
            Summary = "One record, when the view rule lets the caller see it.",
        });
        setup.Map(new RouteDefinition
        {
            Method = "POST", Path = Path, Tags = ["create"], ChecksRateItself = true, LooksAtScope = true, BodyLimitBy = RecordBodyLimit.Of,
            Handler = new CreateRecord(setup.Records, reader).HandleAsync,
            Summary = "Adds a record and gives it back.",
        });
        setup.Map(new RouteDefinition
        {
            Method = "PATCH", Path = Path + "/{id}", Tags = ["update"], ChecksRateItself = true, LooksAtScope = true, BodyLimitBy = RecordBodyLimit.Of,
            Handler = new UpdateRecord(setup.Records, reader).HandleAsync,
            Summary = "Changes the fields that are sent and gives the whole record back.",
        });
        setup.Map(new RouteDefinition
        {
            Method = "DELETE", Path = Path + "/{id}", Tags = ["delete"], ChecksRateItself = true, LooksAtScope = true,
            Handler = new DeleteRecord(setup.Records, reader).HandleAsync,
            Summary = "Removes a record and what hangs on it.",
        });
    }
}
