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
        foreach (var source in sources) text.Append(" LEFT JOIN ").Append(Joined(source, scope));
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

    /// <summary>The rows of a source by themselves, and the condition that ties them to what the source hangs on.</summary>
    public (string Table, string Tie) First(Source source, Aliases scope)
    {
        if (source is RelationSource { Field.Multiple: true } relation)
        {
            var column = ColumnOf(scope.Of(Parent(source)), relation.Field.Name);
            var alias = scope.Bind(source);
            return ($"{PostgresNames.Quote(CollectionOf(source).Name)} {alias}", $"{alias}.\"id\" = ANY({column})");
        }
        return One(source, scope);
    }

    /// <summary>A column of a named row.</summary>
    public static string ColumnOf(string alias, string name) => $"{alias}.{PostgresNames.Quote(name)}";

    private string Joined(Source source, Aliases scope)
    {
        if (source is RelationSource { Field.Multiple: true } relation)
        {
            var column = ColumnOf(scope.Of(Parent(source)), relation.Field.Name);
            var alias = scope.Bind(source);
            return $"LATERAL unnest({column}) {alias}e(value) ON true LEFT JOIN {PostgresNames.Quote(CollectionOf(source).Name)} {alias} ON {alias}.\"id\" = {alias}e.value";
        }
        var (table, tie) = One(source, scope);
        return $"{(source is EachSource ? "LATERAL " : "")}{table} ON {tie}";
    }

    private (string Table, string Tie) One(Source source, Aliases scope)
    {
        // What it hangs on is looked for before its own name is taken.
        var parent = source.Parent is { } hung ? scope.Of(hung) : "";
        var alias = scope.Bind(source);
        var table = source.Collection is { } collection ? $"{PostgresNames.Quote(collection.Name)} {alias}" : "";
        switch (source)
        {
            case RelationSource relation:
                return (table, $"{alias}.\"id\" = {ColumnOf(parent, relation.Field.Name)}");
            case BackRelationSource back:
                var column = ColumnOf(alias, back.Field.Name);
                var id = ColumnOf(parent, "id");
                return (table, back.Field.Multiple ? $"{column} @> ARRAY[{id}]" : $"{column} = {id}");
            case CollectionSource:
                return (table, "true");
            case IdsSource given:
                return (table, given.Multi
                    ? $"{alias}.\"id\" = ANY({sql.Parameter(FieldValue.List(given.Ids))})"
                    : $"{alias}.\"id\" = {sql.Parameter(given.Ids.Count > 0 ? FieldValue.Text(given.Ids[0]) : FieldValue.Null)}");
            case EachSource each:
                return ($"unnest({ColumnOf(parent, each.Field.Name)}) {alias}(value)", "true");
            case EachLiteralSource items:
                return ($"unnest({sql.Parameter(FieldValue.List(items.Items))}) {alias}(value)", "true");
            default:
                throw new NotSupportedException($"A {source.GetType().Name} cannot be joined.");
        }
    }

    private static Source Parent(Source source) => source.Parent ?? throw new InvalidOperationException($"A {source.GetType().Name} hangs on nothing.");

    private static Collection CollectionOf(Source source) =>
        source.Collection ?? throw new InvalidOperationException($"A {source.GetType().Name} has no collection.");
}
