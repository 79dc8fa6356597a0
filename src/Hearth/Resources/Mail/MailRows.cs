using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Resources.Mail;

/// <summary>The rows of <c>_mails</c>: what is to be sent, and what became of it.</summary>
internal sealed class MailRows(Func<SchemaSnapshot> schema, TimeProvider clock)
{
    /// <summary>The signal that there is something new.</summary>
    public const string Topic = "mail";

    public const string Waiting = "waiting";
    public const string Sent = "sent";
    public const string Failed = "failed";

    /// <summary>There was nothing to send; kept as long as it counts for a limit.</summary>
    public const string Unneeded = "unneeded";

    private const int RowsAtOnce = 500;

    // Long enough to look up what became of a mail, short enough for what tells who wrote to whom.
    private static readonly TimeSpan KeepSent = TimeSpan.FromDays(3);
    private static readonly TimeSpan KeepFailed = TimeSpan.FromDays(30);

    private Collection Table => schema().Find(MailCollection.Name) ?? throw new InvalidOperationException("There is no collection of mails.");

    private string Now => DateText.Of(clock.GetUtcNow());

    /// <summary>Adds an order and returns its id.</summary>
    public async ValueTask<string> AddAsync(WriteSession session, MailOrder order, string? key, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var row = Record.New(Table);
        row["id"] = FieldValue.Text(order.Id.Length > 0 ? order.Id : RandomText.RecordId());
        row["kind"] = FieldValue.Text(order.Kind);
        row["to"] = FieldValue.Text(order.To);
        row["collectionRef"] = FieldValue.Text(order.CollectionId);
        row["recordRef"] = FieldValue.Text(order.RecordId);
        row["state"] = FieldValue.Text(Waiting);
        row["due"] = row["created"] = row["updated"] = FieldValue.Text(DateText.Of(now));
        row["expires"] = FieldValue.Text(DateText.Of(now + order.Lifetime));
        row["key"] = FieldValue.Text(key ?? "");
        row["data"] = FieldValue.Json(JsonSerializer.Serialize(new Dictionary<string, string>(order.Data), MailJson.Default.DictionaryStringString));
        await RunAsync(session, row.ToInsert(), stop);
        session.Tell(Topic, "");
        return row.Id;
    }

    /// <summary>How many of a key were ordered within the last time, and the id of the latest.</summary>
    public async ValueTask<(int Count, string Latest)> CountAsync(WriteSession session, string key, TimeSpan window, CancellationToken stop)
    {
        var since = DateText.Of(clock.GetUtcNow() - window);
        var plan = Plan(from => Filter.Both(Is(from, "key", key), Compare(from, "created", CompareOperator.Greater, since)), null, "created");
        var found = await StoredRows.ListAsync(session, plan, stop);
        return (found.Count(row => row.GetText("state") != Failed), found.Count == 0 ? "" : found[^1].Id);
    }

    /// <summary>Whether any mail is due.</summary>
    public async ValueTask<bool> AnyDueAsync(Engine engine, CancellationToken stop)
    {
        using var session = await engine.ReadOnceAsync(stop);
        return await session.AnyAsync(Due(1), stop);
    }

    /// <summary>
    /// Takes some that are due, the oldest first. Each is due again after a pause from now on, so that it is tried again should this process die.
    /// </summary>
    public async ValueTask<IReadOnlyList<TakenMail>> TakeAsync(WriteSession session, int most, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var taken = new List<TakenMail>();
        foreach (var row in await StoredRows.ListAsync(session, Due(most), stop))
        {
            var tries = (int)row.GetNumber("tries") + 1;
            row["tries"] = FieldValue.Number(tries);
            row["due"] = FieldValue.Text(DateText.Of(now + MailPauses.After(tries)));
            await RunAsync(session, row.ToUpdate(), stop);
            taken.Add(new TakenMail(OrderOf(row), tries, row.GetDate("expires") is not { } expires || expires <= now));
        }
        return taken;
    }

    /// <summary>Notes what became of a mail. What it was made from is forgotten unless it is tried again.</summary>
    public async ValueTask NoteAsync(WriteSession session, MailOrder order, string state, string reason, MailMessage? message, CancellationToken stop)
    {
        if (await StoredRows.FindAsync(session, Table, order.Id, stop) is not { } row) return; // taken out by somebody, or gone with its account
        row["state"] = FieldValue.Text(state);
        row["reason"] = FieldValue.Text(reason);
        row["updated"] = FieldValue.Text(Now);
        if (state != Waiting) row["data"] = FieldValue.Json("null");
        if (message is not null)
        {
            row["to"] = FieldValue.Text(message.To.Text);
            row["subject"] = FieldValue.Text(message.Subject);
            if (message.Account is { } account) (row["collectionRef"], row["recordRef"]) = (FieldValue.Text(account.Collection.Id), FieldValue.Text(account.Id));
        }
        await RunAsync(session, row.ToUpdate(), stop);
    }

    public ValueTask RemoveAsync(WriteSession session, string id, CancellationToken stop) => RunAsync(session, new DeleteRow(Table, id), stop);

    /// <summary>Removes what was kept long enough.</summary>
    public async ValueTask TidyAsync(Engine engine, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await RemoveAsync(engine, Sent, "updated", now - KeepSent, stop);
        await RemoveAsync(engine, Failed, "updated", now - KeepFailed, stop);
        await RemoveAsync(engine, Unneeded, "expires", now, stop);
    }

    private async ValueTask RemoveAsync(Engine engine, string state, string date, DateTimeOffset before, CancellationToken stop)
    {
        var plan = Plan(from => Filter.Both(Is(from, "state", state), Compare(from, date, CompareOperator.Less, DateText.Of(before))), RowsAtOnce, "created");
        int removed;
        do
        {
            removed = await engine.WriteAsync(
                async session =>
                {
                    var old = await StoredRows.ListAsync(session, plan, stop);
                    foreach (var row in old) await RemoveAsync(session, row.Id, stop);
                    return old.Count;
                },
                null,
                stop);
        }
        while (removed == RowsAtOnce);
    }

    private ReadPlan Due(int most) =>
        Plan(from => Filter.Both(Is(from, "state", Waiting), Compare(from, "due", CompareOperator.LessOrEqual, Now)), most, "due");

    private static MailOrder OrderOf(Record row) => new(row.GetText("kind"))
    {
        Id = row.Id,
        To = row.GetText("to"),
        CollectionId = row.GetText("collectionRef"),
        RecordId = row.GetText("recordRef"),
        Created = row.GetDate("created") ?? default,
        Data = JsonSerializer.Deserialize(row["data"].AsJson, MailJson.Default.DictionaryStringString) ?? [],
    };

    private ReadPlan Plan(Func<BaseSource, Filter?> where, int? limit, string sort)
    {
        var plan = StoredRows.Plan(Table, where, limit);
        return plan with { Sort = [new SortKey(new Column(plan.From, FieldOf(sort)), false)] };
    }

    private Filter Is(BaseSource from, string field, string value) => StoredRows.TextIs(from, FieldOf(field), value);

    private Compare Compare(BaseSource from, string field, CompareOperator how, string value) => new(new Column(from, FieldOf(field)), how, new Literal(FieldValue.Text(value)), false);

    private Field FieldOf(string name) => Table.FindField(name) ?? throw new InvalidOperationException($"{MailCollection.Name} has no field {name}.");

    private static async ValueTask RunAsync(WriteSession session, WritePlan plan, CancellationToken stop)
    {
        if (await session.ExecuteAsync(plan, stop) is { } refused) throw new DataException(refused);
    }
}
