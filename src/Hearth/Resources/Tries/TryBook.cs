using System.Security.Cryptography;
using System.Text;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Resources.Tries;

/// <summary>How often something may be tried.</summary>
/// <param name="Scope">What, such as the code of an account from an address. Only its hash is stored.</param>
/// <param name="Most">How often.</param>
/// <param name="Window">Within which time.</param>
public sealed record TryLimit(string Scope, int Most, TimeSpan Window);

/// <summary>
/// Counts tries of what can be guessed, in the database, so that several nodes count together and a restart forgets nothing. Tries beyond a limit are not stored:
/// there is nothing to fill.
/// </summary>
public sealed class TryBook(Engine engine, TimeProvider clock)
{
    private const int RowsAtOnce = 500;

    // No window is longer.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly Collection Table = InternalTables.Tries;

    /// <summary>Notes a try under every limit. False, and nothing is noted, when it is one too many under any of them.</summary>
    public async ValueTask<bool> TakeAsync(IReadOnlyList<TryLimit> limits, CancellationToken stop) => await engine.WriteAsync(
        async session =>
        {
            var now = clock.GetUtcNow();
            foreach (var limit in limits)
            {
                var scope = HashOf(limit.Scope);
                await session.LockAsync("try " + scope, stop);
                var from = new BaseSource(Table);
                var recent = Filter.Both(StoredRows.TextIs(from, FieldOf("scope"), scope), Dated(from, CompareOperator.Greater, now - limit.Window));
                if (await session.CountAsync(new ReadPlan { From = from, Where = recent }, stop) >= limit.Most) return false;
            }
            foreach (var limit in limits)
            {
                var row = Record.New(Table);
                row["scope"] = FieldValue.Text(HashOf(limit.Scope));
                row["created"] = FieldValue.Text(DateText.Of(now));
                if (await session.ExecuteAsync(row.ToInsert(), stop) is { } refused) throw new DataException(refused);
            }
            return true;
        },
        static taken => taken,
        stop);

    /// <summary>Forgets tries that count no more.</summary>
    public async ValueTask TidyAsync(CancellationToken stop)
    {
        var plan = StoredRows.Plan(Table, from => Dated(from, CompareOperator.Less, clock.GetUtcNow() - Longest), RowsAtOnce);
        int removed;
        do
        {
            removed = await engine.WriteAsync(
                async session =>
                {
                    var old = await StoredRows.ListAsync(session, plan, stop);
                    foreach (var row in old) await session.ExecuteAsync(new DeleteRow(Table, row.Id), stop);
                    return old.Count;
                },
                null,
                stop);
        }
        while (removed == RowsAtOnce);
    }

    private static Compare Dated(BaseSource from, CompareOperator how, DateTimeOffset instant) =>
        new(new Column(from, FieldOf("created")), how, new Literal(FieldValue.Text(DateText.Of(instant))), false);

    private static string HashOf(string scope) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(scope)));

    private static Field FieldOf(string name) => Table.FindField(name) ?? throw new InvalidOperationException($"{Table.Name} has no field {name}.");
}
