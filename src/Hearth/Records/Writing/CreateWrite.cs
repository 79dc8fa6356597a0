using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
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

    /// <summary>Passwords that were hashed before; a bulk write shares one.</summary>
    public PasswordWork Passwords { get; init; } = new(parts.Passwords);

    public override ValueTask PrepareSlowAsync(CancellationToken stop) => RecordRules.Gate(Scope.Facts.Caller, Scope.Collection, RecordActions.Create) is null
        ? Passwords.HashAsync(submission.For(Scope.Collection, Scope.WritesHidden), stop)
        : ValueTask.CompletedTask;

    public override async ValueTask<Fault?> PrepareAsync(ReadSession? within, CancellationToken stop)
    {
        var collection = Scope.Collection;
        if (collection.Type == CollectionType.View) return RecordFaults.UnsupportedType;
        if (RecordRules.Gate(Scope.Facts.Caller, collection, RecordActions.Create) is { } closed) return closed;
        sessionIsShared = within is not null;
        submitted = submission.For(collection, Scope.WritesHidden);
        var record = Record = Record.New(collection);
        record.Sent = submitted;
        RecordFilling.Apply(record, submitted);
        if (await CheckRulesAsync(within, stop) is { } refusal) return refusal;
        idWasGiven = record.Id.Length > 0;
        RecordFilling.Generate(record);
        RecordFilling.Date(record, DateText.Of(Parts.Clock.GetUtcNow()));
        if (Parts.Events.Creating.Listens(collection))
        {
            var e = new WriteEvent(record, Scope.Schema, facts);
            if (await Parts.Events.Creating.RunAsync(e, collection, stop) is { } refused) return refused;
            further = e.Further;
        }
        await Passwords.HashAsync(record, stop);
        return null;
    }

    protected override async ValueTask<Fault?> StoreAsync(WriteSession session, CancellationToken stop)
    {
        var record = Record!;
        if (!sessionIsShared && virtualRow is not null && !await HoldsAsync(session, stop)) return RecordFaults.CreateFailed();
        var faults = new FaultMap();
        if (!Scope.IsOwn) AccountRules.Check(record, submission, manages, true, faults);
        if (Precondition is not null && await Precondition(session, record) is { } unmet) return unmet;
        RecordValidation.CheckUploads(Scope.Collection, submission, faults);
        AccountRules.Complete(record);
        RecordValidation.CheckValues(record, Scope.Facts.IsProgram, faults);
        await Passwords.StoreAsync(record, faults, stop);
        await RecordValidation.CheckStoredAsync(session, Scope.Schema, record, idWasGiven, faults, stop);
        if (!faults.IsEmpty) return RecordFaults.CreateFailed(faults);
        var insert = new InsertRow(Scope.Collection, record.Values);
        var isLast = !sessionIsShared && !MoreFollows && further.Count == 0 && !AccountRules.RetiresInstaller(record);
        if (await (isLast && !IsNoted ? session.ExecuteLastAsync(insert, stop) : session.ExecuteAsync(insert, stop)) is { } refusal) return RecordFaults.Refused(refusal, isNew: true);
        await NoteAsync(session, RecordAct.Created, record, stop, isLast);
        await AccountRules.RetireInstallerAsync(session, record, stop);
        Tell(Parts.Events.Created, record);
        return await ExecuteFurtherAsync(session, further, stop);
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
        facts = facts with { Body = submission.Resolved(Record!, Scope.WritesHidden) };
        return await ReadAsync<Fault?>(within, async session =>
        {
            if (virtualRow is not null && !await HoldsAsync(session, stop)) return RecordFaults.CreateFailed();
            if (asksManage) manages = await RecordRules.HoldsAsync(session, Scope.Schema, facts, collection, row, collection.Auth!.ManageRule!, stop);
            return null;
        }, stop);
    }

    private ValueTask<bool> HoldsAsync(ReadSession session, CancellationToken stop) =>
        RecordRules.HoldsAsync(session, Scope.Schema, facts, Scope.Collection, virtualRow!, Scope.Collection.CreateRule!, stop);
}
