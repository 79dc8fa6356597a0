using MimeKit;

namespace Hearth.Resources.Mail.Sending;

/// <summary>Keeps mails on the machine instead of sending them.</summary>
internal sealed class OutboxSender(Outbox outbox) : MailSender
{
    /// <inheritdoc/>
    public override async ValueTask<DeliveryFailure?> SendAsync(MimeMessage message, CancellationToken stop)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        await outbox.KeepAsync(message, stop);
        return null;
    }
}
