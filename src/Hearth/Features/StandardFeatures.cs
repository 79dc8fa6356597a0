using Hearth.Features.Health;
using Hearth.Features.OpenApi;

namespace Hearth.Features;

/// <summary>The one list of the features that Hearth ships with.</summary>
public static class StandardFeatures
{
    /// <summary>A fresh set; features hold state of one app only.</summary>
    public static IReadOnlyList<Feature> Create() =>
    [
        new HealthFeature(),
        new OpenApiFeature(),
    ];
}
