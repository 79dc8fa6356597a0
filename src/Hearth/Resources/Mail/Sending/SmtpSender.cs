using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Hearth.Resources.Settings;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Hearth.Resources.Mail.Sending;

/// <summary>
/// Hands mails to an SMTP server (RFC 5321): TLS from the first byte, or STARTTLS (RFC 3207) where the server offers it. The server's certificate is
/// checked, and a password (RFC 4954) crosses no wire that is not encrypted.
/// </summary>
internal sealed class SmtpSender(SmtpSettings settings) : MailSender
{
    private const int MostOfReason = 300;

    /// <inheritdoc/>
    public override async ValueTask<DeliveryFailure?> SendAsync(MimeMessage message, CancellationToken stop)
    {
        using var client = new SmtpClient
        {
            // As HttpClient does it: lists of revoked certificates are often out of reach, and no mail would leave then.
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = static (_, _, _, errors) => errors == SslPolicyErrors.None,
            LocalDomain = settings.LocalName.Length > 0 ? settings.LocalName : "localhost",
        };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Tls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable, stop);
            if (settings.Username.Length > 0)
            {
                if (!client.IsSecure && !IsLoopback) return new DeliveryFailure("The mail server offers no encryption, and the password is not sent over an open wire.");
                await client.AuthenticateAsync(SignIn(), stop);
            }
            await client.SendAsync(message, stop);
            await LeaveAsync(client);
            return null;
        }
        catch (SmtpCommandException e)
        {
            // What the server says of the recipient or the mail itself stays so; anything else may be mended in the settings or on the server.
            var final = e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;
            return Failure($"The mail server refused with {(int)e.StatusCode}: {e.Message}", final && (int)e.StatusCode >= 500);
        }
        catch (AuthenticationException)
        {
            return Failure("The mail server refused the user name or the password of the settings.");
        }
        catch (SslHandshakeException)
        {
            return Failure($"No encrypted connection to {settings.Host}: its certificate is not trusted or is for another name, or it speaks no TLS on port {settings.Port}.");
        }
        catch (NotSupportedException e)
        {
            // The address needs SMTPUTF8 (RFC 6531), or the server has no way of signing in that we know.
            return Failure($"The mail server cannot do what is needed: {e.Message}");
        }
        catch (Exception e) when (e is SocketException or IOException or ProtocolException or ServiceNotConnectedException)
        {
            return Failure($"No connection to {settings.Host} on port {settings.Port}: {e.Message}");
        }
    }

    private bool IsLoopback => settings.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (AddressText.Read(settings.Host) is { } address && IPAddress.IsLoopback(address));

    private SaslMechanism SignIn() =>
        settings.AuthMethod == "LOGIN" ? new SaslMechanismLogin(settings.Username, settings.Password) : new SaslMechanismPlain(settings.Username, settings.Password);

    // The mail is accepted: how the goodbye goes changes nothing.
    private static async ValueTask LeaveAsync(SmtpClient client)
    {
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await client.DisconnectAsync(true, soon.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ProtocolException or CommandException)
        {
        }
    }

    private static DeliveryFailure Failure(string reason, bool permanent = false)
    {
        var line = MimeText.OneLine(reason);
        return new DeliveryFailure(line.Length > MostOfReason ? line[..MostOfReason] : line, permanent);
    }
}
