using Hearth.Basics;
using Hearth.Data;
using Hearth.Data.News;
using Hearth.Planning;
using Hearth.Records.Files;
using Hearth.Schema;

namespace Hearth.Records.Writing;

/// <summary>Adds one record (contract 6.3).</summary>
internal sealed class CreateWrite(StoreParts parts, WriteScope scope, Submission submission) : RecordWrite(parts, scope)
{
    private IReadOnlyList<SubmittedValue> submitted = [];
    private IReadOnlyList<WritePlan> further = [];
    private RequestFacts facts = scope.Facts;
    private FieldValue[]? virtualRow;
    private bool manages;
    private bool sessionIsShared;
    private bool idWasGiven;
    private string idOfFiles = "";

    /// <summary>Passwords that were hashed before; a bulk write shares one.</summary>
    public PasswordWork Passwords { get; init; } = new(parts.Passwords);

    public override async ValueTask PrepareSlowAsync(CancellationToken stop)
    {
        if (RecordRules.Gate(Scope.Facts.Caller, Scope.Collection, RecordActions.Create) is not null) return;
        var sent = submission.For(Scope.Collection, Scope.WritesHidden);
        await Passwords.HashAsync(sent, stop);
        if (Files is null) return;
        // Bytes are kept under the id, so it is drawn before the session is there.
        var draft = Draft(sent);
        RecordFilling.Generate(draft);
        idOfFiles = draft.Id;
        await StoreFilesAsync(Files, draft, stop);
    }

    public override async ValueTask<Fault?> PrepareAsync(ReadSession? within, CancellationToken stop)
    {
        var collection = Scope.Collection;
        if (collection.Type == CollectionType.View) return RecordFaults.UnsupportedType;
        if (RecordRules.Gate(Scope.Facts.Caller, collection, RecordActions.Create) is { } closed) return closed;
        sessionIsShared = within is not null;
        submitted = submission.For(collection, Scope.WritesHidden);
        var record = Record = Draft(submitted);
        if (await CheckRulesAsync(within, stop) is { } refusal) return refusal;
        idWasGiven = record.Id.Length > 0;
        if (idOfFiles.Length > 0) record["id"] = FieldValue.Text(idOfFiles);
        RecordFilling.Generate(record);
        RecordFilling.Date(record, DateText.Of(Parts.Clock.GetUtcNow()));
        if (Parts.Events.Creating.Listens(collection))
        {
            var e = new WriteEvent(record, Scope.Schema, facts);
            if (await HearAsync(Parts.Events.Creating, "creating", e, stop) is { } refused) return refused;
            further = e.Further;
        }
        await Passwords.HashAsync(record, stop);
        if (Files is not null && within is null) await StoreFilesAsync(Files, record, stop);
        return null;
    }

    protected override async ValueTask<Fault?> StoreAsync(WriteSession session, CancellationToken stop)
    {
        var record = Record!;
        if (!sessionIsShared && virtualRow is not null && !await HoldsAsync(session, stop)) return RecordFaults.CreateFailed();
        var faults = new FaultMap();
        if (!Scope.IsOwn) AccountRules.Check(record, submission, manages, true, faults);
        // Nobody looks at the fields of an account before it is clear who may set its password.
        if (!faults.IsEmpty) return RecordFaults.CreateFailed(faults);
        if (Precondition is not null && await Precondition(session, record) is { } unmet) return unmet;
        Files?.Check(faults);
        AccountRules.Complete(record);
        WarnOfPassword(record);
        RecordValidation.CheckValues(record, Scope.Facts, faults);
        await Passwords.StoreAsync(record, faults, stop);
        await RecordValidation.CheckStoredAsync(session, Scope.Schema, record, idWasGiven, faults, stop);
        if (!faults.IsEmpty) return RecordFaults.CreateFailed(faults);
        var insert = new InsertRow(Scope.Collection, record.Values);
        var isLast = !sessionIsShared && !MoreFollows && !session.Notes && further.Count == 0 && Files is null && !AccountRules.RetiresInstaller(record);
        if (await (isLast && !IsNoted ? session.ExecuteLastAsync(insert, stop) : session.ExecuteAsync(insert, stop)) is { } refusal) return RecordFaults.Refused(refusal, isNew: true);
        if (Files is not null && await SettleFilesAsync(session, record, null, last: false, stop) is { } unsettled) return unsettled;
        await NoteAsync(session, RecordAct.Created, record, stop, isLast);
        await AccountRules.RetireInstallerAsync(session, record, stop);
        Tell(session, RowAct.Created, record);
        return await ExecuteFurtherAsync(session, further, stop);
    }

    private Record Draft(IReadOnlyList<SubmittedValue> sent)
    {
        var record = Record.New(Scope.Collection);
        (record.Sent, record.Uploads) = (sent, submission.Uploads);
        RecordFilling.Apply(record, sent);
        return record;
    }

    // What is certain to be refused is not worth the bytes.
    private ValueTask StoreFilesAsync(FileWork files, Record record, CancellationToken stop)
    {
        var faults = new FaultMap();
        files.Check(faults);
        RecordValidation.CheckValues(record, Scope.Facts, faults);
        return faults.IsEmpty ? files.StoreAsync(record.Id, stop) : ValueTask.CompletedTask;
    }

    private async ValueTask<Fault?> CheckRulesAsync(ReadSession? within, CancellationToken stop)
    {
        var collection = Scope.Collection;
        var caller = Scope.Facts.Caller;
        manages = RecordRules.Manages(caller, collection) ?? false;
        var asksManage = RecordRules.Manages(caller, collection) is null;
        if (RecordRules.Applies(caller, collection.CreateRule)) virtualRow = RecordFilling.VirtualRow(Record!);
        else if (!asksManage) return null;
        var row = virtualRow ?? RecordFilling.VirtualRow(Record!);
        facts = submission.Seen(facts, Record!, Scope.WritesHidden);
        return await ReadAsync<Fault?>(within, async session =>
        {
            if (virtualRow is not null && !await HoldsAsync(session, stop)) return RecordFaults.CreateFailed();
            if (asksManage) manages = await RecordRules.HoldsAsync(session, Scope.Schema, facts, collection, row, collection.Auth!.ManageRule!, stop);
            return null;
        }, stop);
    }

    private ValueTask<bool> HoldsAsync(ReadSession session, CancellationToken stop) =>
        NotedAsync(RecordRules.HoldsAsync(session, Scope.Schema, facts, Scope.Collection, virtualRow!, Scope.Collection.CreateRule!, stop));
}
