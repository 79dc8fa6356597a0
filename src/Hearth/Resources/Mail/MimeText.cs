using System.Text;
using Hearth.Resources.Mail.Templates;
using MimeKit;
using MimeKit.Text;

namespace Hearth.Resources.Mail;

/// <summary>
/// A mail as it goes over the wire (RFC 5322, 2045 to 2047). Every text that comes from outside goes through <see cref="OneLine"/> or is a
/// <see cref="MailAddress"/>, so that nothing can begin a header of its own.
/// </summary>
internal static class MimeText
{
    private const int MostOfLine = 500;

    /// <summary>Builds it.</summary>
    public static MimeMessage Of(MailMessage message, MailAddress from, string senderName, string id, DateTimeOffset now)
    {
        var mime = new MimeMessage
        {
            Subject = OneLine(message.Subject),
            Date = now,
            MessageId = $"{string.Concat(id.Where(char.IsAsciiLetterOrDigit))}.{now.ToUnixTimeMilliseconds()}@{new System.Globalization.IdnMapping().GetAscii(from.Domain)}",
            Body = new MultipartAlternative
            {
                new TextPart(TextFormat.Plain) { Text = Printable(message.Text ?? PlainText.Of(message.Html)) },
                new TextPart(TextFormat.Html) { Text = Printable(message.Html) },
            },
        };
        mime.From.Add(new MailboxAddress(OneLine(senderName), from.Text));
        mime.To.Add(new MailboxAddress("", message.To.Text));
        // RFC 3834: holiday notices do not answer to it.
        mime.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mime;
    }

    // Bodies keep their lines, but nothing that no mail program shows.
    private static string Printable(string text) => string.Concat(text.Where(static c => c is '\n' or '\r' or '\t' || !char.IsControl(c)));

    /// <summary>A text without control characters, line ends of any kind and lone surrogates; spaces stand in their place.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isBreak = Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 || rune == Rune.ReplacementChar;
            if (isBreak) line.Append(' ');
            else line.Append(rune);
        }
        var clean = line.ToString().Trim();
        return clean.Length > MostOfLine ? clean[..(char.IsHighSurrogate(clean[MostOfLine - 1]) ? MostOfLine - 1 : MostOfLine)] : clean;
    }
}
