using System.Text.Json;
using Hearth.Basics;
using Hearth.Resources.Settings;
using Hearth.Schema.Changes;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

public sealed class SchemaStoreTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private TestApp app = null!;

    public async Task InitializeAsync() => app = await shared.BeginAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Changes_at_the_same_time_are_done_one_after_the_other()
    {
        var version = app.App.Schema.Version;
        var told = 0;
        app.App.Schemas.Changed.Add(_ => Interlocked.Increment(ref told));
        var changes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Create($$"""{"name":"c{{i % 6}}"}"""))));
        changes.Count(change => !change.Failed(out _)).ShouldBe(6);
        changes.Where(change => change.Failed(out _)).ShouldAllBe(change => ((FieldFault)change.Fault!.Data["name"]!).Code == "validation_collection_name_exists");
        app.App.Schema.Version.ShouldBe(version + 6);
        told.ShouldBe(6);
    }

    [Fact]
    public async Task A_change_that_the_database_refuses_leaves_everything_as_it_was()
    {
        await Create("""{"name":"things","fields":[{"name":"a","type":"text"}]}""");
        await app.CreateAsync("things", new { a = "same" });
        await app.CreateAsync("things", new { a = "same" });
        var before = app.App.Schema;
        var refused = await Change("things", """{"name":"others","fields":[{"name":"b","type":"text"},{"name":"a","type":"text"}],"indexes":["CREATE INDEX ok ON t (b)","CREATE UNIQUE INDEX u ON t (a)"]}""");
        refused.Failed(out var fault).ShouldBeTrue();
        ((FieldFault)((FaultMap)fault!.Data["indexes"]!)["1"]!).Code.ShouldBe("validation_invalid_index_expression");
        app.App.Schema.ShouldBeSameAs(before);
        (await app.CreateAsync("things", new { a = "third" })).GetText("a").ShouldBe("third");
    }

    [Fact]
    public async Task Rate_limit_rules_follow_a_collection_to_its_new_name()
    {
        await Create("""{"name":"things"}""");
        var limits = app.App.Settings.Current.RateLimits with { Rules = [new RateLimitRule { Label = "things:create", MaxRequests = 1, Duration = 1 }, new RateLimitRule { Label = "thingsome:create", MaxRequests = 1, Duration = 1 }] };
        (await app.App.Settings.ChangeAsync(settings => settings with { RateLimits = limits }, default)).Failed(out _).ShouldBeFalse();
        (await Change("things", """{"name":"items"}""")).Failed(out _).ShouldBeFalse();
        app.App.Settings.Current.RateLimits.Rules.Select(rule => rule.Label).ShouldBe(["items:create", "thingsome:create"]);
    }

    [Fact]
    public async Task What_belongs_to_accounts_goes_with_their_collection()
    {
        await Create("""{"name":"members","type":"auth"}""");
        var members = app.App.Schema.Find("members")!;
        var member = await app.CreateAsync("members", new { email = "m@example.com", password = "12345678" });
        var user = await app.CreateAsync("users", new { email = "u@example.com", password = "12345678" });
        var gone = await app.CreateAsync("_authOrigins", new { collectionRef = members.Id, recordRef = member.Id, fingerprint = "f" });
        var kept = await app.CreateAsync("_authOrigins", new { collectionRef = user.Collection.Id, recordRef = user.Id, fingerprint = "f" });
        var plan = await app.App.Schemas.PlanAsync(schema => Proposals.Delete(schema, schema.Find("members")!), default);
        plan.Value.Steps[0].Description.ShouldBe("Delete the collection members with 1 record, and 1 sign-in link, code or place of its accounts.");
        plan.Value.Steps[0].Loses.ShouldBe(2);
        (await app.App.Schemas.ChangeAsync(schema => Proposals.Delete(schema, schema.Find("members")!), default)).Failed(out _).ShouldBeFalse();
        (await app.App.Records.FindAsync(gone.Collection, gone.Id)).ShouldBeNull();
        (await app.App.Records.FindAsync(kept.Collection, kept.Id)).ShouldNotBeNull();
    }

    private Task<Outcome<Hearth.Schema.SchemaSnapshot>> Create(string body) =>
        app.App.Schemas.ChangeAsync(schema => Proposals.Create(schema, Members(body), app.App.Schemas.Now), default);

    private Task<Outcome<Hearth.Schema.SchemaSnapshot>> Change(string name, string body) =>
        app.App.Schemas.ChangeAsync(schema => Proposals.Update(schema, schema.Find(name)!, Members(body), app.App.Schemas.Now), default);

    private static Dictionary<string, JsonElement> Members(string json) => JsonElement.Parse(json).EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
}
