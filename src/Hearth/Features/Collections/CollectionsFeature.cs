using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Http.Contracts;

namespace Hearth.Features.Collections;

/// <summary>
/// The schema over HTTP (contract 4.6): superusers list, make, change, empty, remove and import collections. With <c>?plan=true</c> a change
/// is only described. Routes: <c>/api/collections…</c> but those of records. Events: listens to <see cref="SchemaStore.Changed"/>. Tables: <c>_collections</c>.
/// </summary>
internal sealed class CollectionsFeature : Feature
{
    /// <inheritdoc/>
    public override string Name => "collections";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        var list = new CollectionList(setup.Engine);
        var changes = new CollectionChanges(setup.Schemas, setup.Records);
        Map(setup, "GET", "", list.AnswerAsync, "A page of collections.", RouteContract.Gives(Shape.PageOf(CollectionAnswers.Shape), "A page of collections.").AsksPage().Asks("internal", "With those that Hearth keeps for itself.", Shape.Truth()).AsksFields());
        Map(setup, "POST", "", changes.CreateAsync, "Makes a collection; with plan=true only says what would be done.", RouteContract.Gives(CollectionAnswers.ShapeOrPlan, "The collection.").Asks("plan", "Only says what would be done.", Shape.Truth()).AsksFields().Takes(CollectionAnswers.Draft));
        Map(setup, "GET", "/{collection}", ViewAsync, "One collection.", RouteContract.Gives(CollectionAnswers.Shape, "The collection.").AsksFields());
        Map(setup, "PATCH", "/{collection}", changes.UpdateAsync, "Changes a collection; with plan=true only says what would be done.", RouteContract.Gives(CollectionAnswers.ShapeOrPlan, "The collection.").Asks("plan", "Only says what would be done.", Shape.Truth()).AsksFields().Takes(CollectionAnswers.Changes));
        Map(setup, "DELETE", "/{collection}", changes.DeleteAsync, "Removes a collection with its records; with plan=true only says what would be done.", NothingOrPlan("It is gone."));
        Map(setup, "DELETE", "/{collection}/truncate", changes.TruncateAsync, "Removes all records of a collection.", RouteContract.GivesNothing("They are gone."));
        Map(setup, "PUT", "/import", changes.ImportAsync, "Brings in a set of collections; with plan=true only says what would be done.", NothingOrPlan("They are in.").Takes(CollectionAnswers.Set));
        Map(setup, "GET", "/meta/scaffolds", CollectionMeta.ScaffoldsAsync, "A blank collection of each type.", RouteContract.Gives(Shape.Object("", ("auth", CollectionAnswers.Shape), ("base", CollectionAnswers.Shape), ("view", CollectionAnswers.Shape)), "The collections.").AsksFields());
        Map(setup, "GET", "/meta/oauth2-providers", CollectionMeta.ProvidersAsync, "The known sign-in services.", RouteContract.Gives(Shape.ListOf(Shape.Object("", ("name", Shape.Text()), ("displayName", Shape.Text()), ("logo", Shape.Text("An SVG picture.")))), "The services.").AsksFields());
        Map(setup, "POST", "/meta/dry-run-view", exchange => CollectionMeta.TryViewAsync(exchange, setup.Schemas), "Fields and first rows of a view's query.", RouteContract.Gives(Shape.Object("", ("fields", Shape.ListOf(Shape.Object("A field."))), ("sample", Shape.ListOf(Shape.Object("A record.")))), "What the query gives.").AsksFields().Takes(Shape.Object("", ("query", Shape.Text("A SELECT statement.")))));
        setup.Schemas.Changed.Add((change, stop) => RateLabels.FollowAsync(setup.Settings, change, stop));
    }

    private static ValueTask<Fault?> ViewAsync(Exchange exchange) =>
        exchange.Schema.Find(exchange.PathValue("collection")) is { } collection
            ? CollectionAnswers.OneAsync(exchange, collection)
            : ValueTask.FromResult<Fault?>(CollectionAnswers.Missing);

    private static void Map(FeatureSetup setup, string method, string path, Handler handler, string summary, RouteContract contract) => setup.Map(new RouteDefinition
    {
        Method = method,
        Path = "/api/collections" + path,
        Handler = handler,
        Guard = Guard.Superuser,
        Summary = summary,
        Contract = contract,
    });

    private static RouteContract NothingOrPlan(string done) => RouteContract.GivesNothing(done).Or(200, "With plan=true: what would be done.", CollectionAnswers.PlanShape).Asks("plan", "Only says what would be done.", Shape.Truth());
}
