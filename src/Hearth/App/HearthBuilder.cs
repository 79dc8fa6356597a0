using Hearth.Data;
using Hearth.Features;
using Hearth.Http;
using Hearth.Http.Turns;
using Hearth.Records;
using Hearth.Records.Files;
using Hearth.Resources.Audit;
using Hearth.Resources.Backups;
using Hearth.Resources.Blobs;
using Hearth.Resources.Blobs.Sealing;
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
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hearth.App;

/// <summary>Sets an app up and builds it: options, hooks and features first, then <see cref="Build"/>.</summary>
public sealed class HearthBuilder(HearthOptions options)
{
    private readonly List<(string Id, string Expression, Func<HearthApp, CancellationToken, ValueTask> Work)> jobs = [];

    /// <summary>How the app is set up.</summary>
    public HearthOptions Options { get; } = options;

    /// <summary>Where your own code joins in with records.</summary>
    public RecordEvents Records { get; } = new();

    /// <summary>Adds a feature of your own.</summary>
    public HearthBuilder AddFeature(Feature feature)
    {
        Options.Features.Add(feature);
        return this;
    }

    /// <summary>
    /// Adds a job of your own: on one node of all at each minute that the cron expression names (UTC). What it throws is logged. Throws an
    /// <see cref="ArgumentException"/> when the app is built with an expression that is none, or an id that is taken.
    /// </summary>
    /// <param name="id">Its name, shown by <c>/api/crons</c>.</param>
    /// <param name="expression">Such as <c>30 4 * * *</c> or <c>@daily</c>.</param>
    /// <param name="work">The work; cancelled when the app stops.</param>
    public HearthBuilder AddJob(string id, string expression, Func<HearthApp, CancellationToken, ValueTask> work)
    {
        jobs.Add((id, expression, work));
        return this;
    }

    /// <summary>Makes the app: every object of it, by hand, in the order in which they need each other. Nothing is opened yet.</summary>
    public HearthApp Build(ILoggerFactory? loggers = null)
    {
        loggers ??= NullLoggerFactory.Instance;
        var clock = Options.Clock;
        var secrets = Options.Encryption is { } encryption ? AppSecrets.Of(encryption.Key, encryption.Name) : AppSecrets.None;
        var engine = Engines.OpenData(Options.DataDirectory, Options.Postgres, clock);
        var schema = new SchemaStore(engine, clock);
        var parameters = new ParameterStore(engine, clock);
        var audit = new AuditLog(engine, parameters, secrets, clock);
        var collections = new SealedCollections(secrets);
        (schema.Sealing, schema.Opening) = (collections.Seal, collections.Open);
        var settings = new SettingsStore(parameters, secrets) { Also = changing => SettingsAudit.Of(changing).Select(audit.Plan) };
        var passwords = new PasswordHashes(Options.PasswordCost);
        var fileKey = new FileKey(parameters, secrets);
        var blobs = new Blobs(Options.DataDirectory, settings, fileKey);
        var debts = new FileDebts(engine, new RecordBlobs(blobs), () => schema.Current, clock, loggers.CreateLogger<FileDebts>());
        schema.Also = changing => SchemaAudit.Of(changing).Select(audit.Plan).Concat(debts.Of(changing));
        var records = new RecordStore(engine, Records, passwords, clock, loggers.CreateLogger<RecordStore>(), new RecordAudit(audit), debts);
        var signals = new Signals(engine, clock, loggers.CreateLogger<Signals>());
        signals.On(SchemaStore.Topic, (_, stop) => schema.FollowAsync(stop));
        signals.On(SettingsStore.Key, (_, stop) => settings.FollowAsync(stop));
        // A backup that was brought back has its own; what would be sealed with another could not be opened after the next start.
        signals.On(SettingsStore.Key, (_, _) => fileKey.Forget());
        signals.OnMissed(_ => fileKey.Forget());
        var hearing = new Hearing(engine, signals, clock);
        (schema.Known, settings.Known) = (hearing.ByAllAsync, hearing.ByAllAsync);
        signals.OnMissed(schema.FollowAsync);
        signals.OnMissed(settings.FollowAsync);
        var table = new JobTable(engine, signals, clock, loggers.CreateLogger<JobTable>());
        var outbox = Options.Development ? new Outbox(Path.Combine(Options.DataDirectory, "outbox"), clock) : null;
        var mail = new MailQueue(engine, () => schema.Current, signals, new MailRoute(settings, outbox, clock), table, clock, loggers.CreateLogger<MailQueue>());
        var streams = new OpenStreams(clock, () => settings.Current.Realtime);
        var letters = new StreamLetters(streams, signals, engine, clock, loggers.CreateLogger<StreamLetters>());
        var tokens = new TokenSigner(clock);
        var lastUse = new LastUse(engine, () => schema.Current, clock);
        var callers = new CallerReader(engine, tokens, lastUse);
        var log = new RequestLog();
        var pictures = new Pictures(() => blobs.Files, Options.Pictures, clock, loggers.CreateLogger<Pictures>());
        var traffic = new Traffic(clock);
        var parts = new ServerParts
        {
            Engine = engine,
            Clock = clock,
            Settings = settings,
            Schema = () => schema.Current,
            SettledSchema = schema.SettledAsync,
            Rates = new RateLimiter(settings, clock),
            Log = log,
            Journeys = new Journeys(clock),
            Searches = new SearchTurns(engine.Sessions, Options.SearchLimit, clock),
            Traffic = traffic,
            Development = Options.Development,
        };
        var backups = new BackupStore(engine, schema, settings, secrets, audit, blobs, debts, Options.DataDirectory, clock);
        var setup = new FeatureSetup
        {
            Engine = engine,
            Clock = clock,
            DataDirectory = Options.DataDirectory,
            Blobs = blobs,
            Debts = debts,
            Pictures = pictures,
            Backups = backups,
            History = new BackupHistory(engine, settings, blobs, backups, Options.DataDirectory, clock),
            Schema = () => schema.Current,
            Schemas = schema,
            Records = records,
            Settings = settings,
            Signals = signals,
            Jobs = table,
            Hearing = hearing,
            Streams = streams,
            Letters = letters,
            Live = new LiveFeed(engine, streams, schema, signals, clock, loggers.CreateLogger<LiveFeed>()),
            Post = new StreamPost(streams, letters),
            Audit = audit,
            Secrets = secrets,
            Mail = mail,
            Tokens = tokens,
            Callers = callers,
            LastUse = lastUse,
            Passwords = passwords,
            Log = log,
            Traffic = traffic,
            Loggers = loggers,
        };
        setup.OnStart(pictures.BeginAsync);
        setup.OnStop(pictures.EndAsync);
        foreach (var feature in StandardFeatures.Create().Concat(Options.Features)) feature.Setup(setup);
        var app = new HearthApp(Options, setup, parts, schema, collections, loggers);
        foreach (var job in jobs) table.Add(job.Id, job.Expression, stop => job.Work(app, stop));
        return app;
    }
}
