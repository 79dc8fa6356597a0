using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Resources.Blobs;
using Hearth.Schema.Stock;

namespace Hearth.Features.Overview;

/// <summary>What changes slowly and costs something to find out.</summary>
/// <param name="Engine">The database with its version.</param>
/// <param name="MailsWaiting">Mails that are still to be sent.</param>
/// <param name="MailsFailed">Mails that were given up in the last day.</param>
/// <param name="Backups">How many backups there are; null when their place could not be reached.</param>
/// <param name="LastBackup">When the newest was made; null when there is none.</param>
internal sealed record Resting(string Engine, long MailsWaiting, long MailsFailed, int? Backups, DateTimeOffset? LastBackup);

/// <summary>Looks it up anew after some seconds; whoever asks meanwhile gets what was found.</summary>
internal sealed class RestingFacts(FeatureSetup setup)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim turn = new(1);
    private Resting? found;
    private long at;

    public async ValueTask<Resting> ReadAsync(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            if (found is not null && setup.Clock.GetElapsedTime(at) < Age) return found;
            found = await LookAsync(stop);
            at = setup.Clock.GetTimestamp();
            return found;
        }
        finally
        {
            turn.Release();
        }
    }

    private async ValueTask<Resting> LookAsync(CancellationToken stop)
    {
        var yesterday = DateText.Of(setup.Clock.GetUtcNow().AddDays(-1));
        var waiting = await CountMailsAsync("state = 'waiting'", stop);
        var failed = await CountMailsAsync($"state = 'failed' && updated >= '{yesterday}'", stop);
        var engine = await setup.Engine.DescribeAsync(stop);
        try
        {
            var backups = await setup.Backups.ListAsync(stop);
            return new Resting(engine, waiting, failed, backups.Count, backups.Count > 0 ? backups[0].Modified : null);
        }
        catch (BlobException)
        {
            return new Resting(engine, waiting, failed, null, null);
        }
    }

    private async ValueTask<long> CountMailsAsync(string filter, CancellationToken stop)
    {
        var schema = setup.Schema();
        if (schema.Find(MailCollection.Name) is not { } mails) return 0;
        var planned = new Planner(schema, RequestFacts.None).List(mails, null, new ListQuery(filter, "", 1, 1));
        if (planned.Failed(out var fault, out var plan)) throw new InvalidOperationException(fault.Cause);
        using var session = await setup.Engine.ReadOnceAsync(stop);
        return await session.CountAsync(plan, stop);
    }
}
