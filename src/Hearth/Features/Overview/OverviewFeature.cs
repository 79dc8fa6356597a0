using Hearth.Http;
using Hearth.Http.Contracts;

namespace Hearth.Features.Overview;

/// <summary>
/// Shows superusers the back end at work: what each part of this node did in the last minute, and how it is. Route: <c>/api/overview</c>. Tables: none.
/// </summary>
internal sealed class OverviewFeature : Feature
{
    /// <inheritdoc/>
    public override string Name => "overview";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        var rests = new RestingFacts(setup);
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/overview",
            Guard = Guard.Superuser,
            // It is asked for every other second while somebody looks, and must not show itself.
            QuietLog = true,
            Handler = async exchange =>
            {
                var resting = await rests.ReadAsync(exchange.Stop);
                var nodes = await setup.Engine.OtherNodesAsync(exchange.Stop);
                OverviewJson.Write(exchange.StartJson(), setup, resting, nodes);
                return await exchange.SendJsonAsync();
            },
            Summary = "What each part of the server did in the last minute, and how it is.",
            Contract = RouteContract
                .Gives(
                    Shape.Object("See the reference.", ("at", Shape.Text()), ("node", Shape.Object("")), ("seconds", Shape.Object("")), ("requests", Shape.Object("")), ("parts", Shape.ListOf(Shape.Object(""))), ("nodes", Shape.ListOf(Shape.Object("")))),
                    "The last minute.")
                .AsksFields(),
        });
    }
}
