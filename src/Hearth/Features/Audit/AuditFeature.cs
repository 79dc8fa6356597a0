using System.Globalization;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Resources.Audit;
using Microsoft.Extensions.Logging;

namespace Hearth.Features.Audit;

/// <summary>
/// Keeps the audit log in order and shows it to superusers. Routes: <c>/api/audit</c>, <c>/api/audit/verify</c>, <c>/api/audit/{id}</c>. None changes
/// anything. Tables: <c>_audit</c>, and the row <c>audit</c> of <c>_params</c>.
/// </summary>
internal sealed class AuditFeature : Feature
{
    private static readonly TimeSpan SealEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(2);
    private const int MostDays = 36_500; // a century; calendars do not reach as far back as a setting may

    /// <inheritdoc/>
    public override string Name => "audit";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        setup.Signals.Every("audit.seal", SealEvery, setup.Audit.SealAsync);
        setup.Jobs.Add("__hearthAuditCleanup__", "0 */6 * * *", stop => RemoveAsync(setup, stop), isSystem: true);
        KeepCounting(setup);
        setup.Map(Route("/api/audit", "Entries of the audit log, page by page.", exchange => TableAnswers.PageAsync(exchange, setup.Engine, InternalTables.Audit), TableAnswers.PageContract(InternalTables.Audit)));
        setup.Map(Route("/api/audit/verify", "Checks that no entry of the audit log was changed or is missing.", exchange => VerifyAsync(exchange, setup.Audit), Verified));
        setup.Map(Route("/api/audit/{id}", "One entry of the audit log.", exchange => TableAnswers.OneAsync(exchange, setup.Engine, InternalTables.Audit, Fault.NotFound("audit.not_found")), TableAnswers.OneContract(InternalTables.Audit)));
    }

    private static RouteDefinition Route(string path, string summary, Handler handler, RouteContract contract) =>
        new() { Method = "GET", Path = path, Guard = Guard.Superuser, Handler = handler, Summary = summary, Contract = contract };

    private static RouteContract Verified { get; } = RouteContract
        .Gives(
            Shape.Object(
                "What the chain of entries says.",
                ("valid", Shape.Truth()),
                ("entries", Shape.Integer()),
                ("unsealed", Shape.Integer()),
                ("signed", Shape.Truth()),
                ("noted?", Shape.Truth()),
                ("head", Shape.Object("", ("number", Shape.Integer()), ("hash", Shape.Text()))),
                ("removedThrough", Shape.Integer()),
                ("problems", Shape.ListOf(Shape.Object("", ("number", Shape.Integer()), ("id", Shape.Text()), ("kind", Shape.Text()), ("message", Shape.Text()))))),
            "The report.")
        .Asks("number", "Number of a head that was noted earlier.", Shape.Integer())
        .Asks("hash", "Hash of that head.")
        .AsksFields();

    private static async ValueTask RemoveAsync(FeatureSetup setup, CancellationToken stop)
    {
        if (setup.Settings.Current.Audit.MaxDays is > 0 and var days) await setup.Audit.RemoveBeforeAsync(setup.Clock.GetUtcNow().AddDays(-Math.Min(days, MostDays)), stop);
    }

    // A head that was noted earlier can be sent along: then the entry of that number must still have that hash.
    private static async ValueTask<Fault?> VerifyAsync(Exchange exchange, AuditLog audit)
    {
        var (number, hash) = (exchange.Query("number"), exchange.Query("hash"));
        var asked = number.Length > 0 || hash.Length > 0;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var noted) && asked)
        {
            return Fault.BadRequest("audit.noted", "Send number and hash as they were noted, or neither.");
        }
        var report = await audit.VerifyAsync(noted, exchange.Stop);
        var holds = !asked || (report.HashOfNoted is { } found && found.Equals(hash, StringComparison.OrdinalIgnoreCase));
        AuditReportJson.Write(exchange.StartJson(), report, asked ? holds : null);
        return await exchange.SendJsonAsync();
    }

    // Each node counts for itself.
    private static void KeepCounting(FeatureSetup setup)
    {
        var ended = new CancellationTokenSource();
        var counting = Task.CompletedTask;
        setup.OnStart(_ =>
        {
            counting = CountAsync(setup.Audit, setup.Clock, setup.Loggers.CreateLogger("Hearth.Audit"), ended.Token);
            return ValueTask.CompletedTask;
        });
        setup.OnStop(async _ =>
        {
            await ended.CancelAsync();
            await counting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended.Dispose();
            await setup.Audit.NoteBoundedAsync(now: true, CancellationToken.None);
        });
    }

    private static async Task CountAsync(AuditLog audit, TimeProvider clock, ILogger logger, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(CountEvery, clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                await audit.NoteBoundedAsync(now: false, stop);
            }
            catch (DataException e)
            {
                // The database is away: they wait until it is back; their number is bounded.
                logger.LogWarning("What is counted for the audit log could not be stored yet: {Reason}", e.Message);
            }
        }
    }
}
