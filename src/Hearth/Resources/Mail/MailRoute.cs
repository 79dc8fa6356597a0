using Hearth.Basics;
using Hearth.Resources.Mail.Sending;
using Hearth.Resources.Settings;

namespace Hearth.Resources.Mail;

/// <summary>How mails leave: the SMTP server of the settings, else in development the outbox, else the machine's own mail program.</summary>
/// <param name="settings">The settings.</param>
/// <param name="outbox">Where mails are kept in development; null elsewhere.</param>
/// <param name="clock">Dates the mails.</param>
public sealed class MailRoute(SettingsStore settings, Outbox? outbox, TimeProvider clock)
{
    /// <summary>Where mails are kept in development instead of being sent; null elsewhere.</summary>
    public Outbox? Outbox { get; } = outbox;

    /// <summary>One sentence on why no mail can leave; null when it can.</summary>
    public string? Problem => Choose(settings.Current) is null ? NoWay : null;

    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(30);

    private const string NoWay = "No mail can be sent: SMTP is off in the settings, and this machine has no sendmail program.";

    /// <summary>Sends a mail now, without the queue, and waits for it. Returns what went wrong in one sentence, or null.</summary>
    public async ValueTask<string?> TryAsync(MailMessage message, CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(LongestTry);
        try
        {
            return (await SendAsync(message, RandomText.RecordId(), late.Token))?.Reason;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return "The mail server did not answer in time.";
        }
    }

    /// <summary>Sends a mail now. Returns what went wrong, or null.</summary>
    /// <param name="message">The mail.</param>
    /// <param name="id">Part of its message id.</param>
    /// <param name="stop">Gives up.</param>
    internal async ValueTask<DeliveryFailure?> SendAsync(MailMessage message, string id, CancellationToken stop)
    {
        var current = settings.Current;
        if (Choose(current) is not { } sender) return new DeliveryFailure(NoWay);
        if (!MailAddress.TryParse(current.Meta.SenderAddress, out var from)) return new DeliveryFailure("The sender's address in the settings is no mail address.");
        using var mime = MimeText.Of(message, from, current.Meta.SenderName, id, clock.GetUtcNow());
        return await sender.SendAsync(mime, stop);
    }

    private MailSender? Choose(AppSettings current)
    {
        if (current.Smtp.Enabled) return new SmtpSender(current.Smtp);
        if (Outbox is not null) return new OutboxSender(Outbox);
        return SendmailSender.Find() is { } program ? new SendmailSender(program) : null;
    }
}
