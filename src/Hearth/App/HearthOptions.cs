using Hearth.Data;
using Hearth.Features;
using Hearth.Resources.Pictures;

namespace Hearth.App;

/// <summary>How an app is set up, before it starts. What can change while it runs is in the settings instead.</summary>
public sealed class HearthOptions
{
    /// <summary>Folder of the database, the logs and the uploaded files; made when it is missing.</summary>
    public string DataDirectory { get; set; } = "hearth_data";

    /// <summary>
    /// Where a PostgreSQL database is; null keeps the data in <see cref="DataDirectory"/>. Logs and files stay in the folder either way. Set it
    /// with <see cref="UsePostgres"/>.
    /// </summary>
    public DatabaseServer? Postgres { get; private set; }

    /// <summary>Folder of the files that are served beside the API; null serves none.</summary>
    public string? PublicDirectory { get; set; }

    /// <summary>
    /// The files of the dashboard, which stands at <c>/_/</c>. Null (the default) has a small page there instead, which makes the first superuser by
    /// the setup link and follows the links of mails. The program <c>hearth</c> brings its own.
    /// </summary>
    public DashboardFiles? Dashboard { get; set; }

    /// <summary>Origins that browsers may call from, with <c>*</c> and <c>?</c> as wildcards; empty means any, as no cookies are used.</summary>
    public IList<string> Origins { get; } = [];

    /// <summary>
    /// For a developer's machine: timings of every request are shown to everybody, mails stay in an outbox unless SMTP is on in the settings, one-time
    /// codes can be asked for without a limit.
    /// </summary>
    public bool Development { get; set; }

    /// <summary>Offers the setup page to whoever has the link while there is no superuser; see <see cref="HearthApp.SetupToken"/>.</summary>
    public bool OfferSetup { get; set; }

    /// <summary>
    /// Longest time for a list whose filter or order the client chose, and for an answer that follows relations, unless a superuser asks; it is refused with 400
    /// after that. What an app's own rules and views need is limited by the database's 30 seconds only.
    /// </summary>
    public TimeSpan SearchLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What making smaller pictures of uploaded ones may cost.</summary>
    public PictureLimits Pictures { get; set; } = new();

    /// <summary>Features of your own, beside the standard ones.</summary>
    public IList<Feature> Features { get; } = [];

    /// <summary>The clock; nothing reads time elsewhere.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>
    /// The key with which secrets at rest are encrypted: 32 characters (contract 14.3). Null leaves them readable. An app whose data was written with a key
    /// starts with that key only. Set it with <see cref="Encrypt"/>.
    /// </summary>
    internal (string? Key, string Name)? Encryption { get; private set; }

    /// <summary>
    /// Encrypts settings, token secrets, client secrets of sign-in services and what features seal, with AES-256-GCM. Turning it on for data that is there
    /// encrypts it; after that the app starts with this key only.
    /// </summary>
    /// <param name="key">32 characters; what is wrong with it is told when the app starts.</param>
    /// <param name="name">What the key comes from, for messages to people.</param>
    public HearthOptions Encrypt(string? key, string name = "the options")
    {
        Encryption = (key, name);
        return this;
    }

    /// <summary>The superuser that is made at a start without one. Set it with <see cref="MakeFirstSuperuser"/>.</summary>
    internal (string? Email, string? Password, string Source)? FirstSuperuser { get; private set; }

    /// <summary>
    /// Makes a superuser when the app starts and there is none; no effect where there is one. The app does not start when it cannot be made: an address or a
    /// password is missing, or is none that the collection <c>_superusers</c> takes.
    /// </summary>
    /// <param name="email">E-mail address.</param>
    /// <param name="password">Password.</param>
    /// <param name="source">What they come from, for messages to people.</param>
    public HearthOptions MakeFirstSuperuser(string? email, string? password, string source = "the options")
    {
        FirstSuperuser = (email, password, source);
        return this;
    }

    /// <summary>Keeps the data on a PostgreSQL server, 14 or later.</summary>
    /// <param name="connectionString">
    /// Such as <c>Host=db;Database=hearth;Username=hearth;Password=...</c>. <c>Search Path</c> chooses a schema other than <c>public</c>.
    /// </param>
    /// <param name="listen">
    /// A way past a pooler such as PgBouncer for the one connection that waits for news of other nodes; null uses the first. See <see cref="DatabaseServer.Listen"/>.
    /// </param>
    /// <param name="read">
    /// The same database on a streaming replica, from which pages and single records are read; null reads everything from the first. See
    /// <see cref="DatabaseServer.Read"/>.
    /// </param>
    /// <param name="takeover">How long a node that died is missed for; null for 15 seconds. See <see cref="DatabaseServer.Takeover"/>.</param>
    public HearthOptions UsePostgres(string connectionString, string? listen = null, string? read = null, TimeSpan? takeover = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        Postgres = new DatabaseServer(connectionString) { Listen = listen, Read = read, Takeover = takeover ?? DatabaseServer.UsualTakeover };
        return this;
    }

    /// <summary>What new password hashes cost. Only tests, which make many accounts, ask for less.</summary>
    internal Resources.Passwords.PasswordCost PasswordCost { get; set; } = Resources.Passwords.PasswordCost.Default;
}
