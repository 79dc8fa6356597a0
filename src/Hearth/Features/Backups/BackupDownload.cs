using System.Text.Json.Nodes;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Http.Output;
using Hearth.Resources.Audit;
using Hearth.Resources.Tokens;

namespace Hearth.Features.Backups;

/// <summary>Hands out a backup (contract 10.7, 8.4), also in parts, so that a download that broke off can go on.</summary>
internal sealed class BackupDownload(FeatureSetup setup)
{
    public static RouteContract Contract { get; } = SentBlob.Contract("application/zip", "The archive, whole or in part.").Asks("token", "A file token of a superuser.");

    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        var found = await setup.Callers.FindAsync(exchange.Query("token"), TokenKind.File, exchange.Schema, exchange.Stop);
        if (found is not { Caller: { IsSuperuser: true } caller } || caller.Scope?.AllowsRoute(exchange.Route.Method, exchange.Route.Path) == false || !SuperuserNetworks.Allow(exchange.Http, setup.Settings.Current))
        {
            return Fault.Forbidden("backups.token", "Insufficient permissions to access the resource.");
        }
        var key = exchange.PathValue("key");
        if (await setup.Backups.FindAsync(key, exchange.Stop) is not { } backup) return Fault.NotFound("backups.not_found");
        if (exchange.Http.Request.Method != "HEAD" && exchange.Http.Request.Headers.Range.Count == 0)
        {
            await setup.Audit.NoteAsync(AuditEntry.Of("backup.downloaded", exchange.Facts with { Caller = found.Value.Caller }) with { Details = new JsonObject { ["backup"] = key } }, exchange.Stop);
        }
        return await BlobAnswer.SendAsync(exchange, new SentBlob(backup, key, "application/zip") { IsPrivate = true }, (offset, length, stop) => setup.Backups.OpenAsync(key, offset, length, stop));
    }
}
