using Hearth.Basics;
using Hearth.Data;
using Hearth.Schema;

namespace Hearth.Records.Writing;

/// <summary>
/// Many rows in one write session, each validated and refused by itself. When hooks listen, rows are written one by one instead, so that
/// no code of the app runs while the writer is held.
/// </summary>
internal sealed class BulkWrite(StoreParts parts, WriteScope scope, Field? key)
{
    public async Task<BulkResult[]> RunAsync(IReadOnlyList<Submission> rows, CancellationToken stop)
    {
        var results = new BulkResult[rows.Count];
        if (parts.Events.Creating.Listens(scope.Collection) || parts.Events.Updating.Listens(scope.Collection))
        {
            for (var i = 0; i < rows.Count; i++) results[i] = await RunAloneAsync(rows[i], stop);
            return results;
        }
        var hashed = new PasswordWork(parts.Passwords);
        foreach (var row in rows) await hashed.HashAsync(row.For(scope.Collection, writesHidden: true), stop);
        var written = await parts.Engine.WriteAsync(scope.Schema, async session =>
        {
            // A transaction may be run anew by its engine: begin with an empty list each time.
            var done = new List<RecordWrite>(rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                var (write, added) = await ChooseAsync(session, rows[i], hashed, together: true, stop);
                var fault = await write.PrepareAsync(session, stop) ?? await write.CommitAsync(session, stop);
                results[i] = new BulkResult(added && fault is null, fault);
                if (fault is null) done.Add(write);
            }
            if (done.Count > 0) await NoteAsync(session, done.Count, results.Count(result => result.Added), stop);
            return done;
        }, null, stop);
        foreach (var write in written) await write.AnnounceAsync();
        return results;
    }

    private async Task<BulkResult> RunAloneAsync(Submission row, CancellationToken stop)
    {
        RecordWrite write;
        bool added;
        using (var session = await parts.Engine.ReadAsync(stop)) (write, added) = await ChooseAsync(session, row, new PasswordWork(parts.Passwords), together: false, stop);
        var outcome = await write.RunAsync(stop);
        return new BulkResult(added && outcome.Fault is null, outcome.Fault);
    }

    private ValueTask NoteAsync(WriteSession session, int done, int added, CancellationToken stop) => parts.Journal.Keeps(scope.Collection)
        ? RecordWrite.NoteAsync(session, parts.Journal.OfMany(scope.Collection, added, done - added, scope.Facts), last: false, stop)
        : ValueTask.CompletedTask;

    private async ValueTask<(RecordWrite Write, bool Added)> ChooseAsync(
        ReadSession session, Submission row, PasswordWork passwords, bool together, CancellationToken stop)
    {
        var id = key is null ? null : await FindIdAsync(session, row, stop);
        return id is null
            ? (new CreateWrite(parts, scope, row) { Passwords = passwords, IsOneOfMany = together }, true)
            : (new UpdateWrite(parts, scope, id, row) { Passwords = passwords, IsOneOfMany = together }, false);
    }

    private async ValueTask<string?> FindIdAsync(ReadSession session, Submission row, CancellationToken stop)
    {
        if (!row.Body.TryGetValue(key!.Name, out var sent)) return null;
        var value = key.Coerce(sent);
        if (key.IsZero(value)) return null;
        var plan = StoredRows.Plan(scope.Collection, from => StoredRows.Is(from, key, value), 1);
        var found = await StoredRows.ListAsync(session, plan, stop);
        return found.Count == 0 ? null : found[0].Id;
    }
}
