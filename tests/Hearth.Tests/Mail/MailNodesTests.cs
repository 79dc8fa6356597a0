using Hearth.Features;
using Hearth.Resources.Mail;
using Hearth.Resources.Tries;
using Hearth.Tests.Nodes;
using Hearth.Tests.Postgres;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Mail;

/// <summary>Several nodes send each mail once, and count together.</summary>
public sealed class MailNodesTests
{
    private const int Nodes = 3;

    [PostgresFact]
    public async Task Each_mail_leaves_once_whichever_node_was_asked()
    {
        await using var nodes = await StartAsync();
        const int mails = 60;
        await Task.WhenAll(Enumerable.Range(0, mails).Select(n => nodes[n % Nodes].App.Mail.OrderAsync(new MailOrder("test") { To = $"p{n}@example.com" }, default).AsTask()));
        await MailedApp.UntilAsync(async () => await WaitingAsync(nodes) == 0 ? "none" : null);
        var sent = new List<string>();
        for (var i = 0; i < Nodes; i++) sent.AddRange((await nodes[i].App.Mail.Route.Outbox!.ListAsync(default)).Select(mail => mail.To));
        sent.Order().ShouldBe(Enumerable.Range(0, mails).Select(n => $"p{n}@example.com").Order());
    }

    [PostgresFact]
    public async Task When_the_node_that_sends_goes_another_one_goes_on()
    {
        await using var nodes = await StartAsync();
        await nodes[0].App.Mail.OrderAsync(new MailOrder("test") { To = "first@example.com" }, default);
        await MailedApp.UntilAsync(async () => await WaitingAsync(nodes) == 0 ? "none" : null);
        var sender = -1;
        for (var i = 0; i < Nodes; i++) sender = (await nodes[i].App.Mail.Route.Outbox!.ListAsync(default)).Count > 0 ? i : sender;
        await nodes[sender].StopAsync();
        var other = nodes[(sender + 1) % Nodes];
        await other.App.Mail.OrderAsync(new MailOrder("test") { To = "second@example.com" }, default);
        await MailedApp.UntilAsync(async () => await other.App.Records.FindByAsync(other.App.Schema.Find("_mails")!, "state", "waiting") is null ? "none" : null);
    }

    [PostgresFact]
    public async Task Limits_hold_on_all_nodes_together()
    {
        await using var nodes = await StartAsync();
        var limit = new MailLimit("test ann@example.com", 3, TimeSpan.FromMinutes(2));
        var ids = await Task.WhenAll(Enumerable.Range(0, 24).Select(n => nodes[n % Nodes].App.Mail.OrderAsync(new MailOrder("test") { To = "ann@example.com" }, limit, default).AsTask()));
        ids.Distinct().Count().ShouldBe(3);

        TryLimit[] tries = [new("code of ann", 5, TimeSpan.FromMinutes(3)), new("code", 100, TimeSpan.FromMinutes(3))];
        var taken = await Task.WhenAll(Enumerable.Range(0, 24).Select(n => new TryBook(nodes[n % Nodes].App.Engine, TimeProvider.System).TakeAsync(tries, default).AsTask()));
        taken.Count(one => one).ShouldBe(5);
    }

    private static Task<NodeGroup> StartAsync() => NodeGroup.StartAsync(Nodes, hearth =>
    {
        hearth.Options.Development = true;
        hearth.AddFeature(new PlainFeature());
    });

    private static async Task<long> WaitingAsync(NodeGroup nodes) => (long)(await nodes.AskAsync("SELECT count(*) FROM \"_mails\" WHERE state = 'waiting'"))!;

    private sealed class PlainWriter : MailWriter
    {
        public override ValueTask<MailMessage?> WriteAsync(MailOrder order, CancellationToken stop) =>
            new(MailAddress.TryParse(order.To, out var to) ? new MailMessage(to, "Hello", "<p>Hello</p>") : null);
    }

    private sealed class PlainFeature : Feature
    {
        public override string Name => "test-plain";

        public override void Setup(FeatureSetup setup) => setup.Mail.On("test", new PlainWriter());
    }
}
