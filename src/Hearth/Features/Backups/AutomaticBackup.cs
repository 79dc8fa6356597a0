using System.Net;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Resources.Blobs;
using Hearth.Resources.Mail;
using Hearth.Schema.Stock;
using Microsoft.Extensions.Logging;

namespace Hearth.Features.Backups;

/// <summary>The backup at the times of the settings: the newest are kept, and superusers get a mail when it fails.</summary>
internal sealed partial class AutomaticBackup(FeatureSetup setup, ILogger logger)
{
    private const int MostMails = 20;

    public async ValueTask RunAsync(CancellationToken stop)
    {
        string reason;
        try
        {
            if (!(await setup.Backups.CreateAsync("", RequestFacts.None, stop, automatic: true)).Failed(out var refused))
            {
                await setup.Backups.KeepAsync(setup.Settings.Current.Backups.CronMaxKeep, stop);
                return;
            }
            reason = refused.Message;
        }
        catch (Exception e) when (e is DataException or BlobException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            reason = e.Message;
        }
        Failed(logger, reason);
        await TellAsync(reason, stop);
    }

    private async ValueTask TellAsync(string reason, CancellationToken stop)
    {
        if (setup.Schema().Find(SystemCollections.Superusers) is not { } superusers) return;
        IReadOnlyList<Record> people;
        using (var session = await setup.Engine.ReadAsync(stop)) people = await StoredRows.ListAsync(session, StoredRows.Plan(superusers, static _ => null, MostMails), stop);
        var app = setup.Settings.Current.Meta.AppName;
        foreach (var person in people)
        {
            if (person.GetText("email") == SystemRecords.InstallerEmail || !MailAddress.TryParse(person.GetText("email"), out var address)) continue;
            var html = $"<p>Hello,</p><p>The automatic backup of {WebUtility.HtmlEncode(app)} at {DateText.Of(setup.Clock.GetUtcNow())} failed:</p><p>{WebUtility.HtmlEncode(reason)}</p><p>Backups from before are kept. Take one by hand when the reason is mended.</p>";
            await setup.Mail.SendAsync(new MailMessage(address, $"The backup of {app} failed", html), stop);
        }
    }

    [LoggerMessage(620, LogLevel.Error, "The automatic backup failed: {Reason}")]
    private static partial void Failed(ILogger logger, string reason);
}
