using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Hearth.Data;
using Hearth.Hosting;
using Hearth.Http;
using Hearth.Tests.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

/// <summary>Requests that meet a change of the schema, or a database that is lost in that very moment.</summary>
public sealed class OvertakenTests : IAsyncLifetime
{
    private Blog blog = null!; // made before each test

    public async Task InitializeAsync() => blog = await Blog.StartAsync();

    public async Task DisposeAsync() => await blog.DisposeAsync();

    [Fact]
    public async Task A_schema_change_that_is_refused_makes_no_write_fail()
    {
        for (var i = 0; i < 2; i++) await blog.AddAsync("tags", new { name = "same", weight = i });
        using var ended = new CancellationTokenSource();
        var statuses = new ConcurrentBag<HttpStatusCode>();
        var writers = Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested) statuses.Add((await blog.SendAsync("POST", "people/records", new { name = $"w{writer}" })).Status);
        })).ToList();

        for (var i = 0; i < 40; i++)
        {
            var refused = await blog.Server.SendAsync("PATCH", "/api/collections/tags", new { indexes = new[] { "CREATE UNIQUE INDEX idx_twice ON tags (name)" } }, blog.Root);
            refused.Status.ShouldBe(HttpStatusCode.BadRequest, refused.Text);
        }
        await ended.CancelAsync();
        await Task.WhenAll(writers);

        statuses.Count.ShouldBeGreaterThan(20);
        statuses.ShouldAllBe(status => status == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(DataFaultKind.Stale)]
    [InlineData(DataFaultKind.Statement)]
    public async Task A_database_that_is_lost_while_the_schema_is_asked_for_is_told_as_an_outage(DataFaultKind met)
    {
        var app = blog.Server.App;
        var parts = new ServerParts
        {
            Engine = app.Engine, Clock = app.Parts.Clock, Settings = app.Settings, Schema = () => app.Schema, Rates = app.Parts.Rates, Log = app.Parts.Log, Traffic = app.Parts.Traffic,
            SettledSchema = _ => throw new DataException(new DataFault(DataFaultKind.Unavailable, "refused", [])),
        };
        var route = new RouteDefinition { Method = "GET", Path = "/api/lost", Handler = _ => throw new DataException(new DataFault(met, "division by zero", [])) };
        var http = new DefaultHttpContext { Request = { Method = "GET", Path = "/api/lost" }, Response = { Body = new MemoryStream() } };

        await new RequestPipeline(parts, app.Callers, new OriginList([]), new CrashGuard(NullLogger.Instance)).RunAsync(http, route);

        http.Response.StatusCode.ShouldBe(503);
        Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray()).ShouldContain("cannot be reached");
    }
}
