using System.Text;
using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Postgres.Compile;

/// <summary>How a source is joined to what it hangs on.</summary>
internal sealed class JoinCompiler(SqlWriter sql)
{
    /// <summary>Names the sources in the scope and returns their joins; parents must stand before children.</summary>
    public string Join(IEnumerable<Source> sources, Aliases scope)
    {
        var text = new StringBuilder();
        foreach (var source in sources) text.Append(" LEFT JOIN ").Append(One(source, scope));
        return text.ToString();
    }

    /// <summary>The table of the plan, or the one row that stands in for it.</summary>
    public string From(BaseSource from, Aliases scope)
    {
        var alias = scope.Bind(from);
        if (from.VirtualRow is not { } row) return $"{PostgresNames.Quote(CollectionOf(from).Name)} {alias}";
        var fields = CollectionOf(from).Fields;
        var columns = new List<string>(fields.Length);
        for (var i = 0; i < fields.Length; i++)
        {
            columns.Add($"{WriteCompiler.Typed(sql, fields[i], row[i])} AS {PostgresNames.Quote(fields[i].Name)}");
        }
        return $"(SELECT {string.Join(", ", columns)}) {alias}";
    }

    /// <summary>The rows of a back-relation by themselves, and the column that links them to the parent.</summary>
    public static (string Table, string Link) FromRelated(BackRelationSource back, Aliases scope)
    {
        var alias = scope.Bind(back);
        return ($"{PostgresNames.Quote(CollectionOf(back).Name)} {alias}", ColumnOf(alias, back.Field.Name));
    }

    /// <summary>A column of a named row.</summary>
    public static string ColumnOf(string alias, string name) => $"{alias}.{PostgresNames.Quote(name)}";

    private string One(Source source, Aliases scope)
    {
        switch (source)
        {
            case RelationSource relation:
            {
                var column = ColumnOf(scope.Of(Parent(source)), relation.Field.Name);
                var alias = scope.Bind(source);
                var table = PostgresNames.Quote(CollectionOf(source).Name);
                return relation.Field.Multiple
                    ? $"LATERAL unnest({column}) {alias}e(value) ON true LEFT JOIN {table} {alias} ON {alias}.\"id\" = {alias}e.value"
                    : $"{table} {alias} ON {alias}.\"id\" = {column}";
            }
            case BackRelationSource back:
            {
                var id = ColumnOf(scope.Of(Parent(source)), "id");
                var alias = scope.Bind(source);
                var column = ColumnOf(alias, back.Field.Name);
                var on = back.Field.Multiple ? $"{column} @> ARRAY[{id}]" : $"{column} = {id}";
                return $"{PostgresNames.Quote(CollectionOf(source).Name)} {alias} ON {on}";
            }
            case CollectionSource:
                return $"{PostgresNames.Quote(CollectionOf(source).Name)} {scope.Bind(source)} ON true";
            case IdsSource given:
            {
                var alias = scope.Bind(source);
                var on = given.Multi
                    ? $"{alias}.\"id\" = ANY({sql.Parameter(FieldValue.List(given.Ids))})"
                    : $"{alias}.\"id\" = {sql.Parameter(given.Ids.Count > 0 ? FieldValue.Text(given.Ids[0]) : FieldValue.Null)}";
                return $"{PostgresNames.Quote(CollectionOf(source).Name)} {alias} ON {on}";
            }
            case EachSource each:
            {
                var column = ColumnOf(scope.Of(Parent(source)), each.Field.Name);
                return $"LATERAL unnest({column}) {scope.Bind(source)}(value) ON true";
            }
            case EachLiteralSource items:
                return $"unnest({sql.Parameter(FieldValue.List(items.Items))}) {scope.Bind(source)}(value) ON true";
            default:
                throw new NotSupportedException($"A {source.GetType().Name} cannot be joined.");
        }
    }

    private static Source Parent(Source source) => source.Parent ?? throw new InvalidOperationException($"A {source.GetType().Name} hangs on nothing.");

    private static Collection CollectionOf(Source source) =>
        source.Collection ?? throw new InvalidOperationException($"A {source.GetType().Name} has no collection.");
}
