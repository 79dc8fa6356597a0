using Hearth.Records;

namespace Hearth.Resources.Mail;

/// <summary>A mail that is ready to go. The sender is the one of the settings.</summary>
/// <param name="To">Who gets it.</param>
/// <param name="Subject">One line; control characters in it become spaces.</param>
/// <param name="Html">A whole HTML document.</param>
public sealed record MailMessage(MailAddress To, string Subject, string Html)
{
    /// <summary>The same as plain text; null takes it from the HTML.</summary>
    public string? Text { get; init; }

    /// <summary>The account that it is about: the note of it in the queue goes with the account. Null when it is about none.</summary>
    public Record? Account { get; init; }
}
