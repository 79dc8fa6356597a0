using System.Collections.Immutable;
using System.Text;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>How a source is joined to what it hangs on.</summary>
internal sealed class JoinCompiler(SqlWriter sql, EngineWords words, ImmutableArray<GoneRows> gone)
{
    /// <summary>Names the sources in the scope and returns their joins; parents must stand before children.</summary>
    public string Join(IEnumerable<Source> sources, Aliases scope)
    {
        var text = new StringBuilder();
        foreach (var source in sources)
        {
            var (table, on) = One(source, scope);
            text.Append(" LEFT JOIN ").Append(table);
            if (on.Length > 0) text.Append(" ON ").Append(on);
        }
        return text.ToString();
    }

    /// <summary>The table of the plan, or the one row that stands in for it.</summary>
    public string From(BaseSource from, Aliases scope)
    {
        var alias = scope.Bind(from);
        if (from.VirtualRow is not { } row) return $"{words.Quote(CollectionOf(from).Name)} {alias}";
        return $"({Row(CollectionOf(from), row, from, 0)}) {alias}";
    }

    /// <summary>Names a source of which there must be a row: what to begin with, and the condition that ties it to what it hangs on; empty when it does so itself.</summary>
    public (string From, string Tie) First(Source source, Aliases scope)
    {
        if (source is RelationSource { Field.Multiple: true } relation)
        {
            var column = words.ColumnOf(scope.Of(Parent(source)), relation.Field.Name);
            return words.Referred(column, Table(CollectionOf(source)), scope.Bind(source));
        }
        return One(source, scope);
    }

    /// <summary>The rows of a back-relation by themselves, and the column that links them to the parent.</summary>
    public (string Table, string Link) FromRelated(BackRelationSource back, Aliases scope)
    {
        var alias = scope.Bind(back);
        return ($"{Table(CollectionOf(back))} {alias}", words.ColumnOf(alias, back.Field.Name));
    }

    /// <summary>The id of a source's row.</summary>
    public string IdOf(Source source, Aliases scope) => source.Collection is null ? $"{scope.Of(source)}.value" : words.ColumnOf(scope.Of(source), "id");

    private (string Table, string On) One(Source source, Aliases scope)
    {
        // What it hangs on is looked for before its own name is taken.
        var parent = source.Parent is { } hung ? scope.Of(hung) : "";
        var alias = scope.Bind(source);
        var table = source.Collection is { } collection ? $"{Table(collection)} {alias}" : "";
        switch (source)
        {
            case RelationSource { Field.Multiple: true } relation:
                var (ids, on) = words.Items(words.ListIn(words.ColumnOf(parent, relation.Field.Name)), alias + "e");
                return ($"{ids}{(on.Length > 0 ? " ON " + on : "")} LEFT JOIN {table}", $"{alias}.\"id\" = {alias}e.value");
            case RelationSource relation:
                return (table, $"{alias}.\"id\" = {words.ColumnOf(parent, relation.Field.Name)}");
            case BackRelationSource back:
                var (column, id) = (words.ColumnOf(alias, back.Field.Name), words.ColumnOf(parent, "id"));
                return (table, back.Field.Multiple ? words.Holds(column, id) : $"{column} = {id}");
            case CollectionSource:
                return (table, words.True);
            case IdsSource { Multi: true } given:
                return (table, $"{alias}.\"id\" {words.Among(sql.Parameter(given, SqlArgument.Of(FieldValue.List(given.Ids))))}");
            case IdsSource given:
                return (table, $"{alias}.\"id\" = {sql.Parameter(given, SqlArgument.Of(given.Ids.Count > 0 ? FieldValue.Text(given.Ids[0]) : FieldValue.Null))}");
            case EachSource each:
                return words.Items(words.ListIn(words.ColumnOf(parent, each.Field.Name)), alias);
            case EachLiteralSource items:
                return words.Items(sql.Parameter(items, SqlArgument.Of(FieldValue.List(items.Items))), alias);
            default:
                throw new NotSupportedException($"A {source.GetType().Name} cannot be joined.");
        }
    }

    // With the rows that count as if they were still there.
    private string Table(Collection collection)
    {
        var name = words.Quote(collection.Name);
        foreach (var rows in gone)
        {
            if (!ReferenceEquals(rows.Collection, collection)) continue;
            var parts = new List<string> { $"SELECT {string.Join(", ", collection.Fields.Select(field => words.Quote(field.Name)))} FROM {name}" };
            for (var i = 0; i < rows.Rows.Count; i++) parts.Add(Row(collection, rows.Rows[i], rows, i * collection.Fields.Length));
            return $"({string.Join(" UNION ALL ", parts)})";
        }
        return name;
    }

    // The row is not in a table, so its values get the types that their columns would give them.
    private string Row(Collection collection, IReadOnlyList<FieldValue> row, object owner, int first)
    {
        var fields = collection.Fields;
        var columns = new List<string>(fields.Length);
        for (var i = 0; i < fields.Length; i++)
        {
            var cell = words.Cell(fields[i], row[i]);
            columns.Add($"{words.Typed(fields[i], cell, sql.Parameter(owner, cell.Argument, first + i))} AS {words.Quote(fields[i].Name)}");
        }
        return $"SELECT {string.Join(", ", columns)}";
    }

    private static Source Parent(Source source) => source.Parent ?? throw new InvalidOperationException($"A {source.GetType().Name} hangs on nothing.");

    private static Collection CollectionOf(Source source) =>
        source.Collection ?? throw new InvalidOperationException($"A {source.GetType().Name} has no collection.");
}
