using System.Text.RegularExpressions;
using Hearth.App;
using Hearth.Resources.Mail;
using Record = Hearth.Records.Record;

namespace Hearth.Tests.Mail;

/// <summary>An app on a developer's machine: its mails stay in an outbox.</summary>
internal sealed partial class MailedApp : IAsyncDisposable
{
    private readonly HashSet<string> seen = [];

    private MailedApp(TestApp server) => Server = server;

    public TestApp Server { get; }

    public MailQueue Queue => Server.App.Mail;

    public static async Task<MailedApp> StartAsync(Action<HearthOptions>? configure = null) => new(await TestApp.StartAsync(options =>
    {
        options.Development = true;
        configure?.Invoke(options);
    }));

    /// <summary>Changes options of a collection.</summary>
    public async Task SetAsync(string collection, object options)
    {
        var answer = await Server.SendAsync("PATCH", $"/api/collections/{collection}", options, await Server.SuperuserTokenAsync());
        if ((int)answer.Status != 200) throw new InvalidOperationException(answer.Text);
    }

    public Task<Answer> PostAsync(string path, object body, string? token = null, params (string Name, string Value)[] headers) =>
        Server.SendAsync("POST", $"/api/collections/{path}", body, token, headers);

    /// <summary>The next mail to somebody that was not asked for yet; waits for it.</summary>
    public Task<KeptMail> MailToAsync(string address) => UntilAsync(async () =>
    {
        var mail = (await Queue.Route.Outbox!.ListAsync(default)).LastOrDefault(m => m.To == address && !seen.Contains(m.Id));
        if (mail is not null) seen.Add(mail.Id);
        return mail;
    });

    /// <summary>Waits until nothing is left to send, and says how many mails there are.</summary>
    public async Task<int> CountAsync()
    {
        var table = Server.App.Schema.Find("_mails")!;
        await UntilAsync(async () => await Server.App.Records.FindByAsync(table, "state", "waiting") is null ? "none" : null);
        return (await Queue.Route.Outbox!.ListAsync(default)).Count;
    }

    /// <summary>The token at the end of the link in a mail.</summary>
    public static string TokenOf(KeptMail mail) => Link().Match(mail.Text).Groups[1].Value;

    /// <summary>The account as it stands.</summary>
    public async Task<Record> ReadAsync(Record account) => await Server.App.Records.FindAsync(account.Collection, account.Id) ?? throw new InvalidOperationException("It is gone.");

    public static async Task<T> UntilAsync<T>(Func<Task<T?>> find) where T : class
    {
        for (var i = 0; i < 2000; i++)
        {
            if (await find() is { } found) return found;
            await Task.Delay(10);
        }
        throw new TimeoutException("It did not come.");
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [GeneratedRegex(@"/_/#/auth/[a-z-]+/(\S+)")]
    private static partial Regex Link();
}
