using Hearth.Basics;
using Hearth.Data;
using Hearth.Resources.Jobs;
using Hearth.Resources.Signalling;
using Hearth.Schema;
using Microsoft.Extensions.Logging;

namespace Hearth.Resources.Mail;

/// <summary>
/// Mails on their way: kept in the collection <c>_mails</c> (for superusers), sent by one node at a time, tried again with growing pauses, given up
/// with the reason kept. What is in it survives a crash; a mail that was being sent then may be sent twice, but is not lost.
/// </summary>
public sealed class MailQueue
{
    private readonly Engine engine;
    private readonly MailRows rows;
    private readonly Dictionary<string, MailWriter> writers = new(StringComparer.Ordinal) { [FinishedMail.Kind] = new FinishedMail() };

    /// <summary>Makes the queue of an app.</summary>
    internal MailQueue(Engine engine, Func<SchemaSnapshot> schema, Signals signals, MailRoute route, JobTable jobs, TimeProvider clock, ILogger logger)
    {
        this.engine = engine;
        Route = route;
        rows = new MailRows(schema, clock);
        var run = new MailRun(engine, rows, writers, route, logger);
        var hurry = signals.Every("mail.send", MailRun.Interval, run.RunAsync);
        signals.On(MailRows.Topic, (_, _) =>
        {
            hurry();
            return ValueTask.CompletedTask;
        });
        jobs.Add("__hearthMailsCleanup__", "*/10 * * * *", stop => rows.TidyAsync(engine, stop), isSystem: true);
    }

    /// <summary>How mails leave, by the settings of the moment.</summary>
    public MailRoute Route { get; }

    /// <summary>Puts a finished mail into the queue; returns when it cannot be lost any more. It is sent afterwards.</summary>
    public async ValueTask SendAsync(MailMessage message, CancellationToken stop) => await OrderAsync(FinishedMail.Order(message), stop);

    /// <summary>Orders a mail whose words are written when it is its turn; returns its id when it cannot be lost any more.</summary>
    public async ValueTask<string> OrderAsync(MailOrder order, CancellationToken stop) => await engine.WriteAsync(session => rows.AddAsync(session, order, null, stop), null, stop);

    /// <summary>
    /// The same, unless as many of a key were ordered within a time: then nothing is added and the id of the latest of them is returned. Holds across
    /// all nodes, and takes the same time either way.
    /// </summary>
    public async ValueTask<string> OrderAsync(MailOrder order, MailLimit limit, CancellationToken stop) => await engine.WriteAsync(
        async session =>
        {
            var key = limit.Key.ToLowerInvariant();
            await session.LockAsync("mail " + key, stop);
            var (count, latest) = await rows.CountAsync(session, key, limit.Window, stop);
            return count < limit.Most ? await rows.AddAsync(session, order, key, stop) : latest;
        },
        null,
        stop);

    /// <summary>Orders a mail within a write: it is sent when that is committed, and only then.</summary>
    internal async ValueTask OrderAsync(WriteSession session, MailOrder order, CancellationToken stop) => await rows.AddAsync(session, order, null, stop);

    /// <summary>Forgets an order in a write of its own: it is sent no more and counts no more.</summary>
    internal ValueTask ForgetAsync(WriteSession session, string id, CancellationToken stop) => rows.RemoveAsync(session, id, stop);

    /// <summary>Declares who writes the mails of a kind. Call it while the app is built.</summary>
    public void On(string kind, MailWriter writer) => writers.Add(kind, writer);
}
