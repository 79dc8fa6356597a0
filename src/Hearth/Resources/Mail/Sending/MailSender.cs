using MimeKit;

namespace Hearth.Resources.Mail.Sending;

/// <summary>Why a mail did not leave.</summary>
/// <param name="Reason">For superusers; a sentence without secrets.</param>
/// <param name="Permanent">There is no sense in trying again.</param>
internal sealed record DeliveryFailure(string Reason, bool Permanent = false);

/// <summary>A way for mails to leave.</summary>
internal abstract class MailSender
{
    /// <summary>Hands a mail over. Returns why that failed, or null when it is in other hands.</summary>
    public abstract ValueTask<DeliveryFailure?> SendAsync(MimeMessage message, CancellationToken stop);
}
