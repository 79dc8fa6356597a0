using Hearth.Planning;
using Hearth.Resources.Mail;
using Hearth.Schema;
using Shouldly;
using Xunit;
using Record = Hearth.Records.Record;

namespace Hearth.Tests.Mail;

/// <summary>The queue, from an order to the outbox of a developer's machine.</summary>
public sealed class QueueTests : IAsyncLifetime
{
    private readonly CountingWriter writer = new();
    private TestApp app = null!;

    public async Task InitializeAsync() => app = await TestApp.StartAsync(options =>
    {
        options.Development = true;
        options.Features.Add(new WriterFeature(writer));
    });

    public async Task DisposeAsync() => await app.DisposeAsync();

    private MailQueue Queue => app.App.Mail;

    [Fact]
    public async Task A_mail_arrives_with_both_parts_and_is_noted()
    {
        await Queue.SendAsync(new MailMessage(Address("ann@example.com"), "Grüße", "<p>Hello <b>Ann</b></p><p><a href=\"https://example.com/x?a=1&amp;b=2\">Look</a></p>"), default);
        var mail = await ArrivesAsync();
        (mail.To, mail.Subject).ShouldBe(("ann@example.com", "Grüße"));
        mail.Html.ShouldContain("<b>Ann</b>");
        mail.Text.ReplaceLineEndings("\n").ShouldBe("Hello Ann\n\nLook:\nhttps://example.com/x?a=1&b=2\n");
        var row = await RowAsync("state", "sent");
        (row.GetText("to"), row.GetText("subject"), row.GetNumber("tries")).ShouldBe(("ann@example.com", "Grüße", 1));
        // The words are not kept once it is gone.
        row["data"].AsJson.ShouldBe("null");
    }

    [Fact]
    public async Task Words_are_written_when_it_is_its_turn_and_nothing_to_send_is_no_failure()
    {
        await Queue.OrderAsync(new MailOrder("test") { To = "nobody@example.com" }, default);
        (await RowAsync("state", "unneeded")).GetText("to").ShouldBe("nobody@example.com");
        await Queue.OrderAsync(new MailOrder("test") { To = "ann@example.com", Data = new Dictionary<string, string> { ["word"] = "Moin" } }, default);
        (await ArrivesAsync()).Subject.ShouldBe("Moin");
    }

    [Fact]
    public async Task A_limit_holds_and_tells_the_latest()
    {
        var limit = new MailLimit("Test ANN@example.com", 2, TimeSpan.FromMinutes(2));
        var order = new MailOrder("test") { To = "nobody@example.com" };
        var first = await Queue.OrderAsync(order, limit, default);
        var second = await Queue.OrderAsync(order, limit, default);
        second.ShouldNotBe(first);
        var tries = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Queue.OrderAsync(order, limit with { Key = "test ann@EXAMPLE.com" }, default).AsTask()));
        tries.ShouldAllBe(id => id == second);
        (await Queue.OrderAsync(order, limit with { Key = "test bob@example.com" }, default)).ShouldNotBe(second);
    }

    [Fact]
    public async Task What_came_too_late_is_given_up()
    {
        await Queue.OrderAsync(new MailOrder("test") { To = "ann@example.com", Lifetime = TimeSpan.FromSeconds(-1) }, default);
        (await RowAsync("state", "failed")).GetText("reason").ShouldContain("too late");
        writer.GivenUp.ShouldBe(1);
    }

    [Fact]
    public async Task A_writer_that_fails_is_asked_again()
    {
        await Queue.OrderAsync(new MailOrder("test") { To = "throw" }, default);
        var row = await RowAsync("reason", "It could not be written; the log tells why.");
        (row.GetText("state"), row.GetNumber("tries")).ShouldBe(("waiting", 1));
        row.GetDate("due").ShouldNotBeNull().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddSeconds(1));
    }

    [Fact]
    public async Task A_mail_goes_with_the_account_that_it_is_about()
    {
        var ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        await Queue.SendAsync(new MailMessage(Address("ann@example.com"), "x", "y") { Account = ann }, default);
        await RowAsync("state", "sent");
        (await app.App.Records.DeleteAsync(app.App.Schema, ann.Collection, ann.Id, RequestFacts.None)).Failed(out _).ShouldBeFalse();
        (await app.App.Records.FindByAsync(Table, "state", "sent")).ShouldBeNull();
    }

    [Fact]
    public async Task Only_superusers_see_the_queue_and_nobody_its_words()
    {
        await Queue.SendAsync(new MailMessage(Address("ann@example.com"), "x", "<p>secret words</p>"), default);
        await RowAsync("state", "sent");
        var ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        foreach (var token in new[] { null, app.TokenOf(ann) }) ((int)(await app.GetAsync("/api/collections/_mails/records", token)).Status).ShouldBe(403);
        var seen = await app.GetAsync("/api/collections/_mails/records", await app.SuperuserTokenAsync());
        seen.Body.GetProperty("totalItems").GetInt32().ShouldBe(1, seen.Text);
    }

    private Collection Table => app.App.Schema.Find("_mails")!;

    private static MailAddress Address(string text) => MailAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);

    private Task<KeptMail> ArrivesAsync() => MailedApp.UntilAsync(async () => await Queue.Route.Outbox!.ListAsync(default) is [var mail, ..] ? mail : null);

    private Task<Record> RowAsync(string field, string value) => MailedApp.UntilAsync(async () => await app.App.Records.FindByAsync(Table, field, value));

    private sealed class CountingWriter : MailWriter
    {
        public int GivenUp { get; private set; }

        public override ValueTask<MailMessage?> WriteAsync(MailOrder order, CancellationToken stop) => order.To switch
        {
            "throw" => throw new InvalidOperationException("no words"),
            "nobody@example.com" => new((MailMessage?)null),
            _ => new(new MailMessage(Address(order.To), order.Find("word"), "<p>Hi</p>")),
        };

        public override ValueTask GiveUpAsync(MailOrder order, CancellationToken stop)
        {
            GivenUp++;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class WriterFeature(MailWriter writer) : Features.Feature
    {
        public override string Name => "test-writer";

        public override void Setup(Features.FeatureSetup setup) => setup.Mail.On("test", writer);
    }
}
