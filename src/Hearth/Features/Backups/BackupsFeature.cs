using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Resources.Jobs;
using Hearth.Resources.Settings;
using Microsoft.Extensions.Logging;

namespace Hearth.Features.Backups;

/// <summary>
/// Takes, lists, brings, hands out, removes and restores backups (contract 10.7), by hand and at the times of the settings; for superusers.
/// Routes: <c>/api/backups</c>, <c>/api/backups/upload</c>, <c>/api/backups/{key}</c>, <c>/api/backups/{key}/restore</c>. Tables: none.
/// </summary>
internal sealed class BackupsFeature : Feature
{
    private const string AutomaticId = "__pbAutoBackup__";

    /// <inheritdoc/>
    public override string Name => "backups";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        var automatic = new AutomaticBackup(setup, setup.Loggers.CreateLogger("Hearth.Backups"));
        setup.OnStart(_ =>
        {
            setup.Backups.Tidy();
            Schedule(setup.Jobs, setup.Settings.Current.Backups, automatic);
            return ValueTask.CompletedTask;
        });
        setup.Settings.Changed.Add((settings, _) =>
        {
            Schedule(setup.Jobs, settings.Backups, automatic);
            return ValueTask.CompletedTask;
        });
        HistoryKeeping.Begin(setup);
        var download = new BackupDownload(setup);
        setup.Map(Route("GET", "/api/backups", exchange => ListAsync(exchange, setup), "The backups, the newest first.", RouteContract.Gives(Shape.ListOf(Shape.Object("", ("key", Shape.Text()), ("size", Shape.Integer("Bytes.")), ("modified", Shape.Text()))), "The backups.").AsksFields()));
        setup.Map(Route("POST", "/api/backups", exchange => CreateAsync(exchange, setup), "Takes a backup and answers when it is stored and was found sound.", RouteContract.GivesNothing("It is stored.").Takes(Shape.Object("", ("name?", Shape.Text("Name of the file; made from the time when left out."))))));
        setup.Map(Route("POST", "/api/backups/upload", exchange => UploadAsync(exchange, setup), "Keeps an archive from elsewhere as a backup.", RouteContract.GivesNothing("It is kept.").Takes("multipart/form-data", Shape.Object("", ("file", Shape.Bytes("The archive."))))) with { BodyLimit = 0 });
        setup.Map(Route("GET", "/api/backups/{key}", download.AnswerAsync, "Hands out a backup to the superuser whose file token is in the query.", BackupDownload.Contract) with { Guard = Guard.None });
        setup.Map(Route("DELETE", "/api/backups/{key}", exchange => DeleteAsync(exchange, setup), "Removes a backup.", RouteContract.GivesNothing("It is gone.")));
        setup.Map(Route("POST", "/api/backups/{key}/restore", exchange => RestoreAsync(exchange, setup), "Replaces everything that the app holds by a backup, and answers when that is done.", RouteContract.GivesNothing("It is done.")));
    }

    private static RouteDefinition Route(string method, string path, Handler handler, string summary, RouteContract contract) =>
        new() { Method = method, Path = path, Guard = Guard.Superuser, Handler = handler, Summary = summary, Contract = contract };

    private static void Schedule(JobTable jobs, BackupSettings settings, AutomaticBackup automatic)
    {
        if (CronSchedule.Parse(settings.Cron) is { } schedule) jobs.Put(new Job(AutomaticId, schedule, automatic.RunAsync) { IsSystem = true });
        else jobs.Remove(AutomaticId);
    }

    private static async ValueTask<Fault?> ListAsync(Exchange exchange, FeatureSetup setup)
    {
        var backups = await setup.Backups.ListAsync(exchange.Stop);
        var json = exchange.StartJson();
        json.WriteStartArray();
        foreach (var backup in backups)
        {
            json.WriteStartObject();
            json.WriteString("key"u8, backup.Key);
            json.WriteNumber("size"u8, backup.Length);
            json.WriteString("modified"u8, DateText.Of(backup.Modified));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return await exchange.SendJsonAsync();
    }

    private static async ValueTask<Fault?> CreateAsync(Exchange exchange, FeatureSetup setup)
    {
        const string message = "An error occurred while loading the submitted data.";
        if ((await exchange.ReadBodyAsync(message)).Failed(out var unread, out var body)) return unread;
        if (body.ReadText("name", message).Failed(out var wrong, out var name)) return wrong;
        return (await setup.Backups.CreateAsync(name, exchange.Facts, exchange.Stop)).Failed(out var refused) ? refused : await exchange.NoContent();
    }

    private static async ValueTask<Fault?> UploadAsync(Exchange exchange, FeatureSetup setup)
    {
        const string message = "An error occurred while loading the submitted data.";
        if ((await exchange.ReadBodyAsync(message)).Failed(out var unread, out var body)) return unread;
        if (body.Files.FirstOrDefault(part => part.Name == "file") is not { } file) return Fault.BadRequest("backups.invalid", message, new FaultMap().Add("file", FieldFault.Required));
        await using var content = file.Open();
        return await setup.Backups.AddAsync(file.FileName, content, exchange.Facts, exchange.Stop) ?? await exchange.NoContent();
    }

    private static async ValueTask<Fault?> DeleteAsync(Exchange exchange, FeatureSetup setup) =>
        await setup.Backups.DeleteAsync(exchange.PathValue("key"), exchange.Facts, exchange.Stop) ?? await exchange.NoContent();

    // Who goes away does not end what has begun: nobody would know how it ended.
    private static async ValueTask<Fault?> RestoreAsync(Exchange exchange, FeatureSetup setup) =>
        (await setup.Backups.RestoreAsync(exchange.PathValue("key"), exchange.Facts, CancellationToken.None)).Failed(out var refused) ? refused : await exchange.NoContent();
}
