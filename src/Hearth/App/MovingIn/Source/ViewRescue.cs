using Hearth.Data;
using Hearth.Schema;
using Hearth.Schema.Changes;
using Hearth.Schema.Sql;
using Hearth.Schema.Views;

namespace Hearth.App.MovingIn.Source;

/// <summary>
/// Takes the query of a view from the database where the kept text no longer works: the old program renames what a view reads in the database only. Tried on the copy of the source, whose
/// tables are in order.
/// </summary>
/// <param name="session">On the copy.</param>
/// <param name="made">What the database knew of its views: the statement that makes each.</param>
/// <param name="notes">Takes what was found.</param>
internal sealed class ViewRescue(WriteSession session, IReadOnlyDictionary<string, string> made, SourceNotes notes)
{
    /// <summary>Looks at all views; those whose query is another now are replaced in the list.</summary>
    public async ValueTask RunAsync(List<Collection> collections, CancellationToken stop)
    {
        var done = new List<string>();
        foreach (var view in ViewOrder.Sort(collections.Where(collection => collection.Type == CollectionType.View)))
        {
            var query = view.ViewQuery ?? "";
            if (await MakeAsync(view, query, collections, stop) is not { } refused)
            {
                done.Add(view.Name);
                continue;
            }
            // What cannot be mended here is tried once more by the move, which tells why it cannot.
            if (!made.TryGetValue(view.Name, out var statement) || Inner(statement) is not { } own) continue;
            own = AsBefore(own, query);
            if (await MakeAsync(view, own, collections, stop) is not null) continue;
            done.Add(view.Name);
            var fields = ViewShape.Infer(own, Find).Failed(out _, out var inferred) ? view.Fields : inferred;
            collections[collections.IndexOf(view)] = view with { ViewQuery = own, Fields = fields };
            notes.Add($"The query of the view {view.Name} as the old app kept it does not work ({refused}); the view has the one of its database now: {own}");
        }
        foreach (var name in Enumerable.Reverse(done)) await NativeRows.DoAsync(session, $"DROP VIEW {SqlWriter.Quote(name)}", stop);

        Collection? Find(string name) => collections.Find(collection => collection.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private async ValueTask<string?> MakeAsync(Collection view, string query, List<Collection> collections, CancellationToken stop)
    {
        if (SelectStatement.Parse(query).Failed(out var wrong)) return wrong.Cause;
        var settled = ViewShape.Settled(query, name => collections.Find(collection => collection.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
        try
        {
            await NativeRows.DoAsync(session, $"CREATE VIEW {SqlWriter.Quote(view.Name)} AS SELECT * FROM ({settled})", stop);
        }
        catch (DataException refused) when (refused.Fault.Kind is DataFaultKind.Statement or DataFaultKind.Constraint)
        {
            return refused.Fault.Detail;
        }
        try
        {
            await NativeRows.ListAsync(session, $"SELECT \"id\" FROM {SqlWriter.Quote(view.Name)} LIMIT 1", stop);
            return null;
        }
        catch (DataException refused) when (refused.Fault.Kind is DataFaultKind.Statement or DataFaultKind.Constraint)
        {
            await NativeRows.DoAsync(session, $"DROP VIEW {SqlWriter.Quote(view.Name)}", stop);
            // Within a view SQLite names tables with their database.
            return refused.Fault.Detail.Replace(": main.", ": ", StringComparison.Ordinal);
        }
    }

    /// <summary>The query of CREATE VIEW, without the SELECT * that the old program puts around it; null when it cannot be told.</summary>
    internal static string? Inner(string statement)
    {
        if (SqlTokens.Of(statement) is not { } tokens) return null;
        var at = 0;
        while (at < tokens.Count && !tokens[at].Is("AS")) at++;
        if (at + 1 >= tokens.Count) return null;
        at++;
        var wrapped = at + 4 < tokens.Count && tokens[at].Is("SELECT") && tokens[at + 1].Is('*') && tokens[at + 2].Is("FROM") && tokens[at + 3].Is('(') && tokens[^1].Is(')');
        return wrapped ? statement[tokens[at + 4].Start..tokens[^1].Start].Trim() : statement[tokens[at].Start..].Trim();
    }

    // A renamed column comes out under its new name, and clients and rules know the old one.
    private static string AsBefore(string query, string before)
    {
        if (SelectStatement.Parse(query).Failed(out _, out var now) || SelectStatement.Parse(before).Failed(out _, out var then) || now.Columns.Length != then.Columns.Length) return query;
        var text = query;
        for (var i = now.Columns.Length - 1; i >= 0; i--)
        {
            var column = now.Columns[i];
            if (column.Name == then.Columns[i].Name || !SelectStatement.IsPath(column.Expression) || column.Name != column.Expression[^1].Value) continue;
            text = text.Insert(column.Expression[^1].End, $" AS {SqlWriter.Quote(then.Columns[i].Name)}");
        }
        return text;
    }
}
