namespace Hearth.Resources.Mail;

/// <summary>Mails whose words were there from the beginning.</summary>
internal sealed class FinishedMail : MailWriter
{
    /// <summary>Their kind.</summary>
    public const string Kind = "message";

    /// <summary>The order that carries a finished mail.</summary>
    public static MailOrder Order(MailMessage message)
    {
        var data = new Dictionary<string, string> { ["subject"] = message.Subject, ["html"] = message.Html };
        if (message.Text is { } text) data["text"] = text;
        return new MailOrder(Kind) { To = message.To.Text, CollectionId = message.Account?.Collection.Id ?? "", RecordId = message.Account?.Id ?? "", Data = data };
    }

    /// <inheritdoc/>
    public override ValueTask<MailMessage?> WriteAsync(MailOrder order, CancellationToken stop) => new(
        MailAddress.TryParse(order.To, out var to)
            ? new MailMessage(to, order.Find("subject"), order.Find("html")) { Text = order.Data.GetValueOrDefault("text") }
            : null);
}
