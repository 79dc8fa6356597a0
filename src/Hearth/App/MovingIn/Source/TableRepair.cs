using System.Collections.Immutable;
using System.Globalization;
using Hearth.Data;
using Hearth.Schema;
using Hearth.Schema.Sql;

namespace Hearth.App.MovingIn.Source;

/// <summary>
/// Makes the table of a collection readable as its definition says, on a copy. What hands or old versions have made of it is noted; values that are not of
/// their field's type are left to the move, which knows how to mend them.
/// </summary>
internal sealed class TableRepair(WriteSession session, SourceNotes notes)
{
    /// <summary>Looks at one; gives the collection with the indexes that its data allows. Null when the table cannot be that of a collection.</summary>
    public async ValueTask<Collection?> MendAsync(Collection collection, CancellationToken stop)
    {
        var table = (await NativeRows.ListAsync(session, "SELECT type, wr FROM pragma_table_list(?1) WHERE schema = 'main'", stop, collection.Name)).FirstOrDefault();
        if (table is null)
        {
            notes.Add($"{collection.Name} has no table: it is there, without records.");
            await session.ApplyAsync(new CreateTable(collection), stop);
            return collection;
        }
        if (table[1] == "1") await WithRowIdsAsync(collection, stop);
        if (!await WithColumnsAsync(collection, stop)) return null;
        await WithIdsAsync(collection, stop);
        await new ValueRepair(session, notes.Add).MendAsync(collection, stop);
        var empty = await EmptyValuesAsync(collection, stop);
        return collection with { Indexes = await PossibleAsync(collection, empty, stop) };
    }

    // Rows are taken in the order in which they were stored, which such a table does not know.
    private async ValueTask WithRowIdsAsync(Collection collection, CancellationToken stop)
    {
        var (name, aside) = (Quote(collection.Name), Quote(collection.Name + " as it was"));
        await NativeRows.DoAsync(session, $"CREATE TABLE {aside} AS SELECT * FROM {name}", stop);
        await NativeRows.DoAsync(session, $"DROP TABLE {name}", stop);
        await NativeRows.DoAsync(session, $"ALTER TABLE {aside} RENAME TO {name}", stop);
    }

    private async ValueTask<bool> WithColumnsAsync(Collection collection, CancellationToken stop)
    {
        var columns = await NativeRows.ColumnsAsync(session, collection.Name, stop);
        if (!columns.Contains("id")) return false;
        foreach (var field in collection.Fields.Where(field => !columns.Contains(field.Name)))
        {
            notes.Add($"{collection.Name}.{field.Name} has no column: the field is there, without values.");
            await NativeRows.DoAsync(session, $"ALTER TABLE {Quote(collection.Name)} ADD COLUMN {Quote(field.Name)}", stop);
        }
        string[] extra = [.. columns.Where(column => !collection.Fields.Any(field => field.Name.Equals(column, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)];
        if (extra.Length > 0) notes.Add($"{collection.Name} has {(extra.Length == 1 ? "a column that belongs" : "columns that belong")} to no field and {(extra.Length == 1 ? "is" : "are")} left out: {string.Join(", ", extra)}.");
        return true;
    }

    private async ValueTask WithIdsAsync(Collection collection, CancellationToken stop)
    {
        // Such as ids are that SQLite itself gives, but always the same, so that an import which was cut off can go on.
        var given = await NativeRows.DoAsync(session, $"UPDATE {Quote(collection.Name)} SET \"id\" = printf('r%014x', rowid) WHERE \"id\" IS NULL OR \"id\" = ''", stop);
        if (given > 0) notes.Add($"{collection.Name}: {Count(given, "record")} had no id and got one.");
    }

    private async ValueTask<HashSet<string>> EmptyValuesAsync(Collection collection, CancellationToken stop)
    {
        Field[] fields = [.. collection.Fields.Where(field => field.Type != FieldType.Json)];
        var sums = string.Join(", ", fields.Select(field => $"total({Quote(field.Name)} IS NULL)"));
        var counts = (await NativeRows.ListAsync(session, $"SELECT {sums} FROM {Quote(collection.Name)}", stop))[0];
        var found = fields.Select((field, i) => (field.Name, Count: (long)double.Parse(counts[i] ?? "0", CultureInfo.InvariantCulture))).Where(field => field.Count > 0).ToList();
        if (found.Count > 0) notes.Add($"{collection.Name}: records without a value get the empty one of the field: {string.Join(", ", found.Select(field => $"{field.Name} ({field.Count:N0})"))}.");
        return found.Select(field => field.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    // NULLs differ from each other, empty texts do not; and an index that the database does not have may never have been possible.
    private async ValueTask<ImmutableArray<IndexDefinition>> PossibleAsync(Collection collection, HashSet<string> empty, CancellationToken stop)
    {
        var kept = ImmutableArray.CreateBuilder<IndexDefinition>();
        foreach (var index in collection.Indexes)
        {
            if (index.Unique && await WhyNotAsync(collection, index, [.. empty.Where(field => IndexStatement.Mentions(index, field))], stop) is { } reason)
            {
                notes.AddLost($"{collection.Name}: the unique index {index.Name} is left out, because {reason}.{Means(collection, index)}");
            }
            else kept.Add(index);
        }
        return kept.ToImmutable();
    }

    private async ValueTask<string?> WhyNotAsync(Collection collection, IndexDefinition index, string[] lacking, CancellationToken stop)
    {
        try
        {
            foreach (var field in lacking)
            {
                var zero = collection.FindField(field) switch
                {
                    NumberField or BoolField => "0",
                    { Multiple: true } => "'[]'",
                    _ => "''",
                };
                await NativeRows.DoAsync(session, $"UPDATE {Quote(collection.Name)} SET {Quote(field)} = {zero} WHERE {Quote(field)} IS NULL", stop);
            }
            await NativeRows.DoAsync(session, IndexStatement.Render(QuotedTexts.InIndex(index, collection.Fields.Select(field => field.Name)), collection.Name), stop);
            return null;
        }
        catch (DataException refused) when (refused.Fault.Kind is DataFaultKind.NotUnique or DataFaultKind.Constraint or DataFaultKind.Statement)
        {
            return refused.Fault.Kind == DataFaultKind.Statement ? $"the database refuses it ({refused.Fault.Detail})" : $"the records do not allow it ({refused.Fault.Detail})";
        }
    }

    // Whoever signs in by such a name must be one person.
    private static string Means(Collection collection, IndexDefinition index) => collection.Auth is { } auth && index.Columns is [var column] && auth.PasswordAuth.IdentityFields.Append("tokenKey").Contains(column.Name)
        ? $" Two accounts can have the same {column.Name} now, and {collection.Name} cannot be changed until it has such an index again: give each account its own {column.Name} and make the index anew."
        : "";

    private static string Count(long count, string name) => $"{count:N0} {name}{(count == 1 ? "" : "s")}";

    private static string Quote(string name) => SqlWriter.Quote(name);
}
