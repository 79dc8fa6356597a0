using System.Net;
using Hearth.Basics;
using Hearth.Features;
using Hearth.Http;
using Hearth.Tests.Postgres;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

/// <summary>A route that answers when the test says so.</summary>
internal sealed class SlowFeature : Feature
{
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override string Name => "slow";

    public override void Setup(FeatureSetup setup) => setup.Map(new RouteDefinition
    {
        Method = "GET",
        Path = "/api/slow",
        Handler = async exchange =>
        {
            Entered.SetResult();
            await Go.Task;
            exchange.StartJson().WriteStringValue("done");
            return await exchange.SendJsonAsync();
        },
    });
}

public sealed class AppLifeTests
{
    [Fact]
    public async Task Two_apps_live_in_one_process_and_know_nothing_of_each_other()
    {
        await using var one = await TestApp.StartAsync();
        await using var two = await TestApp.StartAsync();
        var (first, second) = (await one.SuperuserTokenAsync(), await two.SuperuserTokenAsync());
        (await one.SendAsync("PATCH", "/api/settings", new { meta = new { appName = "One" } }, first)).Status.ShouldBe(HttpStatusCode.OK);
        await one.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        two.App.Settings.Current.Meta.AppName.ShouldBe("Acme");
        (await one.GetAsync("/api/collections/users/records", first)).Body.GetProperty("totalItems").GetInt32().ShouldBe(1);
        (await two.GetAsync("/api/collections/users/records", second)).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
        (await two.GetAsync("/api/settings", first)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        await one.StopAsync();
        (await two.GetAsync("/api/health")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [FactButOnPostgres]
    public async Task A_folder_belongs_to_one_app_at_a_time()
    {
        await using var app = await TestApp.StartAsync();
        var refused = await Should.ThrowAsync<Data.DataException>(() => TestApp.StartAsync(folder: app.Folder));
        refused.Message.ShouldContain("in use by another Hearth");
        (await app.GetAsync("/api/health")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stop_finishes_open_requests_first()
    {
        var slow = new SlowFeature();
        await using var app = await TestApp.StartAsync(build: hearth => hearth.AddFeature(slow));
        var open = app.GetAsync("/api/slow");
        await slow.Entered.Task;
        var stopping = app.StopAsync();
        await Task.Delay(200);
        stopping.IsCompleted.ShouldBeFalse();
        slow.Go.SetResult();
        (await open).Text.ShouldBe("\"done\"\n");
        await stopping;
        await Should.ThrowAsync<HttpRequestException>(() => app.GetAsync("/api/health"));
    }

    [Fact]
    public async Task Features_stop_in_reverse_order()
    {
        List<string> steps = [];
        await using (await TestApp.StartAsync(build: hearth => hearth.AddFeature(new Noting("a", steps)).AddFeature(new Noting("b", steps))))
        {
            steps.ShouldBe(["start a", "start b"]);
        }
        steps.ShouldBe(["start a", "start b", "stop b", "stop a"]);
    }

    private sealed class Noting(string name, List<string> steps) : Feature
    {
        public override string Name => name;

        public override void Setup(FeatureSetup setup)
        {
            setup.OnStart(_ => Note("start "));
            setup.OnStop(_ => Note("stop "));
        }

        private ValueTask Note(string what)
        {
            steps.Add(what + name);
            return ValueTask.CompletedTask;
        }
    }
}
