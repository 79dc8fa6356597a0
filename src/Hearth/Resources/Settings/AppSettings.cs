using System.Text.Json.Serialization;

namespace Hearth.Resources.Settings;

/// <summary>Everything that a superuser can set while the app runs (contract 10.2). Immutable; a change makes a new one.</summary>
public sealed record AppSettings
{
    /// <summary>Name, address and sender of the app.</summary>
    public MetaSettings Meta { get; init; } = new();

    /// <summary>Request logs.</summary>
    public LogSettings Logs { get; init; } = new();

    /// <summary>Journeys of requests. Hearth's own; the contract has none.</summary>
    public JourneySettings Journeys { get; init; } = new();

    /// <summary>The audit log. Hearth's own; the contract has none.</summary>
    public AuditSettings Audit { get; init; } = new();

    /// <summary>Files of records. Hearth's own; the contract has none.</summary>
    public FileSettings Files { get; init; } = new();

    /// <summary>Live updates. Hearth's own; the contract has none.</summary>
    public RealtimeSettings Realtime { get; init; } = new();

    /// <summary>Outgoing mail.</summary>
    public SmtpSettings Smtp { get; init; } = new();

    /// <summary>Object store for uploaded files; off means the data folder.</summary>
    public S3Settings S3 { get; init; } = new();

    /// <summary>Automatic backups.</summary>
    public BackupSettings Backups { get; init; } = new();

    /// <summary>Batch requests.</summary>
    public BatchSettings Batch { get; init; } = new();

    /// <summary>Rate limits.</summary>
    public RateLimitSettings RateLimits { get; init; } = new();

    /// <summary>Which proxy headers tell the client's address.</summary>
    public TrustedProxySettings TrustedProxy { get; init; } = new();

    /// <summary>Addresses and networks (CIDR) from which superusers may call; empty means any.</summary>
    [JsonPropertyName("superuserIPs")]
    public IReadOnlyList<string> SuperuserIPs { get; init; } = [];
}

/// <summary>Name, address and sender of the app.</summary>
public sealed record MetaSettings
{
    /// <summary>Name shown to people and in mails.</summary>
    public string AppName { get; init; } = "Acme";

    /// <summary>Public address, without a trailing slash; links in mails begin with it.</summary>
    [JsonPropertyName("appURL")]
    public string AppUrl { get; init; } = "http://localhost:8090";

    /// <summary>Colour of the dashboard as <c>#rrggbb</c>; may be empty.</summary>
    public string AccentColor { get; init; } = "#1055c9";

    /// <summary>Name of the sender of mails.</summary>
    public string SenderName { get; init; } = "Support";

    /// <summary>Address of the sender of mails.</summary>
    public string SenderAddress { get; init; } = "support@example.com";

    /// <summary>The dashboard hides what changes the schema.</summary>
    public bool HideControls { get; init; }
}

/// <summary>Request logs.</summary>
public sealed record LogSettings
{
    /// <summary>Days for which entries are kept; 0 turns request logging off and removes all.</summary>
    public int MaxDays { get; init; } = 5;

    /// <summary>Least level that is kept: -4 debug, 0 info, 4 warning, 8 error.</summary>
    public int MinLevel { get; init; }

    /// <summary>Most bytes of the data of one entry; 0 is 16 KiB. What is longer is cut, and says so.</summary>
    public int MaxDataSize { get; init; }

    /// <summary>Most bytes of all entries together; the oldest go first. 0 is any number. Default 1 GiB. Hearth's own; the contract has none.</summary>
    public long MaxTotalSize { get; init; } = 1L << 30;

    /// <summary>Whether the client's address is written.</summary>
    [JsonPropertyName("logIP")]
    public bool LogIP { get; init; } = true;

    /// <summary>Whether the id of the signed-in record is written.</summary>
    public bool LogAuthId { get; init; }
}

/// <summary>Journeys: the steps of single requests, kept in their log entries.</summary>
public sealed record JourneySettings
{
    /// <summary>Whether steps are recorded at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Journeys of requests that took at least this long are kept, in milliseconds; 0 is every request.</summary>
    public int SlowMs { get; init; } = 100;

    /// <summary>Share of the other requests whose journeys are kept: 0 none, 1 all.</summary>
    public double Sample { get; init; } = 0.1;
}

/// <summary>The audit log.</summary>
public sealed record AuditSettings
{
    /// <summary>Least number of days after which entries may be removed, so that nobody can remove traces by a setting.</summary>
    public const int LeastDays = 30;

    /// <summary>Days for which entries are kept; 0 keeps them for ever. Default a year, as long as most rules for audit trails ask for.</summary>
    public int MaxDays { get; init; } = 365;
}

/// <summary>Files of records.</summary>
public sealed record FileSettings
{
    /// <summary>New files are encrypted where they are kept; it needs an app that was started with a key. What is there stays as it is, and readable.</summary>
    public bool Encrypt { get; init; }
}

/// <summary>Live updates.</summary>
public sealed record RealtimeSettings
{
    /// <summary>
    /// Most streams that one address, or IPv6 network of 64 bits, may have open on a node; their topics may be 8 KiB of text each together, and at least 4 MiB. 0 is any number.
    /// Addresses that are never rate limited may have any number.
    /// </summary>
    [JsonPropertyName("maxStreamsPerIP")]
    public int MaxStreamsPerIP { get; init; } = 1000;

    /// <summary>Most messages that an account, or a guest's address, may send to channels in one second; five times as many at once after a pause. 0 is any number.</summary>
    public int MaxMessagesPerSecond { get; init; } = 50;
}

/// <summary>Outgoing mail.</summary>
public sealed record SmtpSettings
{
    /// <summary>Use this server; off means the machine's own mail program.</summary>
    public bool Enabled { get; init; }

    /// <summary>Port of the server.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Host name or address of the server.</summary>
    public string Host { get; init; } = "smtp.example.com";

    /// <summary>User to sign in as; empty means no sign-in.</summary>
    public string Username { get; init; } = "";

    /// <summary>Password to sign in with. Never returned.</summary>
    public string Password { get; init; } = "";

    /// <summary>Empty, <c>PLAIN</c> or <c>LOGIN</c>; empty means <c>PLAIN</c>.</summary>
    public string AuthMethod { get; init; } = "";

    /// <summary>TLS from the first byte; off means STARTTLS where the server offers it.</summary>
    public bool Tls { get; init; }

    /// <summary>Name told in EHLO; empty means <c>localhost</c>.</summary>
    public string LocalName { get; init; } = "";
}

/// <summary>An S3-compatible object store.</summary>
public sealed record S3Settings
{
    /// <summary>Whether it is used.</summary>
    public bool Enabled { get; init; }

    /// <summary>Bucket.</summary>
    public string Bucket { get; init; } = "";

    /// <summary>Region.</summary>
    public string Region { get; init; } = "";

    /// <summary>Address of the service.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Access key.</summary>
    public string AccessKey { get; init; } = "";

    /// <summary>Secret key. Never returned.</summary>
    public string Secret { get; init; } = "";

    /// <summary>The bucket stands in the path instead of the host name.</summary>
    public bool ForcePathStyle { get; init; }
}

/// <summary>Automatic backups.</summary>
public sealed record BackupSettings
{
    /// <summary>When, as a five-field cron expression or a macro such as <c>@daily</c>; empty means never.</summary>
    public string Cron { get; init; } = "";

    /// <summary>Automatic backups to keep.</summary>
    public int CronMaxKeep { get; init; } = 3;

    /// <summary>Days of which every moment can be restored; 0 keeps no history. On SQLite. Hearth's own; the contract has none.</summary>
    public int HistoryDays { get; init; }

    /// <summary>Object store for backups; off means the data folder.</summary>
    public S3Settings S3 { get; init; } = new();
}

/// <summary>Batch requests.</summary>
public sealed record BatchSettings
{
    /// <summary>Whether they are allowed.</summary>
    public bool Enabled { get; init; }

    /// <summary>Most requests in one batch.</summary>
    public int MaxRequests { get; init; } = 50;

    /// <summary>Seconds that one batch may take.</summary>
    public long Timeout { get; init; } = 3;

    /// <summary>Most bytes of the body; 0 means 128 MiB.</summary>
    public long MaxBodySize { get; init; }
}

/// <summary>Rate limits.</summary>
public sealed record RateLimitSettings
{
    /// <summary>The rules; the first that fits counts (contract 10.3).</summary>
    public IReadOnlyList<RateLimitRule> Rules { get; init; } =
    [
        new() { Label = "*:auth", MaxRequests = 2, Duration = 3 },
        new() { Label = "*:create", MaxRequests = 20, Duration = 5 },
        new() { Label = "/api/batch", MaxRequests = 3, Duration = 1 },
        new() { Label = "/api/", MaxRequests = 300, Duration = 10 },
    ];

    /// <summary>Addresses and networks (CIDR) that are never limited.</summary>
    [JsonPropertyName("excludedIPs")]
    public IReadOnlyList<string> ExcludedIPs { get; init; } = [];

    /// <summary>Whether requests are limited.</summary>
    public bool Enabled { get; init; }
}

/// <summary>One rate limit.</summary>
public sealed record RateLimitRule
{
    /// <summary>What it applies to: <c>METHOD /path</c>, <c>/path</c>, <c>/prefix/</c>, <c>COLLECTION:tag</c> or <c>*:tag</c>.</summary>
    public string Label { get; init; } = "";

    /// <summary>Whom it applies to: empty everybody, <c>@guest</c> or <c>@auth</c>.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Seconds of one window.</summary>
    public long Duration { get; init; }

    /// <summary>Requests allowed in one window.</summary>
    public int MaxRequests { get; init; }
}

/// <summary>Which proxy headers tell the client's address.</summary>
public sealed record TrustedProxySettings
{
    /// <summary>Names of headers, the first that gives an address counts. Only name headers that your proxy sets itself.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Take the left-most address of a list instead of the right-most.</summary>
    [JsonPropertyName("useLeftmostIP")]
    public bool UseLeftmostIP { get; init; }
}

/// <summary>How settings are written and read, without reflection at run time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, WriteIndented = false)]
[JsonSerializable(typeof(AppSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;
