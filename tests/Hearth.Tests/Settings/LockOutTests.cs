using System.Net;
using System.Text.Json;
using Hearth.App;
using Hearth.Basics;
using Hearth.Planning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Settings;

/// <summary>Nobody shuts themselves out by a slip, and who did comes back without stopping the server.</summary>
public sealed class LockOutTests(LockOutTests.Place place) : IClassFixture<LockOutTests.Place>
{
    [Theory]
    [InlineData("""{"superuserIPs":["10.1.1.1"]}""")]
    [InlineData("""{"superuserIPs":["127.0.0.1"],"trustedProxy":{"headers":["X-Client"]}}""")]
    public async Task A_list_without_the_own_address_is_saved_only_when_it_is_meant(string patch)
    {
        var refused = await place.App.SendAsync("PATCH", "/api/settings", JsonElement.Parse(patch), place.Root, ("X-Client", "203.0.113.7"));
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        var told = refused.Body.GetProperty("data").GetProperty("superuserIPs");
        told.GetProperty("code").GetString().ShouldBe("validation_locks_out");
        told.GetProperty("message").GetString().ShouldNotBeNull().ShouldContain(patch.Contains("X-Client", StringComparison.Ordinal) ? "203.0.113.7" : "127.0.0.1");
        (await place.App.GetAsync("/api/settings", place.Root)).Status.ShouldBe(HttpStatusCode.OK);

        (await place.App.SendAsync("PATCH", "/api/settings?lockOut=true", JsonElement.Parse(patch), place.Root, ("X-Client", "203.0.113.7"))).Status.ShouldBe(HttpStatusCode.OK);
        (await place.App.SendAsync("GET", "/api/settings", null, place.Root, ("X-Client", "203.0.113.7"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        // What hearth superuser ips does, beside the server.
        (await place.OrderAsync()).Value.ShouldBeTrue();
        (await place.App.SendAsync("GET", "/api/settings", null, place.Root, ("X-Client", "203.0.113.7"))).Status.ShouldBe(HttpStatusCode.OK);
        await place.App.SendAsync("PATCH", "/api/settings", JsonElement.Parse("""{"trustedProxy":{"headers":[]}}"""), place.Root);
    }

    [Fact]
    public async Task A_network_that_has_the_own_address_is_saved_at_once()
    {
        (await place.App.SendAsync("PATCH", "/api/settings", JsonElement.Parse("""{"superuserIPs":["127.0.0.0/8"]}"""), place.Root)).Status.ShouldBe(HttpStatusCode.OK);
        (await place.App.SendAsync("PATCH", "/api/settings", JsonElement.Parse("""{"meta":{"appName":"Notes"}}"""), place.Root)).Status.ShouldBe(HttpStatusCode.OK);
        (await place.App.SendAsync("PATCH", "/api/settings", JsonElement.Parse("""{"superuserIPs":[]}"""), place.Root)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_order_is_checked_and_noted_and_without_a_server_nobody_takes_it()
    {
        var folder = place.App.App.Options.DataDirectory;
        (await place.OrderAsync("127.0.0.1", "010.1.1.1")).Failed(out var fault).ShouldBeTrue();
        fault!.Message.ShouldBe("An error occurred while saving the new settings.");
        (await place.OrderAsync("127.0.0.1")).Value.ShouldBeTrue();
        place.App.App.Settings.Current.SuperuserIPs.ShouldBe(["127.0.0.1"]);
        (await SuperuserAddresses.SetAsync(place.App.App, [], RequestFacts.CommandLine, default)).Value.ShouldBeTrue();
        var noted = await place.App.GetAsync("/api/audit?filter=" + Uri.EscapeDataString("action = 'settings.changed' && actor = 'commandLine' && userAgent = 'ann on a machine'"), place.Root);
        noted.Body.GetProperty("totalItems").GetInt32().ShouldBeGreaterThan(0);
        if (Directory.Exists(folder)) Directory.GetFiles(folder, "hearth.superuser-ips*").ShouldBeEmpty();
        (await SuperuserAddresses.OrderAsync(Path.Combine(folder, "nowhere"), [], "ann", default)).Value.ShouldBeFalse();
    }

    public sealed class Place : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public string Root { get; private set; } = "";

        public async Task InitializeAsync()
        {
            App = await TestApp.StartAsync();
            Root = await App.SuperuserTokenAsync();
        }

        public async Task DisposeAsync() => await App.DisposeAsync();

        /// <summary>What the command does beside a running server: on SQLite the server holds the folder, on PostgreSQL the command is one more node.</summary>
        public async Task<Outcome<bool>> OrderAsync(params string[] addresses)
        {
            const string by = "ann on a machine";
            if (!TestEngine.IsPostgres) return await SuperuserAddresses.OrderAsync(App.App.Options.DataDirectory, addresses, by, default);
            var options = new HearthOptions();
            (await TestEngine.ForFolderAsync(App.Folder))(options);
            options.DataDirectory = Path.Combine(App.Folder, "node-2");
            await using var node = new HearthBuilder(options).Build();
            await node.StartAsync();
            return await SuperuserAddresses.SetAsync(node, addresses, RequestFacts.CommandLine with { UserAgent = by }, default);
        }
    }
}
