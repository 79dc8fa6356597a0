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
        foreach (var source in sources) text.Append(" LEFT JOIN ").Append(One(source, scope));
        return text.ToString();
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
            columns.Add($"{Typed(fields[i], WriteCompiler.Stored(fields[i], row[i]))} AS {SqlWriter.Quote(fields[i].Name)}");
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

    private string One(Source source, Aliases scope)
    {
        switch (source)
        {
            case RelationSource relation:
            {
                var column = ColumnOf(scope.Of(Parent(source)), relation.Field.Name);
                var alias = scope.Bind(source);
                var table = SqlWriter.Quote(CollectionOf(source).Name);
                return relation.Field.Multiple
                    ? $"json_each({ListOf(column)}) {alias}e LEFT JOIN {table} {alias} ON {alias}.\"id\" = {alias}e.value"
                    : $"{table} {alias} ON {alias}.\"id\" = {column}";
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
                return $"{SqlWriter.Quote(CollectionOf(source).Name)} {alias} ON {on}";
            }
            case CollectionSource:
                return $"{SqlWriter.Quote(CollectionOf(source).Name)} {scope.Bind(source)} ON 1";
            case IdsSource given:
            {
                var alias = scope.Bind(source);
                var on = given.Multi
                    ? $"{alias}.\"id\" IN (SELECT value FROM json_each({sql.Parameter(FieldValue.List(given.Ids))}))"
                    : $"{alias}.\"id\" = {sql.Parameter(given.Ids.Count > 0 ? FieldValue.Text(given.Ids[0]) : FieldValue.Null)}";
                return $"{SqlWriter.Quote(CollectionOf(source).Name)} {alias} ON {on}";
            }
            case EachSource each:
            {
                var column = ColumnOf(scope.Of(Parent(source)), each.Field.Name);
                return $"json_each({ListOf(column)}) {scope.Bind(source)}";
            }
            case EachLiteralSource items:
                return $"json_each({sql.Parameter(FieldValue.List(items.Items))}) {scope.Bind(source)}";
            default:
                throw new NotSupportedException($"A {source.GetType().Name} cannot be joined.");
        }
    }

    /// <summary>A column of a named row.</summary>
    public static string ColumnOf(string alias, string name) => $"{alias}.{SqlWriter.Quote(name)}";

    // The row is not in a table, so its values get the affinity that their columns would give them.
    private string Typed(Field field, FieldValue value) => field.Type switch
    {
        FieldType.Json or FieldType.GeoPoint => JsonCell(value),
        FieldType.Number or FieldType.Bool => $"CAST({NumberCell(value)} AS NUMERIC)",
        _ when field.Multiple => sql.Parameter(value),
        _ => $"CAST({sql.Parameter(value)} AS TEXT)",
    };

    // A column turns a whole floating-point number into an integer, which shows as 1 in patterns and not as 1.0; a cast leaves it as it is.
    private string NumberCell(FieldValue value)
    {
        var number = value.AsNumber;
        var whole = value.Kind == FieldValueKind.Number && Math.Abs(number) < 1L << 53 && Math.Truncate(number) == number;
        return whole ? sql.Parameter((long)number) : sql.Parameter(value);
    }

    // Only a bare number changes when it is stored in a JSON column; texts keep their quotes.
    private string JsonCell(FieldValue value)
    {
        var bareNumber = value.Kind == FieldValueKind.Json && value.AsJson is [('-' or (>= '0' and <= '9')), ..];
        return bareNumber ? $"CAST({sql.Parameter(value)} AS NUMERIC)" : sql.Parameter(value);
    }

    private static Source Parent(Source source) => source.Parent ?? throw new InvalidOperationException($"A {source.GetType().Name} hangs on nothing.");

    private static Collection CollectionOf(Source source) =>
        source.Collection ?? throw new InvalidOperationException($"A {source.GetType().Name} has no collection.");
}
