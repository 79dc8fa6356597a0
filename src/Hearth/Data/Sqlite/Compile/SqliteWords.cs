using System.Text.RegularExpressions;
using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>SQLite's words.</summary>
internal sealed partial class SqliteWords : EngineWords
{
    /// <summary>The one object that is needed.</summary>
    public static readonly SqliteWords All = new();

    private SqliteWords()
    {
    }

    /// <inheritdoc/>
    public override char ParameterMark => '?';

    /// <inheritdoc/>
    public override string True => "1";

    /// <inheritdoc/>
    public override string False => "0";

    /// <inheritdoc/>
    public override string OneRow => "(SELECT 1)";

    /// <inheritdoc/>
    public override bool FindsByExists => false;

    // Where a column stands beside "= ?", SQLite puts the value in place of that column everywhere else, also inside of a CASE, which would then ask nothing of the
    // row any more. It does not where a collation is named; an index is used as before.
    /// <inheritdoc/>
    public override string Beside(string condition) => ColumnIsValue().Replace(condition, "\" COLLATE BINARY = $1");

    /// <inheritdoc/>
    public override string RowNumber => "_rowid_";

    /// <summary>A list column as a JSON array, whatever an old row holds in it.</summary>
    public static string ListOf(string column) =>
        $"CASE WHEN json_valid({column}) AND json_type({column}) = 'array' THEN {column} WHEN {column} IS NULL OR {column} = '' THEN '[]' ELSE json_array({column}) END";

    /// <inheritdoc/>
    public override string Quote(string name) => SqlWriter.Quote(name);

    /// <inheritdoc/>
    public override string Among(string list) => $"IN (SELECT value FROM json_each({list}))";

    /// <inheritdoc/>
    public override string ListIn(string column) => ListOf(column);

    /// <inheritdoc/>
    public override (string Table, string On) Items(string list, string alias) => ($"json_each({list}) {alias}", "");

    // The search for the bare text spares taking apart the lists that cannot contain the id.
    /// <inheritdoc/>
    public override string Holds(string column, string id) => $"instr({column}, {id}) > 0 AND {id} IN (SELECT value FROM json_each({ListOf(column)}))";

    /// <inheritdoc/>
    public override string HoldsAny(string column, string ids, bool isSingle) =>
        $"EXISTS (SELECT 1 FROM json_each({ListOf(column)}) WHERE value {(isSingle ? $"= {ids}" : Among(ids))})";

    // The list stands in front of the rows that it names; the condition belongs to the two.
    /// <inheritdoc/>
    public override (string From, string Tie) Referred(string column, string table, string alias) =>
        ($"json_each({ListOf(column)}) {alias}e LEFT JOIN {table} {alias} ON {alias}.\"id\" = {alias}e.value", "");

    /// <inheritdoc/>
    public override string Directed(string key, bool descending, bool isNeverNull) => descending ? key + " DESC" : key;

    /// <inheritdoc/>
    public override string Extreme(string value, string rows, bool isGreatest) => $"(SELECT {(isGreatest ? "max" : "min")}({value}) FROM {rows})";

    /// <inheritdoc/>
    public override string Page(ReadPlan plan, SqlWriter sql)
    {
        if (plan.Limit is null && plan.Offset == 0) return "";
        var limit = $" LIMIT {sql.Parameter(PlanPage.Limit, SqlArgument.Of(plan.Limit ?? -1L))}";
        return plan.Offset == 0 ? limit : $"{limit} OFFSET {sql.Parameter(PlanPage.Offset, SqlArgument.Of(plan.Offset))}";
    }

    /// <inheritdoc/>
    public override int LimitInText(ReadPlan plan) => plan.Limit is null ? 0 : 1;

    /// <inheritdoc/>
    public override FieldValue Stored(Field field, FieldValue value) => BoundValue.Of(field, value);

    /// <inheritdoc/>
    public override VirtualCell Cell(Field field, FieldValue value)
    {
        var stored = StoredValue.Of(field, value);
        return field.Type switch
        {
            FieldType.Json or FieldType.GeoPoint => new(SqlArgument.Of(stored), stored.Kind == FieldValueKind.Json && stored.AsJson is [('-' or (>= '0' and <= '9')), ..]),
            FieldType.Number or FieldType.Bool => new(Number(stored), false),
            _ => new(SqlArgument.Of(stored), false),
        };
    }

    /// <inheritdoc/>
    public override string Typed(Field field, VirtualCell cell, string parameter) => field.Type switch
    {
        FieldType.Json or FieldType.GeoPoint => cell.IsBareNumber ? $"CAST({parameter} AS NUMERIC)" : parameter,
        FieldType.Number or FieldType.Bool => $"CAST({parameter} AS NUMERIC)",
        _ when field.Multiple => parameter,
        _ => $"CAST({parameter} AS TEXT)",
    };

    /// <inheritdoc/>
    public override Comparisons Comparing(SqlWriter sql, Func<Filter, Aliases, string> filters) => new ComparisonCompiler(new OperandCompiler(sql, filters));

    [GeneratedRegex("\" = (\\?\\d+)(?!\\d| COLLATE)")]
    private static partial Regex ColumnIsValue();

    // A column turns a whole floating-point number into an integer, which shows as 1 in patterns and not as 1.0; a cast leaves it as it is.
    private static SqlArgument Number(FieldValue value)
    {
        var number = value.AsNumber;
        var whole = value.Kind == FieldValueKind.Number && Math.Abs(number) < 1L << 53 && Math.Truncate(number) == number;
        return whole ? SqlArgument.Of((long)number) : SqlArgument.Of(value);
    }
}
