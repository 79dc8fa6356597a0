using Hearth.Data;
using Hearth.Http;
using Hearth.Records;
using Hearth.Records.Files;
using Hearth.Resources.Audit;
using Hearth.Resources.Backups;
using Hearth.Resources.Blobs;
using Hearth.Resources.Jobs;
using Hearth.Resources.Mail;
using Hearth.Resources.Passwords;
using Hearth.Resources.Pictures;
using Hearth.Resources.Realtime;
using Hearth.Resources.Realtime.Feed;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;
using Hearth.Resources.Signalling;
using Hearth.Resources.Tokens;
using Hearth.Schema;
using Microsoft.Extensions.Logging;

namespace Hearth.Features;

/// <summary>What a feature gets while it is set up, and where it declares what it brings. One object for all features of an app.</summary>
public sealed class FeatureSetup
{
    private readonly List<RouteDefinition> routes = [];
    private readonly Dictionary<string, IReadOnlyList<string>> sealedFields = new(StringComparer.Ordinal);
    private readonly List<Func<CancellationToken, ValueTask>> starts = [];
    private readonly List<Func<CancellationToken, ValueTask>> stops = [];

    /// <summary>The database.</summary>
    public required Engine Engine { get; init; }

    /// <summary>The clock. Nothing reads time elsewhere.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Folder of the database, the logs and the uploaded files.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>What is too large for the database.</summary>
    public required Blobs Blobs { get; init; }

    /// <summary>Bytes of files that are owed to or by records.</summary>
    public required FileDebts Debts { get; init; }

    /// <summary>Makes smaller pictures of uploaded ones.</summary>
    public required Pictures Pictures { get; init; }

    /// <summary>The schema of this moment.</summary>
    public required Func<SchemaSnapshot> Schema { get; init; }

    /// <summary>Changes the schema.</summary>
    public required SchemaStore Schemas { get; init; }

    /// <summary>The records.</summary>
    public required RecordStore Records { get; init; }

    /// <summary>The settings.</summary>
    public required SettingsStore Settings { get; init; }

    /// <summary>News between the nodes of the app, and work that one of them does for all.</summary>
    public required Signals Signals { get; init; }

    /// <summary>Work that is done at certain minutes.</summary>
    public required JobTable Jobs { get; init; }

    /// <summary>Waits until every node has followed what was told.</summary>
    public required Hearing Hearing { get; init; }

    /// <summary>The backups of the app.</summary>
    public required BackupStore Backups { get; init; }

    /// <summary>Every moment of the last days.</summary>
    public required BackupHistory History { get; init; }

    /// <summary>The streams on which clients of this node listen.</summary>
    public required OpenStreams Streams { get; init; }

    /// <summary>Tells the changes of records to the streams.</summary>
    public required LiveFeed Live { get; init; }

    /// <summary>Asks the node of a client's stream.</summary>
    public required StreamLetters Letters { get; init; }

    /// <summary>Brings events to a client, on whichever node it listens.</summary>
    public required StreamPost Post { get; init; }

    /// <summary>Notes who did what.</summary>
    public required AuditLog Audit { get; init; }

    /// <summary>Seals small texts that must be readable again.</summary>
    public required AppSecrets Secrets { get; init; }

    /// <summary>Mails on their way.</summary>
    public required MailQueue Mail { get; init; }

    /// <summary>Makes and checks tokens.</summary>
    public required TokenSigner Tokens { get; init; }

    /// <summary>Finds out who shows a token.</summary>
    public required CallerReader Callers { get; init; }

    /// <summary>When sessions were last used.</summary>
    public required LastUse LastUse { get; init; }

    /// <summary>Makes and checks password hashes.</summary>
    public required PasswordHashes Passwords { get; init; }

    /// <summary>The queue of what is to be logged.</summary>
    public required RequestLog Log { get; init; }

    /// <summary>What this node did in the last minute.</summary>
    public required Traffic Traffic { get; init; }

    /// <summary>For what operators should read.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>The declared routes of all features.</summary>
    public IReadOnlyList<RouteDefinition> Routes => routes;

    /// <summary>Work to do when the app starts, in order.</summary>
    public IReadOnlyList<Func<CancellationToken, ValueTask>> Starts => starts;

    /// <summary>Work to do when the app stops, in reverse order.</summary>
    public IReadOnlyList<Func<CancellationToken, ValueTask>> Stops => stops;

    /// <summary>Fields that features seal, by the names of their collections.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> SealedFields => sealedFields;

    /// <summary>
    /// Declares a text field of a collection whose values are sealed with <see cref="Secrets"/> in the context <see cref="AppSecrets.ContextOf"/>, so that they follow
    /// when the key of the app changes.
    /// </summary>
    public void Seals(string collection, string field) => sealedFields[collection] = [.. sealedFields.GetValueOrDefault(collection, []), field];

    /// <summary>Declares a route.</summary>
    public void Map(RouteDefinition route) => routes.Add(route);

    /// <summary>Declares work to do when the app starts, after the database and the schema are there.</summary>
    public void OnStart(Func<CancellationToken, ValueTask> work) => starts.Add(work);

    /// <summary>Declares work to do when the app stops, before the database closes.</summary>
    public void OnStop(Func<CancellationToken, ValueTask> work) => stops.Add(work);
}
