using Hearth.Resources.Mail.Sending;

namespace Hearth.Features.Doctor;

/// <summary>Settings that are not safe, or not finished.</summary>
internal sealed class SettingsFindings(FeatureSetup setup)
{
    private const string Area = "settings";

    public IEnumerable<Finding> List()
    {
        var settings = setup.Settings.Current;
        if (!settings.RateLimits.Enabled) yield return Warning("Rate limits are off: passwords can be guessed as fast as the machine answers.", "Turn on rateLimits.enabled.");
        if (Uri.TryCreate(settings.Meta.AppUrl, UriKind.Absolute, out var url))
        {
            if (url.IsLoopback) yield return Warning($"Links in mails lead to {settings.Meta.AppUrl}, which only this machine can open.", "Set meta.appURL to the public address.");
            else if (url.Scheme == "http") yield return Warning($"Links in mails lead to {settings.Meta.AppUrl}, where anybody on the way can read and change everything.", "Serve the app with https and set meta.appURL.");
        }
        if (settings.Meta.SenderAddress == "support@example.com") yield return Warning("Mails are sent from support@example.com.", "Set meta.senderAddress.");
        if (!settings.Smtp.Enabled && SendmailSender.Find() is null) yield return Problem("No mail can be sent: SMTP is off, and this machine has no sendmail program.", "Turn on smtp, see docs/guide/mail.md.");
        if (settings.Backups.Cron.Length == 0) yield return Warning("Nothing makes backups.", "Set backups.cron, such as @daily, or make them yourself.");
        else if (!settings.Backups.S3.Enabled) yield return Warning("Backups are kept on the disk of the data.", "Keep them in an object store (backups.s3), or copy them away.");
        foreach (var (name, s3) in new[] { ("s3", settings.S3), ("backups.s3", settings.Backups.S3) })
        {
            if (s3.Enabled && Uri.TryCreate(s3.Endpoint, UriKind.Absolute, out var endpoint) && endpoint is { Scheme: "http", IsLoopback: false }) yield return Warning($"{name} is reached without encryption.", "Use https in its endpoint.");
        }
        if (!setup.Secrets.IsOn) yield return Warning("Secrets stand readable in the database: passwords of SMTP and object stores, keys of tokens.", "Start with --encryption-env, see docs/guide/secrets.md.");
        if (settings.TrustedProxy.Headers.Count > 0) yield return new Finding(Gravity.Fact, Area, $"Addresses of clients are taken from {string.Join(", ", settings.TrustedProxy.Headers)}.", "Make sure that your proxy sets them itself and nobody reaches the server past it.");
        if (settings.SuperuserIPs.Count == 0) yield return new Finding(Gravity.Fact, Area, "Superusers may work from any address.", "superuserIPs narrows that.");
        if (settings.Logs.MaxDays == 0) yield return Warning("Requests are not logged.", "Set logs.maxDays.");
    }

    private static Finding Warning(string text, string advice) => new(Gravity.Warning, Area, text, advice);

    private static Finding Problem(string text, string advice) => new(Gravity.Problem, Area, text, advice);
}
