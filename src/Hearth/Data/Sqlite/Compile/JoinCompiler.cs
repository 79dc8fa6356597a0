using System.Text;
using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>How a source is joined to what it hangs on.</summary>
internal sealed class JoinCompiler(SqlWriter sql)
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

    /// <summary>Names a source in the scope and returns its rows, and the condition that ties them to what it hangs on; empty when the rows themselves do.</summary>
    public (string Table, string On) One(Source source, Aliases scope)
    {
        switch (source)
        {
            case RelationSource relation:
            {
                var column = ColumnOf(scope.Of(Parent(source)), relation.Field.Name);
                var alias = scope.Bind(source);
                var table = SqlWriter.Quote(CollectionOf(source).Name);
                return relation.Field.Multiple
                    ? ($"json_each({ListOf(column)}) {alias}e LEFT JOIN {table} {alias}", $"{alias}.\"id\" = {alias}e.value")
                    : ($"{table} {alias}", $"{alias}.\"id\" = {column}");
            }
            case BackRelationSource back:
            {
                var id = ColumnOf(scope.Of(Parent(source)), "id");
                var alias = scope.Bind(source);
                var column = ColumnOf(alias, back.Field.Name);
                // The search for the bare text spares taking apart the lists that cannot contain the id.
                var on = back.Field.Multiple
                    ? $"instr({column}, {id}) > 0 AND {id} IN (SELECT value FROM json_each({ListOf(column)}))"
                    : $"{column} = {id}";
                return ($"{SqlWriter.Quote(CollectionOf(source).Name)} {alias}", on);
            }
            case CollectionSource:
                return ($"{SqlWriter.Quote(CollectionOf(source).Name)} {scope.Bind(source)}", "1");
            case IdsSource given:
            {
                var alias = scope.Bind(source);
                var on = given.Multi
                    ? $"{alias}.\"id\" IN (SELECT value FROM json_each({sql.Parameter(given, SqlArgument.Of(FieldValue.List(given.Ids)))}))"
                    : $"{alias}.\"id\" = {sql.Parameter(given, SqlArgument.Of(given.Ids.Count > 0 ? FieldValue.Text(given.Ids[0]) : FieldValue.Null))}";
                return ($"{SqlWriter.Quote(CollectionOf(source).Name)} {alias}", on);
            }
            case EachSource each:
            {
                var column = ColumnOf(scope.Of(Parent(source)), each.Field.Name);
                return ($"json_each({ListOf(column)}) {scope.Bind(source)}", "");
            }
            case EachLiteralSource items:
                return ($"json_each({sql.Parameter(items, SqlArgument.Of(FieldValue.List(items.Items)))}) {scope.Bind(source)}", "");
            default:
                throw new NotSupportedException($"A {source.GetType().Name} cannot be joined.");
        }
    }

    /// <summary>The table of the plan, or the one row that stands in for it.</summary>
    public string From(BaseSource from, Aliases scope)
    {
        var alias = scope.Bind(from);
        if (from.VirtualRow is not { } row) return $"{SqlWriter.Quote(CollectionOf(from).Name)} {alias}";
        var fields = CollectionOf(from).Fields;
        var columns = new List<string>(fields.Length);
        for (var i = 0; i < fields.Length; i++)
        {
            columns.Add($"{Cell(from, i, fields[i], row[i])} AS {SqlWriter.Quote(fields[i].Name)}");
        }
        return $"(SELECT {string.Join(", ", columns)}) {alias}";
    }

    /// <summary>The rows of a back-relation by themselves, and the column that links them to the parent.</summary>
    public static (string Table, string Link) FromRelated(BackRelationSource back, Aliases scope)
    {
        var alias = scope.Bind(back);
        return ($"{SqlWriter.Quote(CollectionOf(back).Name)} {alias}", ColumnOf(alias, back.Field.Name));
    }

    /// <summary>A list column as a JSON array, whatever an old row holds in it.</summary>
    public static string ListOf(string column) =>
        $"CASE WHEN json_valid({column}) AND json_type({column}) = 'array' THEN {column} WHEN {column} IS NULL OR {column} = '' THEN '[]' ELSE json_array({column}) END";

    /// <summary>A column of a named row.</summary>
    public static string ColumnOf(string alias, string name) => $"{alias}.{SqlWriter.Quote(name)}";

    // The row is not in a table, so its values get the affinity that their columns would give them.
    private string Cell(BaseSource from, int ordinal, Field field, FieldValue value)
    {
        var cell = VirtualCell.Of(field, value);
        var parameter = sql.Parameter(from, cell.Argument, ordinal);
        return field.Type switch
        {
            FieldType.Json or FieldType.GeoPoint => cell.IsBareNumber ? $"CAST({parameter} AS NUMERIC)" : parameter,
            FieldType.Number or FieldType.Bool => $"CAST({parameter} AS NUMERIC)",
            _ when field.Multiple => parameter,
            _ => $"CAST({parameter} AS TEXT)",
        };
    }

    private static Source Parent(Source source) => source.Parent ?? throw new InvalidOperationException($"A {source.GetType().Name} hangs on nothing.");

    private static Collection CollectionOf(Source source) =>
        source.Collection ?? throw new InvalidOperationException($"A {source.GetType().Name} has no collection.");
}
