using System.Collections.Concurrent;
using Hearth.Data.Compile;
using Hearth.Data.Compile.Kept;

namespace Hearth.Data.Postgres.Compile;

/// <summary>Texts of plans that were compiled before. Each session borrows one of these for itself; the driver keeps the prepared statements by their texts.</summary>
internal sealed class KeptStatements
{
    /// <summary>What sessions ask that only read.</summary>
    public KeptTexts Reading { get; } = new(PostgresWords.Reading);

    /// <summary>What sessions ask that write.</summary>
    public KeptTexts Writing { get; } = new(PostgresWords.Writing);

    /// <summary>New rows.</summary>
    public KeptInserts Inserts { get; } = new(PostgresWords.Writing);
}

/// <summary>Those that no session has at the moment. Safe for any number of callers at once.</summary>
internal sealed class KeptPool
{
    // The one given back last is taken first: it knows most.
    private readonly ConcurrentStack<KeptStatements> free = new();

    /// <summary>One for a session alone.</summary>
    public KeptStatements Take() => free.TryPop(out var kept) ? kept : new KeptStatements();

    /// <summary>Takes it back.</summary>
    public void Return(KeptStatements kept) => free.Push(kept);
}
