using Hearth.Basics;
using Hearth.Data;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Records.Writing;

/// <summary>
/// Bounds the guessing of what has few possibilities, for each record and wherever the guesses come from, on every node: after five wrong ones none is looked
/// at for five minutes, after five more for ten, and so on, up to a day. A right one forgets them. It runs inside of the write that checks the guess.
/// </summary>
/// <param name="schema">Of the request.</param>
/// <param name="owner">Whose factor is guessed.</param>
/// <param name="kind">What is guessed, such as <c>totp</c>.</param>
internal sealed class Attempts(SchemaSnapshot schema, Record owner, string kind)
{
    private const int Free = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly Collection table = schema.Find(FactorTables.Attempts) ?? throw new InvalidOperationException("There is no collection of attempts.");
    private Record? row;

    /// <summary>Waits for other guesses at the same to end, and refuses this one when there were too many.</summary>
    public async ValueTask<Fault?> BeginAsync(WriteSession session, DateTimeOffset now, CancellationToken stop)
    {
        await session.LockAsync($"attempts/{owner.Id}", stop);
        row = (await SystemRecords.ListAsync(session, table, owner, stop)).Find(known => known.GetText("kind") == kind);
        if (row?.GetDate("until") is not { } until || until <= now) return null;
        return Fault.Of(429, "accounts.too_many_attempts", "Too many attempts, please try again later.") with { RetryAfter = (int)Math.Ceiling((until - now).TotalSeconds) };
    }

    /// <summary>The guess was wrong.</summary>
    public async ValueTask FailedAsync(WriteSession session, DateTimeOffset now, CancellationToken stop)
    {
        var counted = row ?? SystemRecords.New(table, owner, now);
        var wrong = (int)counted.GetNumber("wrong") + 1;
        counted["kind"] = FieldValue.Text(kind);
        counted["wrong"] = FieldValue.Number(wrong);
        if (wrong % Free == 0) counted["until"] = FieldValue.Text(DateText.Of(now + PauseAfter(wrong)));
        if (await session.ExecuteAsync(counted.IsNew ? counted.ToInsert() : counted.ToUpdate(), stop) is { } refused) throw new DataException(refused);
    }

    /// <summary>The guess was right.</summary>
    public async ValueTask SucceededAsync(WriteSession session, CancellationToken stop)
    {
        if (row is not null && await session.ExecuteAsync(new Planning.DeleteRow(table, row.Id), stop) is { } refused) throw new DataException(refused);
    }

    private static TimeSpan PauseAfter(int wrong)
    {
        var doublings = Math.Min((wrong / Free) - 1, 20);
        var pause = FirstPause * (1L << doublings);
        return pause < LongestPause ? pause : LongestPause;
    }
}
