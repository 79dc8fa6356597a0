using System.Text.RegularExpressions;
using Hearth.Basics;
using Hearth.Schema;
using Hearth.Schema.Values;

namespace Hearth.Resources.Settings;

/// <summary>Checks settings before they are stored; the entries carry the codes of the wire contract.</summary>
internal static partial class SettingsCheck
{
    public static FaultMap Of(AppSettings settings)
    {
        var faults = new FaultMap();
        Meta(settings.Meta, faults);
        if (settings.Logs.MaxDays < 0) faults.AddAt("logs.maxDays", AtLeast(0));
        if (settings.Logs.MaxDataSize < 0) faults.AddAt("logs.maxDataSize", AtLeast(0));
        if (settings.Logs.MaxTotalSize < 0) faults.AddAt("logs.maxTotalSize", AtLeast(0));
        if (settings.Journeys.SlowMs < 0) faults.AddAt("journeys.slowMs", AtLeast(0));
        if (settings.Journeys.Sample < 0) faults.AddAt("journeys.sample", AtLeast(0));
        if (settings.Journeys.Sample > 1) faults.AddAt("journeys.sample", FieldFaults.AboveThreshold(1));
        if (settings.Audit.MaxDays != 0 && settings.Audit.MaxDays < AuditSettings.LeastDays) faults.AddAt("audit.maxDays", AtLeast(AuditSettings.LeastDays));
        if (settings.Realtime.MaxStreamsPerIP < 0) faults.AddAt("realtime.maxStreamsPerIP", AtLeast(0));
        if (settings.Realtime.MaxMessagesPerSecond < 0) faults.AddAt("realtime.maxMessagesPerSecond", AtLeast(0));
        Smtp(settings.Smtp, faults);
        S3(settings.S3, "s3", faults);
        Backups(settings.Backups, faults);
        Batch(settings.Batch, faults);
        RateLimitCheck.Into(settings.RateLimits, faults);
        Addresses(settings.RateLimits.ExcludedIPs, "rateLimits.excludedIPs", faults);
        Addresses(settings.SuperuserIPs, "superuserIPs", faults);
        return faults;
    }

    private static void Meta(MetaSettings meta, FaultMap faults)
    {
        RequiredText(meta.AppName, "meta.appName", faults);
        if (meta.AppUrl.Length == 0) faults.AddAt("meta.appURL", FieldFault.Required);
        else if (!IsUrl(meta.AppUrl)) faults.AddAt("meta.appURL", new FieldFault("validation_is_url", "Must be a valid URL."));
        if (meta.AccentColor.Length > 0 && !HexColor().IsMatch(meta.AccentColor)) faults.AddAt("meta.accentColor", new FieldFault("validation_is_hex_color", "Must be a valid hexadecimal color code."));
        RequiredText(meta.SenderName, "meta.senderName", faults);
        if (meta.SenderAddress.Length == 0) faults.AddAt("meta.senderAddress", FieldFault.Required);
        else if (!EmailField.IsAddress(meta.SenderAddress)) faults.AddAt("meta.senderAddress", FieldFaults.NoAddress);
    }

    private static void Smtp(SmtpSettings smtp, FaultMap faults)
    {
        if (smtp.Enabled && smtp.Host.Length == 0) faults.AddAt("smtp.host", FieldFault.Required);
        if (smtp.Host.Length > 0 && !IsHost(smtp.Host)) faults.AddAt("smtp.host", NoHost);
        if (smtp.Enabled && smtp.Port == 0) faults.AddAt("smtp.port", FieldFault.Required);
        if (smtp.Port < 0) faults.AddAt("smtp.port", AtLeast(0));
        if (smtp.AuthMethod is not ("" or "PLAIN" or "LOGIN")) faults.AddAt("smtp.authMethod", new FieldFault("validation_in_invalid", "Must be a valid value."));
        if (smtp.LocalName.Length > 0 && !IsHost(smtp.LocalName)) faults.AddAt("smtp.localName", NoHost);
    }

    private static void S3(S3Settings s3, string path, FaultMap faults)
    {
        if (s3.Endpoint.Length > 0 && !IsUrl(s3.Endpoint) && !IsHost(s3.Endpoint)) faults.AddAt(path + ".endpoint", new FieldFault("validation_is_url", "Must be a valid URL."));
        if (!s3.Enabled) return;
        if (s3.Bucket.Length == 0) faults.AddAt(path + ".bucket", FieldFault.Required);
        if (s3.Region.Length == 0) faults.AddAt(path + ".region", FieldFault.Required);
        if (s3.Endpoint.Length == 0) faults.AddAt(path + ".endpoint", FieldFault.Required);
        if (s3.AccessKey.Length == 0) faults.AddAt(path + ".accessKey", FieldFault.Required);
        if (s3.Secret.Length == 0) faults.AddAt(path + ".secret", FieldFault.Required);
    }

    private static void Backups(BackupSettings backups, FaultMap faults)
    {
        if (backups.Cron.Length > 0)
        {
            if (CronSchedule.Parse(backups.Cron) is null) faults.AddAt("backups.cron", new FieldFault("validation_invalid_cron", "Must be a cron expression of five fields or a macro such as @daily."));
            if (backups.CronMaxKeep == 0) faults.AddAt("backups.cronMaxKeep", FieldFault.Required);
        }
        if (backups.CronMaxKeep < 0) faults.AddAt("backups.cronMaxKeep", AtLeast(1));
        if (backups.HistoryDays < 0) faults.AddAt("backups.historyDays", AtLeast(0));
        S3(backups.S3, "backups.s3", faults);
    }

    private static void Batch(BatchSettings batch, FaultMap faults)
    {
        if (batch.Enabled && batch.MaxRequests == 0) faults.AddAt("batch.maxRequests", FieldFault.Required);
        if (batch.MaxRequests < 0) faults.AddAt("batch.maxRequests", AtLeast(0));
        if (batch.Enabled && batch.Timeout == 0) faults.AddAt("batch.timeout", FieldFault.Required);
        if (batch.Timeout < 0) faults.AddAt("batch.timeout", AtLeast(0));
        if (batch.MaxBodySize < 0) faults.AddAt("batch.maxBodySize", AtLeast(0));
    }

    internal static void Addresses(IReadOnlyList<string> addresses, string path, FaultMap faults)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            if (AddressText.ReadNetwork(addresses[i]) is null) faults.AddAt($"{path}.{i}", new FieldFault("validation_invlaid_ip_or_subnet", "Invalid IP or CIDR subnet."));
        }
    }

    private static void RequiredText(string text, string path, FaultMap faults)
    {
        if (text.Length == 0) faults.AddAt(path, FieldFault.Required);
        else if (System.Text.Encoding.UTF8.GetByteCount(text) > 255) faults.AddAt(path, LengthBetween(1, 255));
    }

    internal static FieldFault AtLeast(long threshold) =>
        new("validation_min_greater_equal_than_required", $"Must be no less than {threshold}.", new Dictionary<string, object?> { ["threshold"] = threshold });

    internal static FieldFault LengthBetween(int min, int max) =>
        new("validation_length_out_of_range", $"The length must be between {min} and {max}.", new Dictionary<string, object?> { ["max"] = max, ["min"] = min });

    private static FieldFault NoHost { get; } = new("validation_is_host", "Must be a valid IP address or DNS name.");

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0 && url.Scheme is "http" or "https";

    private static bool IsHost(string text) => Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex HexColor();
}
