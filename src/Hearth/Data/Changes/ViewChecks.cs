using System.Text;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Changes;

namespace Hearth.Data.Changes;

/// <summary>Tries views against the data: the query must run, and its ids must be there and differ in the first rows (contract 4.7).</summary>
internal static class ViewChecks
{
    private const int Rows = 10;

    /// <summary>True for steps after which a query may mean something else than before.</summary>
    public static bool ChangesTables(SchemaStep step) =>
        step is CreateTable or DropTable or RenameTable or AddColumn or DropColumn or RenameColumn or ConvertColumn;

    /// <summary>Runs the queries of new and changed views as they would read now; the fault is that of the first that does not work.</summary>
    public static async Task<Fault?> TryQueriesAsync(ReadSession session, SchemaProposal proposal, SchemaChange change, CancellationToken stop)
    {
        // A view that reads another one made in the same change cannot run before that is there; it is checked when it is made.
        var fresh = change.Steps.OfType<CreateView>().Select(step => step.Collection.Name).ToList();
        foreach (var step in change.Steps.OfType<CreateView>())
        {
            if (fresh.Any(name => name != step.Collection.Name && ViewOrder.Reads(step.Collection, name))) continue;
            try
            {
                await StepFaults.DoAsync(step, () => TryQueryAsync(session, step.Query, stop));
            }
            catch (StepRefusedException refused)
            {
                return StepFaults.Of(proposal, refused);
            }
        }
        return null;
    }

    /// <summary>Reads the first rows of a view that exists. Throws a <see cref="DataException"/> of kind statement when something is wrong.</summary>
    public static async ValueTask CheckRowsAsync(ReadSession session, Collection view, CancellationToken stop)
    {
        var plan = new ReadPlan { From = new BaseSource(view), Columns = [.. view.Fields.Select(field => new OutputColumn(field))], Limit = Rows };
        using var rows = await session.QueryAsync(plan, stop);
        await CheckIdsAsync(rows, view.OrdinalOf("id"), stop);
    }

    private static async ValueTask TryQueryAsync(ReadSession session, string query, CancellationToken stop)
    {
        using var rows = await session.TryViewAsync(query, [], Rows, stop);
        var id = Enumerable.Range(0, rows.ColumnCount).FirstOrDefault(column => rows.NameOf(column) == "id", -1);
        await CheckIdsAsync(rows, id, stop);
    }

    private static async ValueTask CheckIdsAsync(RowCursor rows, int column, CancellationToken stop)
    {
        if (column < 0) throw Wrong("the query must have a column called id");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.NextAsync(stop))
        {
            var id = Encoding.UTF8.GetString(rows.Utf8Of(column));
            if (id.Length == 0) throw Wrong("the id of a row is empty");
            if (!seen.Add(id)) throw Wrong($"two rows have the id {id}; each row needs an id of its own");
        }
    }

    private static DataException Wrong(string detail) => new(new DataFault(DataFaultKind.Statement, detail, []));
}
