using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Moving;

/// <summary>
/// Copies the rows of one table in the order in which they were stored, so that they are stored in that order again. A batch is one commit, so what
/// is in the target is always the beginning of the source, and a later run goes on behind it.
/// </summary>
internal sealed class TableCopy(Collection collection, Engine target)
{
    private const int RowsAtOnce = 2000;
    private const int CharactersAtOnce = 4 << 20;

    private readonly List<FieldValue[]> batch = new(RowsAtOnce);
    private long characters;

    /// <summary>Copies the rows behind the first ones.</summary>
    /// <param name="source">Where to read.</param>
    /// <param name="have">Rows that the target has already.</param>
    /// <param name="onRows">Told how many rows were added.</param>
    /// <param name="stop">Ends it between two batches.</param>
    public async Task<Fault?> RunAsync(ReadSession source, long have, Action<int> onRows, CancellationToken stop)
    {
        await foreach (var row in new TableRows(collection, target).ReadAsync(source, have, null, stop))
        {
            batch.Add(row);
            foreach (var value in row) characters += LengthOf(value);
            if (batch.Count < RowsAtOnce && characters < CharactersAtOnce) continue;
            if (await WriteAsync(onRows, stop) is { } fault) return fault;
        }
        return batch.Count > 0 ? await WriteAsync(onRows, stop) : null;
    }

    private async Task<Fault?> WriteAsync(Action<int> onRows, CancellationToken stop)
    {
        try
        {
            await target.WriteAsync(
                async session =>
                {
                    await session.InsertManyAsync(collection, batch, stop);
                    return true;
                },
                null,
                stop);
        }
        catch (DataException e) when (e.Fault.Kind is DataFaultKind.NotUnique or DataFaultKind.Constraint or DataFaultKind.Statement)
        {
            if (await FindCulpritAsync(stop) is { } culprit) return culprit;
            throw;
        }
        onRows(batch.Count);
        batch.Clear();
        characters = 0;
        return null;
    }

    // Row by row, and nothing is kept: which one did the database refuse?
    private Task<Fault?> FindCulpritAsync(CancellationToken stop) => target.WriteAsync<Fault?>(
        async session =>
        {
            foreach (var row in batch)
            {
                if (await session.ExecuteAsync(new InsertRow(collection, row), stop) is { } refused) return MoveFaults.RowRefused(collection, row, refused.Detail);
            }
            return null;
        },
        _ => false,
        stop);

    private static int LengthOf(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Text => value.AsText.Length,
        FieldValueKind.Json => value.AsJson.Length,
        FieldValueKind.List => value.AsList.Sum(item => item.Length),
        _ => 0,
    };
}
