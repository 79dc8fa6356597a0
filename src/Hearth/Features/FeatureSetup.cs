using Hearth.Data;
using Hearth.Http;

namespace Hearth.Features;

/// <summary>What a feature gets while it is set up, and where it declares what it brings.</summary>
public sealed class FeatureSetup
{
    private readonly List<RouteDefinition> routes = [];
    private readonly List<Func<CancellationToken, ValueTask>> starts = [];
    private readonly List<Func<CancellationToken, ValueTask>> stops = [];

    /// <summary>The database.</summary>
    public required Engine Engine { get; init; }

    /// <summary>The clock. Nothing reads time elsewhere.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The declared routes.</summary>
    public IReadOnlyList<RouteDefinition> Routes => routes;

    /// <summary>Work to do when the app starts, in order.</summary>
    public IReadOnlyList<Func<CancellationToken, ValueTask>> Starts => starts;

    /// <summary>Work to do when the app stops, in reverse order.</summary>
    public IReadOnlyList<Func<CancellationToken, ValueTask>> Stops => stops;

    /// <summary>Declares a route.</summary>
    public void Map(RouteDefinition route) => routes.Add(route);

    /// <summary>Declares work to do when the app starts, after the database and the schema are there.</summary>
    public void OnStart(Func<CancellationToken, ValueTask> work) => starts.Add(work);

    /// <summary>Declares work to do when the app stops, before the database closes.</summary>
    public void OnStop(Func<CancellationToken, ValueTask> work) => stops.Add(work);
}
