using Xunit.Abstractions;
using Xunit.Sdk;

namespace Hearth.Tests;

/// <summary>
/// Tests that do not hang on the engine of the run: they need none, are about one engine's own ways, or use both. They have the trait <c>runs=once</c>, and
/// <c>test.sh</c> leaves them out when it comes to the second engine.
/// </summary>
[TraitDiscoverer("Hearth.Tests.RunsOnceDiscoverer", "Hearth.Tests")]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RunsOnceAttribute : Attribute, ITraitAttribute;

/// <summary>Gives the trait; also to the attributes of tests that use PostgreSQL on every engine.</summary>
public sealed class RunsOnceDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [new("runs", "once")];
}
