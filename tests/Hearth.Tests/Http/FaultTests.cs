using System.Net;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Features;
using Hearth.Http;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

/// <summary>Answers with faults of every shape.</summary>
internal sealed class FaultyFeature : Feature
{
    public override string Name => "faulty";

    public override void Setup(FeatureSetup setup)
    {
        Map(setup, "nested", () => Fault.BadRequest("test.nested", "failed to do it", new FaultMap()
            .Add("title", FieldFault.Required)
            .Add("length", new FieldFault("validation_length_out_of_range", "The length must be between 1 and 255", new Dictionary<string, object?> { ["max"] = 255, ["min"] = 1 }))
            .AddAt("fields.3.name", new FieldFault("x", "must be <b>")))
            .Because("inner secret"));
        Map(setup, "later", () => Fault.Of(429, "test.later", "wait!") with { RetryAfter = 7 });
        Map(setup, "busy", () => throw new DataException(new DataFault(DataFaultKind.Busy, "inner secret", [])));
        Map(setup, "full", () => throw new DataException(new DataFault(DataFaultKind.Full, "inner secret", [])));
        Map(setup, "slow", () => throw new DataException(new DataFault(DataFaultKind.Timeout, "inner secret", [])));
        Map(setup, "refused", () => throw new DataException(new DataFault(DataFaultKind.Constraint, "inner secret", [])));
        setup.Map(new RouteDefinition { Method = "GET", Path = "/api/faulty/late", Handler = LateAsync });
    }

    private static void Map(FeatureSetup setup, string name, Func<Fault> fault) =>
        setup.Map(new RouteDefinition { Method = "GET", Path = "/api/faulty/" + name, Handler = _ => ValueTask.FromResult<Fault?>(fault()) });

    // A fault after half of the body was written takes its place.
    private static ValueTask<Fault?> LateAsync(Exchange exchange)
    {
        exchange.StartJson(201).WriteStartArray();
        return ValueTask.FromResult<Fault?>(Fault.Forbidden("test.late"));
    }
}

[RunsOnce]
public sealed class FaultTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private TestApp app = null!;

    public async Task InitializeAsync() => app = await shared.BeginAsync(start: () => TestApp.StartAsync(build: hearth => hearth.AddFeature(new FaultyFeature())));

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_fault_has_the_contracts_shape()
    {
        var answer = await app.GetAsync("/api/faulty/nested");
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ContentHeaders.ContentType!.ToString().ShouldBe("application/json");
        answer.Text.ShouldBe("""{"data":{"title":{"code":"validation_required","message":"Cannot be blank."},"length":{"code":"validation_length_out_of_range","message":"The length must be between 1 and 255.","params":{"max":255,"min":1}},"fields":{"3":{"name":{"code":"x","message":"Must be <b>."}}}},"message":"Failed to do it.","status":400}""" + "\n");
    }

    [Fact]
    public async Task Problem_details_are_for_who_asks()
    {
        var answer = await app.SendAsync("GET", "/api/faulty/nested", headers: ("Accept", "application/problem+json, */*;q=0.1"));
        answer.ContentHeaders.ContentType!.ToString().ShouldBe("application/problem+json");
        answer.Text.ShouldStartWith("""{"type":"urn:hearth:fault:test.nested","title":"Bad Request","status":400,"detail":"Failed to do it.","instance":"/api/faulty/nested","errors":{"title":{""");
        var plain = await app.SendAsync("GET", "/api/nope", headers: ("Accept", "application/problem+json"));
        plain.Text.ShouldBe("""{"type":"urn:hearth:fault:routes.not_found","title":"Not Found","status":404,"detail":"The requested resource wasn't found.","instance":"/api/nope"}""" + "\n");
    }

    [Theory]
    [InlineData("*/*", false)]
    [InlineData("application/json", false)]
    [InlineData("application/problem+json;q=0, application/json", false)]
    [InlineData("application/problem+json;q=0.5, application/json", false)]
    [InlineData("application/json;q=0.5, application/PROBLEM+json", true)]
    [InlineData("text/html, application/problem+json;q=0.2", true)]
    public async Task The_shape_is_negotiated(string accept, bool problem)
    {
        var answer = await app.SendAsync("GET", "/api/nope", headers: ("Accept", accept));
        answer.ContentHeaders.ContentType!.MediaType.ShouldBe(problem ? "application/problem+json" : "application/json");
    }

    [Fact]
    public async Task Waiting_times_are_told()
    {
        var answer = await app.GetAsync("/api/faulty/later");
        answer.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData("busy", 503, true)]
    [InlineData("full", 507, true)]
    [InlineData("slow", 503, true)]
    [InlineData("refused", 400, false)]
    public async Task Outages_of_the_database_are_told_without_their_inner_words(string name, int status, bool retry)
    {
        var answer = await app.GetAsync("/api/faulty/" + name);
        ((int)answer.Status).ShouldBe(status);
        (answer.Headers.RetryAfter is not null).ShouldBe(retry);
        answer.Text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_late_fault_takes_the_place_of_the_body()
    {
        var answer = await app.GetAsync("/api/faulty/late");
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Message.ShouldBe("You are not allowed to perform this request.");
    }

    [Fact]
    public async Task A_head_that_fails_has_no_body()
    {
        var answer = await app.SendAsync("HEAD", "/api/faulty/nested");
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldBe("");
    }
}
