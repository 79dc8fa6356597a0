using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;

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
        Map(setup, "GET", "", list.AnswerAsync, "A page of collections.");
        Map(setup, "POST", "", changes.CreateAsync, "Makes a collection; with plan=true only says what would be done.");
        Map(setup, "GET", "/{collection}", ViewAsync, "One collection.");
        Map(setup, "PATCH", "/{collection}", changes.UpdateAsync, "Changes a collection; with plan=true only says what would be done.");
        Map(setup, "DELETE", "/{collection}", changes.DeleteAsync, "Removes a collection with its records; with plan=true only says what would be done.");
        Map(setup, "DELETE", "/{collection}/truncate", changes.TruncateAsync, "Removes all records of a collection.");
        Map(setup, "PUT", "/import", changes.ImportAsync, "Brings in a set of collections; with plan=true only says what would be done.");
        Map(setup, "GET", "/meta/scaffolds", CollectionMeta.ScaffoldsAsync, "A blank collection of each type.");
        Map(setup, "GET", "/meta/oauth2-providers", CollectionMeta.ProvidersAsync, "The known sign-in services.");
        Map(setup, "POST", "/meta/dry-run-view", exchange => CollectionMeta.TryViewAsync(exchange, setup.Schemas), "Fields and first rows of a view's query.");
        setup.Schemas.Changed.Add((change, stop) => RateLabels.FollowAsync(setup.Settings, change, stop));
    }

    private static ValueTask<Fault?> ViewAsync(Exchange exchange) =>
        exchange.Schema.Find(exchange.PathValue("collection")) is { } collection
            ? CollectionAnswers.OneAsync(exchange, collection)
            : ValueTask.FromResult<Fault?>(CollectionAnswers.Missing);

    private static void Map(FeatureSetup setup, string method, string path, Handler handler, string summary) => setup.Map(new RouteDefinition
    {
        Method = method,
        Path = "/api/collections" + path,
        Handler = handler,
        Guard = Guard.Superuser,
        Summary = summary,
    });
}
