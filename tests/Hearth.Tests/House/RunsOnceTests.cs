using System.Reflection;
using Shouldly;
using Xunit;
using Xunit.Sdk;

namespace Hearth.Tests.House;

/// <summary>The second engine's run repeats nothing that is about one engine, or about both at once.</summary>
[RunsOnce]
public sealed class RunsOnceTests
{
    private static readonly string[] OfEngines = ["Hearth.Tests.Sqlite", "Hearth.Tests.Postgres", "Hearth.Tests.Differential", "Hearth.Tests.Moving"];

    [Fact]
    public void Tests_about_engines_run_once()
    {
        var repeated = typeof(RunsOnceTests).Assembly.GetTypes().Where(type => OfEngines.Contains(type.Namespace) && !RunsOnce(type))
            .SelectMany(type => type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute)) && !RunsOnce(method)).Select(method => $"{type.Name}.{method.Name}"));
        repeated.ShouldBeEmpty("[RunsOnce] belongs on these, or on their classes");
    }

    // Whatever gives the trait: also the attributes of tests that always use PostgreSQL.
    private static bool RunsOnce(MemberInfo member) => member.GetCustomAttributes().Any(attribute => attribute.GetType().GetCustomAttributesData()
        .Any(data => data.AttributeType == typeof(TraitDiscovererAttribute) && data.ConstructorArguments[0].Value is string name && name == typeof(RunsOnceDiscoverer).FullName));
}
