using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearth.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Hosting;

/// <summary>The end of an app is whole, whatever parts of it and its clients do. How long the program takes is in tests/sdk/stop.test.mjs.</summary>
public sealed class StopTests
{
    private sealed class BadEnd(Func<CancellationToken, ValueTask> end) : Feature
    {
        public override string Name => "bad-end";

        public override void Setup(FeatureSetup setup) => setup.OnStop(end);
    }

    [Fact]
    public async Task A_part_that_fails_or_does_not_end_keeps_the_others_from_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        var (first, last) = (false, false);
        var app = await TestApp.StartAsync(
            build: hearth => hearth
                .AddFeature(new BadEnd(_ => { last = true; return default; }))
                .AddFeature(new BadEnd(stop => new ValueTask(Task.Delay(Timeout.Infinite, stop))))
                .AddFeature(new BadEnd(_ => throw new InvalidOperationException("broken")))
                .AddFeature(new BadEnd(_ => { first = true; return default; })),
            folder: folder, keep: true);
        await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        await app.StopAsync();
        (first, last).ShouldBe((true, true));
        await app.DisposeAsync();
        // The database was closed in order: nothing is left to be brought into it.
        Directory.Exists(folder).ShouldBeTrue();
        Directory.EnumerateFiles(folder, "*-wal", SearchOption.AllDirectories).ShouldBeEmpty();
        await using var again = await TestApp.StartAsync(folder: folder);
        (await again.GetAsync("/api/health")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_program_whose_time_is_up_still_closes_the_app()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        var app = await TestApp.StartAsync(folder: folder, keep: true);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(app.Url).Port);
        // The server has the request when it asks for the body.
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/collections/users/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\nExpect: 100-continue\r\n\r\n"));
        (await client.GetStream().ReadAsync(new byte[100])).ShouldBeGreaterThan(0);
        using var noTime = new CancellationTokenSource();
        await noTime.CancelAsync();
        // It throws nothing: a program that ends with this ends with 0.
        foreach (var service in app.Services.GetServices<IHostedService>().Reverse()) await service.StopAsync(noTime.Token);
        await app.DisposeAsync();
        Directory.EnumerateFiles(folder, "*-wal", SearchOption.AllDirectories).ShouldBeEmpty();
        await TestEngine.RemoveAsync(folder);
    }
}
