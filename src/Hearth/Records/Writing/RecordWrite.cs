using Hearth.Basics;
using Hearth.Data;
using Hearth.Data.News;
using Hearth.Planning;
using Hearth.Records.Files;
using Microsoft.Extensions.Logging;

namespace Hearth.Records.Writing;

/// <summary>
/// One create, update or delete on its way, in stages: what is slow (passwords), what may refuse before the writer is held (rules, hooks),
/// the commit inside a write session, and the news after it. A single request runs the first stages on readers; a batch runs them all
/// but the slow one inside its session.
/// </summary>
internal abstract class RecordWrite(StoreParts parts, WriteScope scope)
{
    private readonly List<(RecordHook<RecordEvent> Hook, RecordEvent Event)> news = [];
    private bool owes;

    protected StoreParts Parts { get; } = parts;

    protected WriteScope Scope { get; } = scope;

    /// <summary>The record as it was written; for removals as it was.</summary>
    public Record? Record { get; protected set; }

    /// <summary>
    /// A last check inside the write, after the rule: on the stored record, or on a new one after what the client may say of it. It may change what a
    /// client may not.
    /// </summary>
    public Func<WriteSession, Record, ValueTask<Fault?>>? Precondition { get; init; }

    /// <summary>More follows in the same session, so that this write must not be the last word of it.</summary>
    public bool MoreFollows { get; init; }

    /// <summary>It is one of many that are noted together.</summary>
    public bool IsOneOfMany { get; init; }

    /// <summary>The uploaded files; null when there are none.</summary>
    public FileWork? Files { get; init; }

    /// <summary>What takes long and needs no session: hashes and checks of passwords, and in a batch the bytes of files.</summary>
    public virtual ValueTask PrepareSlowAsync(CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>Rules and hooks. <paramref name="within"/> is the session of a batch; null means that readers are opened as needed.</summary>
    public abstract ValueTask<Fault?> PrepareAsync(ReadSession? within, CancellationToken stop);

    /// <summary>The write itself. An engine may run it anew when another write got in its way; then nothing of the first run was kept.</summary>
    public ValueTask<Fault?> CommitAsync(WriteSession session, CancellationToken stop)
    {
        news.Clear();
        owes = false;
        return StoreAsync(session, stop);
    }

    /// <summary>Tells the listeners, after the commit.</summary>
    public async ValueTask AnnounceAsync()
    {
        if (owes) Parts.Debts?.PaySoon();
        foreach (var (hook, e) in news)
        {
            // The work is done: a client that went away must not keep the listeners from hearing of it.
            var began = Scope.Facts.Journey?.Now ?? 0;
            await hook.AnnounceAsync(e, e.Record.Collection, Failed, CancellationToken.None);
            Scope.Facts.Journey?.Hooks(began, ReferenceEquals(hook, Parts.Events.Created) ? "created" : ReferenceEquals(hook, Parts.Events.Updated) ? "updated" : "deleted");
        }
    }

    /// <summary>Runs the whole write by itself.</summary>
    public async Task<Outcome<Record>> RunAsync(CancellationToken stop)
    {
        if (Files is not null) return await RunWithFilesAsync(Files, stop);
        if (await TryAsync(stop) is { } fault) return fault;
        await AnnounceAsync();
        return Record!;
    }

    /// <summary>What was uploaded is not going to be part of a record, or it is not known whether it is.</summary>
    public ValueTask DiscardFilesAsync() => Files?.DiscardAsync() ?? ValueTask.CompletedTask;

    // Others wait for a write, at least for its rows, so what a client can make large has an end. Superusers know what they do; the program itself takes its time.
    private TimeSpan? Longest => Scope.IsOwn ? null : Scope.Facts.Caller.IsSuperuser ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(10);

    /// <summary>What is written.</summary>
    protected abstract ValueTask<Fault?> StoreAsync(WriteSession session, CancellationToken stop);

    /// <summary>Whether this write is noted with one plan more.</summary>
    protected bool IsNoted => !IsOneOfMany && Parts.Journal.Keeps(Scope.Collection);

    /// <summary>Notes within the write what was done to a record.</summary>
    protected ValueTask NoteAsync(WriteSession session, RecordAct act, Record record, CancellationToken stop, bool last = false) =>
        !IsOneOfMany && Parts.Journal.Keeps(record.Collection) ? NoteAsync(session, Parts.Journal.Of(act, record, Scope.Facts), last, stop) : ValueTask.CompletedTask;

    /// <summary>Does the plan of a note, if there is one.</summary>
    internal static async ValueTask NoteAsync(WriteSession session, WritePlan? note, bool last, CancellationToken stop)
    {
        if (note is not null && await (last ? session.ExecuteLastAsync(note, stop) : session.ExecuteAsync(note, stop)) is { } refused) throw new DataException(refused);
    }

    protected void Tell(WriteSession session, RowAct act, Record record)
    {
        if (session.Notes)
        {
            session.Note(NotedRows.Of(act, record));
            Scope.Facts.Journey?.Live();
        }
        var hook = act switch { RowAct.Created => Parts.Events.Created, RowAct.Updated => Parts.Events.Updated, _ => Parts.Events.Deleted };
        if (hook.Listens(record.Collection)) news.Add((hook, new RecordEvent(record, Scope.Schema, Scope.Facts)));
    }

    protected async ValueTask<T> ReadAsync<T>(ReadSession? within, Func<ReadSession, ValueTask<T>> read, CancellationToken stop)
    {
        if (within is not null) return await read(within);
        using var session = await Parts.Engine.ReadAsync(stop);
        session.Follow(Scope.Facts.Journey);
        if (Longest is { } time) session.LimitTo(time);
        return await read(session);
    }

    /// <summary>Runs a hook, and notes it.</summary>
    protected async ValueTask<Fault?> HearAsync(RecordHook<WriteEvent> hook, string name, WriteEvent e, CancellationToken stop)
    {
        var began = Scope.Facts.Journey?.Now ?? 0;
        var refused = await hook.RunAsync(e, Scope.Collection, stop);
        Scope.Facts.Journey?.Hooks(began, name);
        return refused;
    }

    /// <summary>Notes when the rule refuses.</summary>
    protected async ValueTask<bool> NotedAsync(ValueTask<bool> holding)
    {
        var holds = await holding;
        if (!holds) Scope.Facts.Journey?.RuleRefused();
        return holds;
    }

    protected static async ValueTask<Fault?> ExecuteFurtherAsync(WriteSession session, IReadOnlyList<WritePlan> plans, CancellationToken stop)
    {
        foreach (var plan in plans)
        {
            if (await session.ExecuteAsync(plan, stop) is { } refusal) return RecordFaults.FurtherRefused(refusal);
        }
        return null;
    }

    /// <summary>Writes down, after the row itself, what is to happen to bytes of files; the fault when they cannot become part of the record.</summary>
    protected async ValueTask<Fault?> SettleFilesAsync(WriteSession session, Record record, List<string>? dropped, bool last, CancellationToken stop)
    {
        if (Files is not null && await Files.SettleAsync(session, record, dropped ??= [], stop) is { } fault) return fault;
        if (dropped is { Count: > 0 }) await OweAsync(session, dropped, stop, last);
        return null;
    }

    /// <summary>Writes down that bytes are to go.</summary>
    protected async ValueTask OweAsync(WriteSession session, List<string> keys, CancellationToken stop, bool last = false)
    {
        if (keys.Count == 0 || Parts.Debts is not { } debts) return;
        await debts.OweAsync(session, keys, stop, last);
        owes = true;
        if (Scope.Facts.Journey is not { } journey) return;
        foreach (var key in keys) journey.File(journey.Now, "remove", key[(key.LastIndexOf('/') + 1)..], -1);
    }

    private async ValueTask<Fault?> TryAsync(CancellationToken stop) =>
        await PrepareAsync(null, stop) ?? await Parts.Engine.WriteAsync(
            Scope.Schema,
            session =>
            {
                session.Follow(Scope.Facts.Journey);
                if (Longest is { } time) session.LimitTo(time);
                return CommitAsync(session, stop);
            },
            static fault => fault is null,
            stop);

    private async Task<Outcome<Record>> RunWithFilesAsync(FileWork files, CancellationToken stop)
    {
        Fault? fault;
        try
        {
            fault = await TryAsync(stop);
        }
        catch
        {
            await files.DiscardAsync();
            throw;
        }
        if (fault is not null)
        {
            await files.DiscardAsync();
            return fault;
        }
        await AnnounceAsync();
        return Record!;
    }

    /// <summary>Who may choose any password is told, for whoever looks after the app, that this one is easy to guess.</summary>
    protected void WarnOfPassword(Record record)
    {
        if (record.Collection.Name == Caller.SuperusersCollection && !Scope.Facts.IsProgram && RecordValidation.HasTrivialPassword(record)) RecordLog.TrivialPassword(Parts.Logger, record.GetText("email"));
    }

    private void Failed(Exception exception) => RecordLog.ListenerFailed(Parts.Logger, Scope.Collection.Name, exception);
}

internal static partial class RecordLog
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Error, Message = "A listener for records of {Collection} failed; the write itself is committed")]
    public static partial void ListenerFailed(ILogger logger, string collection, Exception exception);

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "The new password of the superuser {Email} is one of the first that others would guess")]
    public static partial void TrivialPassword(ILogger logger, string email);
}
