using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Deleting;
using Hearth.Records.Files;
using Hearth.Records.Writing;
using Hearth.Schema;
using Microsoft.Extensions.Logging;

namespace Hearth.Records;

/// <summary>
/// Creates, changes and removes records with everything that belongs to it: rules of the caller, hooks, modifiers, validation, passwords,
/// dates, cascades, and the news after the commit. It knows nothing of HTTP; jobs, hooks and the command line use it as the API does.
/// One object for the life of an app; safe for any number of callers at once.
/// </summary>
public sealed class RecordStore
{
    private readonly StoreParts parts;

    /// <summary>Makes the store of an app. Without <paramref name="debts"/> it has no place for files.</summary>
    public RecordStore(Engine engine, RecordEvents events, PasswordHashing passwords, TimeProvider clock, ILogger<RecordStore> logger, RecordJournal? journal = null, FileDebts? debts = null) =>
        Proof = new OwnerProof(parts = new StoreParts(engine, events, passwords, clock, logger, journal ?? new RecordJournal(), debts));

    /// <summary>Where an app's own code joins in.</summary>
    public RecordEvents Events => parts.Events;

    /// <summary>The database.</summary>
    public Engine Engine => parts.Engine;

    /// <summary>Asks whether an account is really whose it says.</summary>
    internal OwnerProof Proof { get; }

    /// <summary>Adds a record. Returns it as stored, or the fault of the contract (section 6.3).</summary>
    /// <param name="schema">The schema of the request.</param>
    /// <param name="collection">Where to.</param>
    /// <param name="submission">What was sent.</param>
    /// <param name="facts">Who asks; <see cref="RequestFacts.None"/> for the program itself. Its body is taken from the submission.</param>
    /// <param name="stop">Ends the wait; what is committed stays.</param>
    public Task<Outcome<Record>> CreateAsync(SchemaSnapshot schema, Collection collection, Submission submission, RequestFacts facts, CancellationToken stop = default) =>
        Create(schema, collection, submission, facts).RunAsync(stop);

    /// <summary>Changes a record. Returns it as stored, or the fault of the contract (section 6.4).</summary>
    public Task<Outcome<Record>> UpdateAsync(SchemaSnapshot schema, Collection collection, string id, Submission submission, RequestFacts facts, CancellationToken stop = default) =>
        Update(schema, collection, id, submission, facts).RunAsync(stop);

    /// <summary>Removes a record with its cascades. Returns it as it was, or the fault of the contract (section 6.5).</summary>
    public Task<Outcome<Record>> DeleteAsync(SchemaSnapshot schema, Collection collection, string id, RequestFacts facts, CancellationToken stop = default) =>
        Delete(schema, collection, id, facts).RunAsync(stop);

    /// <summary>
    /// Writes many rows in one transaction, as the program itself: no rules, but everything else. A refused row does not hold up the others;
    /// the results stand in the order of the rows. Some hundred rows at a time keep the writer free for others in between.
    /// </summary>
    /// <param name="schema">The present schema.</param>
    /// <param name="collection">Where to; views are refused row by row.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="key">Name of a field that tells which record a row is: one whose value is stored already changes that record. Null: every row adds a record.</param>
    /// <param name="facts">Who asked for it, for the audit log; null is the program itself. Either way no rules hold.</param>
    /// <param name="stop">Ends the wait; nothing of the rows is kept unless the commit was reached.</param>
    public async Task<IReadOnlyList<BulkResult>> WriteManyAsync(
        SchemaSnapshot schema, Collection collection, IReadOnlyList<Submission> rows, string? key = null, RequestFacts? facts = null, CancellationToken stop = default)
    {
        var field = key is null ? null : collection.FindField(key) ?? throw new ArgumentException($"Collection {collection.Name} has no field {key}.", nameof(key));
        var scope = new WriteScope(schema, collection, (facts ?? RequestFacts.None) with { Caller = Caller.System, Now = parts.Clock.GetUtcNow() });
        return await new BulkWrite(parts, scope, field).RunAsync(rows, stop);
    }

    /// <summary>Removes every record of a collection with cascades and hooks, in one transaction. Null when done, else the fault of the contract (section 4.6).</summary>
    public Task<Fault?> TruncateAsync(SchemaSnapshot schema, Collection collection, RequestFacts facts, CancellationToken stop = default) =>
        new Truncation(parts, new WriteScope(schema, collection, facts)).TruncateAsync(stop);

    /// <summary>The record of an id with all its values whatever the rules say, or null.</summary>
    public async ValueTask<Record?> FindAsync(Collection collection, string id, CancellationToken stop = default)
    {
        using var session = await Engine.ReadOnceAsync(stop);
        return await StoredRows.FindAsync(session, collection, id, stop);
    }

    /// <summary>The first record whose field has a text, with all its values whatever the rules say, or null.</summary>
    public async ValueTask<Record?> FindByAsync(Collection collection, string field, string text, CancellationToken stop = default)
    {
        var named = collection.FindField(field) ?? throw new ArgumentException($"Collection {collection.Name} has no field {field}.", nameof(field));
        using var session = await Engine.ReadOnceAsync(stop);
        var found = await StoredRows.ListAsync(session, StoredRows.Plan(collection, from => StoredRows.TextIs(from, named, text), 1), stop);
        return found.Count == 0 ? null : found[0];
    }

    internal static ValueTask<bool> ExistsAsync(ReadSession session, Collection collection, string id, CancellationToken stop) =>
        StoredRows.ExistsAsync(session, collection, id, stop);

    internal RecordWrite Create(
        SchemaSnapshot schema, Collection collection, Submission submission, RequestFacts facts, Func<WriteSession, Record, ValueTask<Fault?>>? precondition = null, bool moreFollows = false)
    {
        var scope = new WriteScope(schema, collection, facts);
        return new CreateWrite(parts, scope, submission) { Precondition = precondition, MoreFollows = moreFollows, Files = FileWork.Of(parts, scope, submission) };
    }

    internal RecordWrite Update(
        SchemaSnapshot schema, Collection collection, string id, Submission submission, RequestFacts facts, Func<WriteSession, Record, ValueTask<Fault?>>? precondition = null,
        bool moreFollows = false, RecordWrite? sameFilesAs = null)
    {
        var scope = new WriteScope(schema, collection, facts);
        return new UpdateWrite(parts, scope, id, submission) { Precondition = precondition, MoreFollows = moreFollows, Files = sameFilesAs?.Files ?? FileWork.Of(parts, scope, submission) };
    }

    internal RecordWrite Delete(
        SchemaSnapshot schema, Collection collection, string id, RequestFacts facts, Func<WriteSession, Record, ValueTask<Fault?>>? precondition = null) =>
        new DeleteWrite(parts, new WriteScope(schema, collection, facts), id) { Precondition = precondition };
}
