using Hearth.Data;
using Hearth.Features;
using Hearth.Features.Accounts;
using Hearth.Features.Doctor;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Moving;
using Hearth.Records.Transfer;
using Hearth.Resources.Audit;
using Hearth.Resources.Backups;
using Hearth.Resources.Jobs;
using Hearth.Resources.Mail;
using Hearth.Resources.OldApps;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;
using Hearth.Resources.Signalling;
using Hearth.Resources.Tokens;
using Hearth.Schema;
using Microsoft.Extensions.Logging;

namespace Hearth.App;

/// <summary>
/// One app: its database, schema, records, settings and routes. Several can live in one process, each with its own folder. Without HTTP it is
/// enough for the command line and for jobs.
/// </summary>
public sealed partial class HearthApp : IAsyncDisposable
{
    private readonly FeatureSetup setup;
    private readonly SealedCollections collections;
    private bool stopped;

    internal HearthApp(HearthOptions options, FeatureSetup setup, ServerParts parts, SchemaStore schemas, SealedCollections collections, ILoggerFactory loggers) =>
        (Options, this.setup, Parts, Schemas, this.collections, Loggers) = (options, setup, parts, schemas, collections, loggers);

    /// <summary>How it was set up.</summary>
    public HearthOptions Options { get; }

    /// <summary>The collections: the snapshot of this moment, and the way to change them.</summary>
    public SchemaStore Schemas { get; }

    /// <summary>The schema of this moment.</summary>
    public SchemaSnapshot Schema => Schemas.Current;

    /// <summary>The records.</summary>
    public RecordStore Records => setup.Records;

    /// <summary>Brings records from files and takes them out again.</summary>
    public RecordTransfer Transfer => new(Records, Schemas);

    /// <summary>The settings.</summary>
    public SettingsStore Settings => setup.Settings;

    /// <summary>News between the nodes of the app, and work that one of them does for all.</summary>
    public Signals Signals => setup.Signals;

    /// <summary>The backups of the app.</summary>
    public BackupStore Backups => setup.Backups;

    /// <summary>Every moment of the last days.</summary>
    public BackupHistory History => setup.History;

    /// <summary>Work that is done at certain minutes.</summary>
    public JobTable Jobs => setup.Jobs;

    /// <summary>Mails on their way.</summary>
    public MailQueue Mail => setup.Mail;

    /// <summary>Who did what.</summary>
    public AuditLog Audit => setup.Audit;

    /// <summary>Makes and checks tokens.</summary>
    public TokenSigner Tokens => setup.Tokens;

    /// <summary>The database.</summary>
    public Engine Engine => setup.Engine;

    /// <summary>
    /// A token with which the page <c>/_/#/pbinstall/TOKEN</c> makes the first superuser, good for 30 minutes from the start. Null when there
    /// was a superuser already, or <see cref="HearthOptions.OfferSetup"/> was off. Tokens of earlier starts have ended, unless another node was running.
    /// </summary>
    public string? SetupToken { get; private set; }

    /// <summary>The routes of all features.</summary>
    public IReadOnlyList<RouteDefinition> Routes => setup.Routes;

    internal ServerParts Parts { get; }

    internal FeatureSetup Setup => setup;

    internal LastUse LastUse => setup.LastUse;

    internal AppSecrets Secrets => setup.Secrets;

    internal IReadOnlyDictionary<string, IReadOnlyList<string>> SealedFields => setup.SealedFields;

    /// <summary>Something that should be sealed with the app's key was found readable when it started.</summary>
    internal bool WasPlain => Settings.FoundPlain || collections.FoundPlain;

    internal CallerReader Callers => setup.Callers;

    internal ILoggerFactory Loggers { get; }

    /// <summary>Opens the database and starts the features. Throws <see cref="DataException"/> with a clear reason when the folder cannot be used.</summary>
    public async Task StartAsync(CancellationToken stop = default)
    {
        await Engine.StartAsync(stop);
        await MoveMarker.RefuseAsync(Engine, stop);
        // Before anything is made: without the right key nothing is half started.
        await Settings.LoadAsync(stop);
        // Before the collections, so that a start which was cut short never leaves an app with collections and without these.
        if (await Schemas.IsEmptyAsync(stop)) await Settings.BeginAsync(NewApp.Settings, stop);
        await Schemas.LoadAsync(stop);
        // Another node that began the app meanwhile stored its settings before its collections.
        await Settings.FollowAsync(stop);
        if (WasPlain)
        {
            await KeyChange.RunAsync(this, Secrets, RequestFacts.None, stop);
            await Schemas.FollowAsync(stop);
        }
        foreach (var start in setup.Starts) await start(stop);
        Signals.Start();
        Jobs.Start();
        if (Options.FirstSuperuser is { } first) await FirstSuperuser.MakeAsync(first.Email, first.Password, first.Source, Records, Schema, stop);
        if (Options.OfferSetup) SetupToken = await SetupLink.OfferAsync(Records, Tokens, Schema, stop);
    }

    /// <summary>What an operator should know about the app, as <c>hearth doctor</c> tells it.</summary>
    /// <param name="compareFiles">Compare all files with the records now, instead of telling what the last night found.</param>
    /// <param name="stop">Gives up.</param>
    public Task<IReadOnlyList<Finding>> ExamineAsync(bool compareFiles = false, CancellationToken stop = default) => new Checkup(setup).RunAsync(compareFiles, stop);

    /// <summary>Code that stayed behind when the app moved in is done by this app: it is named no more. True when there was any.</summary>
    public Task<bool> ForgetOldHooksAsync(CancellationToken stop = default) => OldHooks.ForgetAsync(Engine, stop);

    /// <summary>
    /// Stops the features in reverse order and closes the database. Safe to call twice. A part that fails, or does not end before <paramref name="stop"/>, keeps no
    /// other from its end: the database is closed in any case.
    /// </summary>
    public async Task StopAsync(CancellationToken stop = default)
    {
        if (stopped) return;
        stopped = true;
        await EndAsync(async () => await Jobs.StopAsync(), stop);
        await EndAsync(async () => await Signals.StopAsync(stop), stop);
        foreach (var end in setup.Stops.Reverse()) await EndAsync(() => end(stop), stop);
        await Engine.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async ValueTask EndAsync(Func<ValueTask> end, CancellationToken stop)
    {
        try
        {
            await end();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Its time is up. What it had left to do is done at the next start, as after a crash.
        }
        catch (Exception e)
        {
            NotEnded(Loggers.CreateLogger<HearthApp>(), e);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A part of the app could not be stopped in order")]
    private static partial void NotEnded(ILogger logger, Exception e);
}
