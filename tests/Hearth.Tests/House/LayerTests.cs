using Hearth.App;
using Shouldly;
using Xunit;

namespace Hearth.Tests.House;

/// <summary>The layers of ARCHITECTURE.md, kept by a machine: each uses only what stands below it.</summary>
[RunsOnce]
public sealed class LayerTests
{
    private static readonly string[] BottomUp = ["Basics", "Schema", "Planning", "Data", "Records", "Resources", "Http", "Features", "App", "Hosting"];
    private static readonly IReadOnlyCollection<Use> Uses = AssemblyUses.Of(typeof(HearthApp).Assembly.Location);

    [Fact]
    public void No_arrow_points_up() =>
        Uses.Where(use => LayerOf(use.From) is { } from && LayerOf(use.To) is { } to && to > from).ShouldBeEmpty();

    [Fact]
    public void Every_type_stands_in_a_layer() =>
        Uses.Select(use => use.From).Where(name => name.StartsWith("Hearth.", StringComparison.Ordinal) && LayerOf(name) is null).Distinct().ShouldBeEmpty();

    [Fact]
    public void A_feature_never_uses_another_feature() =>
        Uses.Where(use => FeatureOf(use.From) is { } from && FeatureOf(use.To) is { } to && from != to).ShouldBeEmpty();

    [Fact]
    public void Only_the_list_names_every_feature() =>
        Uses.Where(use => use.From.StartsWith("Hearth.Features.", StringComparison.Ordinal) && FeatureOf(use.From) is null && FeatureOf(use.To) is not null)
            .Select(use => use.From).Distinct().ShouldBe(["Hearth.Features.StandardFeatures"]);

    [Fact]
    public void An_engine_is_named_in_its_folder_only()
    {
        Uses.Where(use => use.To.StartsWith("SQLitePCL.", StringComparison.Ordinal) && !IsSqlite(use.From)).ShouldBeEmpty();
        Uses.Where(use => IsSqlite(use.To) && !IsSqlite(use.From)).Select(use => use.From).Distinct().ShouldBe(["Hearth.Data.Engines"]);
        Uses.Where(use => use.To.StartsWith("Npgsql.", StringComparison.Ordinal) && !IsPostgres(use.From)).ShouldBeEmpty();
        Uses.Where(use => IsPostgres(use.To) && !IsPostgres(use.From)).Select(use => use.From).Distinct().ShouldBe(["Hearth.Data.Engines"]);
    }

    [Fact]
    public void The_reading_sees_calls_inside_of_methods() =>
        // Calls that stand nowhere but in the body of an async method and of a closure: if these were missed, the tests above would prove little.
        Uses.ShouldSatisfyAllConditions(
            uses => uses.ShouldContain(new Use("Hearth.Hosting.RequestPipeline", "Hearth.Http.Input.BodyReader")),
            uses => uses.ShouldContain(new Use("Hearth.Hosting.RequestPipeline", "Hearth.Http.FaultWriter")),
            uses => uses.ShouldContain(new Use("Hearth.Data.Sqlite.SqliteConnection", "SQLitePCL.raw")));

    private static bool IsSqlite(string name) => name.StartsWith("Hearth.Data.Sqlite.", StringComparison.Ordinal);

    private static bool IsPostgres(string name) => name.StartsWith("Hearth.Data.Postgres.", StringComparison.Ordinal);

    private static int? LayerOf(string name)
    {
        var parts = name.Split('.');
        if (parts.Length < 3 || parts[0] != "Hearth") return null;
        var layer = Array.IndexOf(BottomUp, parts[1]);
        return layer < 0 ? null : layer;
    }

    private static string? FeatureOf(string name)
    {
        var parts = name.Split('.');
        return parts.Length > 3 && parts[0] == "Hearth" && parts[1] == "Features" ? parts[2] : null;
    }
}
