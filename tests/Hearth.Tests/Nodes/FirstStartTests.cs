using System.Net;
using Hearth.App;
using Hearth.Resources.Settings;
using Hearth.Tests.Postgres;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Nodes;

/// <summary>A first start makes things. Nodes may make them at the same moment, and a start may be cut short.</summary>
public sealed class FirstStartTests
{
    [PostgresFact]
    public async Task Nodes_that_start_together_on_an_empty_database_all_start_and_offer_a_link_that_works()
    {
        for (var round = 0; round < 4; round++)
        {
            var database = $"first-{Guid.NewGuid():N}";
            await PostgresCluster.OfThisRun.ExecuteAsync($"CREATE DATABASE \"{database}\" TEMPLATE template0");
            var address = PostgresCluster.OfThisRun.AddressOf(database);
            var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => TestApp.StartAsync(
                options =>
                {
                    options.UsePostgres(address);
                    options.OfferSetup = true;
                },
                limits: true))));
            try
            {
                foreach (var node in nodes)
                {
                    node.App.Settings.Current.RateLimits.Enabled.ShouldBeTrue();
                    foreach (var offered in nodes)
                    {
                        (await node.GetAsync("/api/collections", offered.App.SetupToken.ShouldNotBeNull())).Status.ShouldBe(HttpStatusCode.OK);
                    }
                }
                (await nodes[0].App.Schemas.IsEmptyAsync(default)).ShouldBeFalse();
            }
            finally
            {
                foreach (var node in nodes) await node.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task What_a_new_app_begins_with_never_replaces_settings_that_are_there()
    {
        await using var app = await TestApp.StartAsync(limits: true);
        await app.App.Settings.BeginAsync(app.App.Settings.Current with { RateLimits = new RateLimitSettings() }, default);
        app.App.Settings.Current.RateLimits.Enabled.ShouldBeTrue();
    }
}
