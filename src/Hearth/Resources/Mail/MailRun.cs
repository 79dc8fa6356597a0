using Hearth.Data;
using Hearth.Resources.Mail.Sending;
using Microsoft.Extensions.Logging;

namespace Hearth.Resources.Mail;

/// <summary>Sends what is due. Runs on one node at a time; the mails taken are marked first, so that even two at once would not send one twice.</summary>
internal sealed partial class MailRun(Engine engine, MailRows rows, IReadOnlyDictionary<string, MailWriter> writers, MailRoute route, ILogger logger)
{
    /// <summary>Time between two looks for mails whose pause is over; new ones are sent at once.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const int AtOnce = 16;
    private const int SideBySide = 4;

    // A server that keeps us waiting must not hold up the others for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Sends until nothing is due.</summary>
    public async ValueTask RunAsync(CancellationToken stop)
    {
        // Most of the time there is nothing, and that is known without a write.
        while (await rows.AnyDueAsync(engine, stop))
        {
            var taken = await engine.WriteAsync(session => rows.TakeAsync(session, AtOnce, stop), null, stop);
            if (taken.Count == 0) return;
            await Parallel.ForEachAsync(taken, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = stop }, SendAsync);
        }
    }

    private async ValueTask SendAsync(TakenMail mail, CancellationToken stop)
    {
        var order = mail.Order;
        if (mail.IsLate)
        {
            await GiveUpAsync(order, "It was too late to send it.", null, stop);
            return;
        }
        MailMessage? message = null;
        DeliveryFailure? failure;
        try
        {
            message = writers.TryGetValue(order.Kind, out var writer) ? await writer.WriteAsync(order, stop) : null;
            if (message is null)
            {
                await NoteAsync(order, MailRows.Unneeded, "", null, stop);
                return;
            }
            failure = await DeliverAsync(message, order.Id, stop);
        }
        catch (Exception e) when (e is not OperationCanceledException and not DataException)
        {
            Unwritten(logger, order.Kind, e);
            failure = new DeliveryFailure("It could not be written; the log tells why.");
        }
        if (failure is null) await NoteAsync(order, MailRows.Sent, "", message, stop);
        else if (failure.Permanent || mail.Tries >= MailPauses.Most) await GiveUpAsync(order, failure.Reason, message, stop);
        else await NoteAsync(order, MailRows.Waiting, failure.Reason, message, stop);
    }

    private async ValueTask<DeliveryFailure?> DeliverAsync(MailMessage message, string id, CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Longest);
        try
        {
            return await route.SendAsync(message, id, late.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new DeliveryFailure("The mail server did not answer in time.");
        }
    }

    private async ValueTask GiveUpAsync(MailOrder order, string reason, MailMessage? message, CancellationToken stop)
    {
        GivenUp(logger, order.Kind, order.Id, reason);
        if (writers.TryGetValue(order.Kind, out var writer)) await writer.GiveUpAsync(order, stop);
        await NoteAsync(order, MailRows.Failed, reason, message, stop);
    }

    // What was sent must be noted even when the app stops in this moment.
    private async ValueTask NoteAsync(MailOrder order, string state, string reason, MailMessage? message, CancellationToken stop) => await engine.WriteAsync(
        async session =>
        {
            await rows.NoteAsync(session, order, state, reason, message, CancellationToken.None);
            return true;
        },
        null,
        state == MailRows.Sent ? CancellationToken.None : stop);

    [LoggerMessage(600, LogLevel.Warning, "The mail {Id} ({Kind}) was given up: {Reason}")]
    private static partial void GivenUp(ILogger logger, string kind, string id, string reason);

    [LoggerMessage(601, LogLevel.Error, "A mail of the kind {Kind} could not be written")]
    private static partial void Unwritten(ILogger logger, string kind, Exception e);
}
