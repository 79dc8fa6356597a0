using Hearth.Basics;
using Hearth.Data;
using Hearth.Data.News;
using Hearth.Planning;
using Hearth.Records.Files;
using Hearth.Schema;

namespace Hearth.Records.Writing;

/// <summary>
/// Changes one record (contract 6.4). What was submitted is applied to the row as it stands inside the write, so that modifiers of
/// requests at the same time all count; changes by hooks, which ran before on a preview, are laid over it.
/// </summary>
internal sealed class UpdateWrite(StoreParts parts, WriteScope scope, string id, Submission submission) : RecordWrite(parts, scope)
{
    private readonly IReadOnlyList<SubmittedValue> submitted = submission.For(scope.Collection, scope.WritesHidden);
    private IReadOnlyList<WritePlan> further = [];
    private List<(int Ordinal, FieldValue Value)>? laidOver;
    private bool sessionIsShared;
    private Fault? guessed;

    /// <summary>Passwords that were hashed before; a bulk write shares one.</summary>
    public PasswordWork Passwords { get; init; } = new(parts.Passwords);

    public override async ValueTask PrepareSlowAsync(CancellationToken stop)
    {
        if ((!SendsPassword && Files is null) || RecordRules.Gate(Scope.Facts.Caller, Scope.Collection, RecordActions.Update) is not null) return;
        // Nothing has looked at this id yet: what no record can have must not become a part of a key.
        if (Files is not null && FileKeys.IsPart(id)) await StoreFilesAsync(Files, null, stop);
        await Passwords.HashAsync(submitted, stop);
        if (OldPassword.Length == 0) return;
        // Only who may change the account may try its password.
        var stored = await ReadAsync(null, async session =>
        {
            if (await StoredRows.FindAsync(session, Scope.Collection, id, stop) is not { } record) return null;
            Fill(record);
            return await HoldsAsync(session, record, stop) && !await ManagesAsync(session, record, stop) ? record : null;
        }, stop);
        if (stored is not null) guessed = await VerifyOldAsync(stored, stop);
    }

    public override async ValueTask<Fault?> PrepareAsync(ReadSession? within, CancellationToken stop)
    {
        var collection = Scope.Collection;
        sessionIsShared = within is not null;
        if (collection.Type == CollectionType.View) return RecordFaults.UnsupportedType;
        if (RecordRules.Gate(Scope.Facts.Caller, collection, RecordActions.Update) is { } closed) return closed;
        if (guessed is not null) return guessed;
        var hooked = Parts.Events.Updating.Listens(collection);
        var ruled = within is null && RecordRules.Applies(Scope.Facts.Caller, collection.UpdateRule);
        // Without a rule, a hook, a password or a file there is nothing to learn before the write itself reads the row.
        if (!hooked && !ruled && !SendsPassword && Files is null) return null;
        var provesOwner = false;
        Record? preview = null;
        var refusal = await ReadAsync<Fault?>(within, async session =>
        {
            preview = await StoredRows.FindAsync(session, collection, id, stop);
            if (preview is null) return RecordFaults.NotFound;
            Fill(preview);
            if (!await HoldsAsync(session, preview, stop)) return RecordFaults.NotFound;
            provesOwner = within is null && OldPassword.Length > 0 && !await ManagesAsync(session, preview, stop);
            return null;
        }, stop);
        if (refusal is not null) return refusal;
        if (hooked && await RunHookAsync(preview!, stop) is { } refused) return refused;
        if (provesOwner && await VerifyOldAsync(preview!, stop) is { } tooMany) return tooMany;
        await Passwords.HashAsync(preview!, stop);
        if (Files is not null && within is null) await StoreFilesAsync(Files, preview, stop);
        return null;
    }

    protected override async ValueTask<Fault?> StoreAsync(WriteSession session, CancellationToken stop)
    {
        var collection = Scope.Collection;
        var record = Record = await StoredRows.FindAsync(session, collection, id, stop);
        if (record is null) return RecordFaults.NotFound;
        Fill(record);
        if (!await HoldsAsync(session, record, stop)) return RecordFaults.NotFound;
        if (Precondition is not null && await Precondition(session, record) is { } unmet) return unmet;
        var manages = await ManagesAsync(session, record, stop);
        foreach (var (ordinal, value) in laidOver ?? []) record[ordinal] = value;

        var faults = new FaultMap();
        if (!Scope.IsOwn) AccountRules.Check(record, submission, manages, Passwords.IsVerified(StoredHash(record)), faults);
        if (!faults.IsEmpty) return RecordFaults.UpdateFailed(faults);
        if (!Scope.IsOwn && AccountRules.IsBlankPassword(record, submission)) faults.Add("password", FieldFault.Required);
        Files?.Check(faults);
        AccountRules.Complete(record);
        WarnOfPassword(record);
        RecordValidation.CheckValues(record, Scope.Facts, faults);
        await Passwords.StoreAsync(record, faults, stop);
        await RecordValidation.CheckStoredAsync(session, Scope.Schema, record, idWasGiven: false, faults, stop);
        if (!faults.IsEmpty) return RecordFaults.UpdateFailed(faults);
        await AccountRules.ForgetAsync(session, Scope.Schema, record, stop);
        var changes = record.Changes();
        var isLast = !sessionIsShared && !MoreFollows && !session.Notes && further.Count == 0;
        var dropped = FileKeys.Dropped(record);
        var settles = dropped is not null || Files is not null;
        var update = new UpdateRow(collection, id, changes);
        if (!changes.IsEmpty && await (isLast && !IsNoted && !settles ? session.ExecuteLastAsync(update, stop) : session.ExecuteAsync(update, stop)) is { } refusal) return RecordFaults.Refused(refusal, isNew: false);
        if (settles && await SettleFilesAsync(session, record, dropped, isLast && !IsNoted && Files is null, stop) is { } unsettled) return unsettled;
        await NoteAsync(session, RecordAct.Updated, record, stop, isLast);
        Tell(session, RowAct.Updated, record);
        return await ExecuteFurtherAsync(session, further, stop);
    }

    // What is certain to be refused is not worth the bytes. In a batch the record is not known yet.
    private ValueTask StoreFilesAsync(FileWork files, Record? preview, CancellationToken stop)
    {
        var faults = new FaultMap();
        files.Check(faults);
        if (preview is not null) RecordValidation.CheckValues(preview, Scope.Facts, faults);
        return faults.IsEmpty ? files.StoreAsync(id, stop) : ValueTask.CompletedTask;
    }

    private ValueTask<Fault?> VerifyOldAsync(Record stored, CancellationToken stop) => Passwords.VerifyOldAsync(
        StoredHash(stored), () => new OwnerProof(Parts).CompareAsync(Scope.Schema, stored, OldPassword, Scope.Facts, stop));

    private bool SendsPassword => submission.Text("password").Length > 0 || submitted.Any(static s => s.Field.Type == FieldType.Password);

    private string OldPassword => Scope.Collection.Type == CollectionType.Auth ? submission.Text("oldPassword") : "";

    private static string StoredHash(Record record) => record.Collection.Type == CollectionType.Auth ? record.Original("password").AsText : "";

    private void Fill(Record record)
    {
        (record.Sent, record.Uploads) = (submitted, submission.Uploads);
        RecordFilling.Apply(record, submitted);
        RecordFilling.Date(record, DateText.Of(Parts.Clock.GetUtcNow()));
    }

    private ValueTask<bool> HoldsAsync(ReadSession session, Record record, CancellationToken stop) => RecordRules.Applies(Scope.Facts.Caller, Scope.Collection.UpdateRule)
        ? NotedAsync(RecordRules.HoldsAsync(session, Scope.Schema, FactsOf(record), Scope.Collection, id, Scope.Collection.UpdateRule!, stop))
        : ValueTask.FromResult(true);

    private async ValueTask<bool> ManagesAsync(ReadSession session, Record record, CancellationToken stop)
    {
        if (Scope.Collection.Type != CollectionType.Auth) return false;
        return RecordRules.Manages(Scope.Facts.Caller, Scope.Collection)
            ?? await RecordRules.HoldsAsync(session, Scope.Schema, FactsOf(record), Scope.Collection, id, Scope.Collection.Auth!.ManageRule!, stop);
    }

    private RequestFacts FactsOf(Record record) => submission.Seen(Scope.Facts, record, Scope.WritesHidden);

    private async ValueTask<Fault?> RunHookAsync(Record preview, CancellationToken stop)
    {
        var before = preview.CopyValues();
        var e = new WriteEvent(preview, Scope.Schema, FactsOf(preview));
        if (await HearAsync(Parts.Events.Updating, "updating", e, stop) is { } refused) return refused;
        for (var i = 0; i < before.Length; i++)
        {
            if (preview[i] != before[i]) (laidOver ??= []).Add((i, preview[i]));
        }
        further = e.Further;
        return null;
    }
}
