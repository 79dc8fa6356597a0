using Hearth.Data;
using Hearth.Schema;

namespace Hearth.Tests.Logs;

/// <summary>A database that is away for writes when it is told so.</summary>
internal sealed class AbsentEngine(Engine inner) : Engine
{
    public bool IsAway { get; set; }

    public override string Kind => inner.Kind;

    public override ValueTask StartAsync(CancellationToken stop) => inner.StartAsync(stop);

    public override ValueTask<ReadSession> ReadAsync(CancellationToken stop) => inner.ReadAsync(stop);

    public override Task<T> WriteAsync<T>(Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop) =>
        IsAway ? Task.FromException<T>(new DataException(new DataFault(DataFaultKind.Unavailable, "away", []))) : inner.WriteAsync(work, commit, stop);

    public override Task<T> WriteAsync<T>(SchemaSnapshot schema, Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop) => WriteAsync(work, commit, stop);

    public override ValueTask<long> SchemaVersionAsync(ReadSession session, CancellationToken stop) => inner.SchemaVersionAsync(session, stop);

    public override Task<long> ChangeSchemaAsync(long from, Func<WriteSession, ValueTask> work) => inner.ChangeSchemaAsync(from, work);

    public override Task NoteRowsAsync(CancellationToken stop) => inner.NoteRowsAsync(stop);

    public override ValueTask<long> SizeOfAsync(Collection table, CancellationToken stop) => inner.SizeOfAsync(table, stop);

    public override ValueTask<string> DescribeAsync(CancellationToken stop) => inner.DescribeAsync(stop);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
