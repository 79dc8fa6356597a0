using Hearth.Http;
using Hearth.Http.Contracts;
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
            Contract = RouteContract.Gives(Shape.PageOf(Shape.Record), "A page of records.").AsksPage().AsksPickers(),
        });
        setup.Map(new RouteDefinition
        {
            Method = "GET", Path = Path + "/{id}", Tags = ["view"], ChecksRateItself = true, LooksAtScope = true,
            Handler = new ViewRecord(setup.Records, reader).HandleAsync,
            Summary = "One record, when the view rule lets the caller see it.",
            Contract = RouteContract.Gives(Shape.Record, "The record.").Or(304, "It is as the If-None-Match header knows it.").Header("If-None-Match", "The ETag of the record that is known.").AsksPickers(),
        });
        setup.Map(new RouteDefinition
        {
            Method = "POST", Path = Path, Tags = ["create"], ChecksRateItself = true, LooksAtScope = true, BodyLimitBy = RecordBodyLimit.Of,
            Handler = new CreateRecord(setup.Records, reader).HandleAsync,
            Summary = "Adds a record and gives it back.",
            Contract = RouteContract.Gives(Shape.Record, "The record as it was saved.").AsksPickers().Takes(Shape.NewRecord),
        });
        setup.Map(new RouteDefinition
        {
            Method = "PATCH", Path = Path + "/{id}", Tags = ["update"], ChecksRateItself = true, LooksAtScope = true, BodyLimitBy = RecordBodyLimit.Of,
            Handler = new UpdateRecord(setup.Records, reader).HandleAsync,
            Summary = "Changes the fields that are sent and gives the whole record back.",
            Contract = RouteContract
                .Gives(Shape.Record, "The record as it was saved.")
                .Header("If-Match", "The ETag of the record that is to be changed.")
                .AsksPickers()
                .Takes(Shape.ChangedRecord)
                .Refuses(409, "The record was changed meanwhile.")
                .Refuses(412, "The record changed since the If-Match header was made."),
        });
        setup.Map(new RouteDefinition
        {
            Method = "DELETE", Path = Path + "/{id}", Tags = ["delete"], ChecksRateItself = true, LooksAtScope = true,
            Handler = new DeleteRecord(setup.Records, reader).HandleAsync,
            Summary = "Removes a record and what hangs on it.",
            Contract = RouteContract
                .GivesNothing("It is gone.")
                .Header("If-Match", "The ETag of the record that is to be removed.")
                .Refuses(409, "The record was changed meanwhile.")
                .Refuses(412, "The record changed since the If-Match header was made."),
        });
    }
}
