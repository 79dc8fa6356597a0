using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Postgres.Compile;

/// <summary>Read plans as SQL. The text holds no values, so plans of one shape share one prepared statement.</summary>
internal sealed class SelectCompiler
{
    private readonly SqlWriter sql = new('$');
    private readonly Aliases scope = new(new AliasNames());
    private readonly JoinCompiler joins;
    private readonly FilterCompiler filters;
    private readonly ReadPlan plan;

    private SelectCompiler(ReadPlan plan)
    {
        this.plan = plan;
        joins = new JoinCompiler(sql);
        filters = new FilterCompiler(sql, joins);
    }

    /// <summary>The rows of a plan.</summary>
    public static SqlStatement Rows(ReadPlan plan, RowLock rows = RowLock.None) => new SelectCompiler(plan).CompileRows(rows);

    /// <summary>One row with the number of rows of a plan.</summary>
    public static SqlStatement Count(ReadPlan plan, RowLock rows = RowLock.None) => new SelectCompiler(plan).CompileCount(rows);

    /// <summary>One row if the plan has any.</summary>
    public static SqlStatement Any(ReadPlan plan, RowLock rows = RowLock.None) => new SelectCompiler(plan).CompileAny(rows);

    private SqlStatement CompileRows(RowLock rows)
    {
        var used = new List<Source>();
        if (plan.Where is { } where) SourceUse.Collect(where, used);
        foreach (var key in plan.Sort) SourceUse.Collect(key.By, used);
        foreach (var column in plan.Columns)
        {
            if (column.VisibleWhen is { } condition) SourceUse.Collect(condition, used);
        }
        var from = From(used);
        sql.Add("SELECT ").Add(plan.Columns.IsEmpty ? "1" : string.Join(", ", plan.Columns.Select(Output)));
        sql.Add(from).Add(Where()).Add(Order()).Add(Page()).Add(Locked(rows));
        return sql.Finish();
    }

    private SqlStatement CompileCount(RowLock rows)
    {
        var locked = Locked(rows);
        var from = From(plan.Where is { } where ? SourceUse.Of(where) : []);
        sql.Add(locked.Length == 0 ? $"SELECT count(*){from}{Where()}" : $"SELECT count(*) FROM (SELECT 1{from}{Where()}{Locked(rows)}) c");
        return sql.Finish();
    }

    private SqlStatement CompileAny(RowLock rows)
    {
        var from = From(plan.Where is { } where ? SourceUse.Of(where) : []);
        sql.Add("SELECT 1").Add(from).Add(Where()).Add(" LIMIT 1").Add(Locked(rows));
        return sql.Finish();
    }

    private string From(List<Source> used)
    {
        var from = joins.From(plan.From, scope);
        return $" FROM {from}{joins.Join(used.Where(s => !s.Multi && s != plan.From), scope)}";
    }

    private string Where() => plan.Where is { } where and not Always { Value: true } ? $" WHERE {filters.Render(where, scope)}" : "";

    private string Output(OutputColumn output)
    {
        var column = JoinCompiler.ColumnOf(scope.Of(plan.From), output.Field.Name);
        // Lists leave as the JSON text that they are on the other engine.
        var text = output.Field.Multiple ? $"array_to_json({column})" : column;
        var shown = output.VisibleWhen is { } condition ? $"CASE WHEN {filters.Render(condition, scope)} THEN {text} END" : text;
        return shown == column ? column : $"{shown} AS {PostgresNames.Quote(output.Field.Name)}";
    }

    private string Order()
    {
        var keys = plan.Sort.Select(Key).ToList();
        if (IsTable && !plan.Sort.Any(key => key.By is StorageOrder or RandomOrder))
        {
            var descending = !plan.Sort.IsEmpty && plan.Sort[^1].Descending;
            keys.Add($"{scope.Of(plan.From)}.{PostgresNames.RowNumber}{(descending ? " DESC" : "")}");
        }
        return keys.Count == 0 ? "" : $" ORDER BY {string.Join(", ", keys)}";
    }

    private string Key(SortKey key)
    {
        var several = SourceUse.Of(key.By).Where(s => s.Multi).ToList();
        if (several.Count == 0)
        {
            var text = Sorted(filters.Operands.Render(key.By, scope));
            var order = key.Descending ? " DESC" : "";
            // NULL comes before everything. Where there is none nothing is said of it, because no index is sorted like that.
            return IsNeverNull(key.By) ? text + order : $"{text}{order} NULLS {(key.Descending ? "LAST" : "FIRST")}";
        }
        var inner = scope.Inner();
        var joined = joins.Join(several, inner);
        var among = key.Among is { } condition ? $" WHERE {filters.Render(condition, inner)}" : "";
        var value = Sorted(filters.Operands.Render(key.By, inner));
        // The least or greatest one, of any type; NULL is neither.
        var one = $"(SELECT {value} FROM (SELECT 1) one{joined}{among} ORDER BY 1{(key.Descending ? " DESC" : "")} NULLS LAST LIMIT 1)";
        return $"{one}{(key.Descending ? " DESC NULLS LAST" : " NULLS FIRST")}";
    }

    private static string Sorted(SqlValue value) => value.Shape switch
    {
        ValueShape.Json => value.AsEither,
        ValueShape.Text when !value.IsColumn => value.Sql + SqlValue.ByBytes,
        _ => value.Sql,
    };

    private bool IsNeverNull(Operand by) => by switch
    {
        StorageOrder or RandomOrder or ItemCount => true,
        Column column => column.Of == plan.From && IsTable && !Tables.ColumnTypes.IsNullable(column.Field),
        Lower lower => IsNeverNull(lower.Inner),
        _ => false,
    };

    private bool IsTable => plan.From is { VirtualRow: null, Collection.Type: not CollectionType.View };

    private string Page()
    {
        var limit = plan.Limit is { } most ? $" LIMIT {sql.Parameter((long)most)}" : "";
        return plan.Offset == 0 ? limit : $"{limit} OFFSET {sql.Parameter(plan.Offset)}";
    }

    // A question for rows in general keeps nobody off; one by ids, and one for rows to change, does.
    private string Locked(RowLock rows)
    {
        if (rows == RowLock.None || !IsTable || (rows == RowLock.Keep && plan.Where is not IdIn)) return "";
        return $" FOR {(rows == RowLock.Change ? "NO KEY UPDATE" : "KEY SHARE")} OF t0";
    }
}
