using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.Sessions;

/// <summary>Makes the session of a sign-in: the row that its tokens need to be there.</summary>
internal sealed class SessionStart(TimeProvider clock)
{
    // More than any person or fleet of devices has; it keeps a program that signs in for each of its requests from filling the table.
    private const int MostOfOne = 1000;

    /// <summary>Begins a session of a record within a write and returns its id, to be put into the token. Each record keeps its 1,000 last used.</summary>
    /// <param name="session">The write that the sign-in is kept with.</param>
    /// <param name="exchange">The request that signs in: where it comes from, and from which device.</param>
    /// <param name="record">Who signs in.</param>
    /// <param name="method">How, such as <c>password</c>.</param>
    /// <param name="stop">Gives up.</param>
    public async ValueTask<string> BeginAsync(WriteSession session, Exchange exchange, Record record, string method, CancellationToken stop)
    {
        if (exchange.Schema.Find(FactorTables.Sessions) is not { } sessions || record.Collection.Auth is not { } auth) return "";
        var now = clock.GetUtcNow();
        var place = Place.Of(exchange);
        var row = SystemRecords.New(sessions, record, now);
        row["method"] = FieldValue.Text(method);
        row["ip"] = FieldValue.Text(place.Address);
        row["userAgent"] = FieldValue.Text(place.Agent);
        row["device"] = FieldValue.Text(DeviceText.Of(place.Agent));
        row["lastUsed"] = FieldValue.Text(DateText.Of(now));
        row["expires"] = FieldValue.Text(DateText.Of(now.AddSeconds(auth.AuthToken.Duration)));
        foreach (var old in await OldestAsync(session, sessions, record, stop)) await SystemRecords.RemoveAsync(session, old, stop);
        if (await session.ExecuteAsync(row.ToInsert(), stop) is { } refused) throw new DataException(refused);
        return row.Id;
    }

    private static ValueTask<List<Record>> OldestAsync(ReadSession session, Collection sessions, Record owner, CancellationToken stop)
    {
        var plan = StoredRows.Plan(sessions, from => SystemRecords.BelongTo(from, owner.Collection, owner.Id), MostOfOne);
        var lastUsed = sessions.Fields[sessions.OrdinalOf("lastUsed")];
        return StoredRows.ListAsync(session, plan with { Sort = [new SortKey(new Column(plan.From, lastUsed), Descending: true)], Offset = MostOfOne - 1 }, stop);
    }
}
