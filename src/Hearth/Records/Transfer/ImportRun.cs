using Hearth.Records.Transfer.Formats;

namespace Hearth.Records.Transfer;

/// <summary>One import on its way: takes rows, hands them over in batches, counts and reports. While one batch is written the next is read.</summary>
internal sealed class ImportRun(RowFeed rows, ImportShape shape, BatchWriter writer, ImportOptions options)
{
    private const int BatchRows = 500;

    private long read;
    private long added;
    private long changed;
    private long failed;

    public async Task<ImportProgress> RunAsync(CancellationToken stop)
    {
        Task<BatchResult> pending = Task.FromResult(BatchResult.Empty);
        try
        {
            List<RowFault> unreadable = [];
            for (var more = true; more;)
            {
                var (drafts, faults, end) = await BatchAsync();
                more = !end;
                Count(await pending, unreadable);
                stop.ThrowIfCancellationRequested();
                pending = writer.WriteAsync(drafts, stop);
                unreadable = faults;
            }
            Count(await pending, unreadable);
        }
        finally
        {
            // Whatever ended the reading: nobody closes the database while a batch is under way.
            await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return Progress();
    }

    private async ValueTask<(List<RowDraft> Drafts, List<RowFault> Faults, bool End)> BatchAsync()
    {
        var drafts = new List<RowDraft>(BatchRows);
        var faults = new List<RowFault>();
        while (drafts.Count + faults.Count < BatchRows)
        {
            if (await rows.NextAsync() is not { } row) return (drafts, faults, true);
            read++;
            var (draft, reason) = RowDraft.Of(row, shape, rows.TextOnly);
            if (draft is not null) drafts.Add(draft);
            else faults.Add(new RowFault(row.Line, reason ?? ""));
        }
        return (drafts, faults, false);
    }

    private void Count(BatchResult result, List<RowFault> unreadable)
    {
        added += result.Added;
        changed += result.Changed;
        failed += result.Faults.Count + unreadable.Count;
        foreach (var fault in result.Faults.Concat(unreadable).OrderBy(fault => fault.Line)) options.OnFault?.Invoke(fault);
        options.OnProgress?.Invoke(Progress());
    }

    private ImportProgress Progress() => new(read, added, changed, failed);
}
