using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>
/// Read plans as SQL. The text holds no values, so plans of one shape share one prepared statement; if compiling ever shows in a profile,
/// the place for a cache by plan shape is here, in front of <see cref="Rows"/>.
/// </summary>
internal sealed class SelectCompiler
{
    private readonly SqlWriter sql = new('?');
    private readonly Aliases scope = new(new AliasNames());
    private readonly JoinCompiler joins;
    private readonly FilterCompiler filters;
    private readonly ReadPlan plan;

    private SelectCompiler(ReadPlan plan)
    {
        this.plan = plan;
        joins = new JoinCompiler(sql);
        filters = new FilterCompiler(sql, joins, AsksById(plan.Where));
    }

    /// <summary>The rows of a plan.</summary>
    public static SqlStatement Rows(ReadPlan plan) => new SelectCompiler(plan).CompileRows();

    /// <summary>One row with the number of rows of a plan.</summary>
    public static SqlStatement Count(ReadPlan plan) => new SelectCompiler(plan).CompileCheck("count(*)", "");

    /// <summary>One row if the plan has any.</summary>
    public static SqlStatement Any(ReadPlan plan) => new SelectCompiler(plan).CompileCheck("1", " LIMIT 1");

    private static bool AsksById(Filter? where) => where is IdIn || (where is AllOf all && all.Parts.Any(AsksById));

    private SqlStatement CompileRows()
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
        sql.Add(from).Add(Where()).Add(Order()).Add(Page());
        return sql.Finish();
    }

    private SqlStatement CompileCheck(string result, string end)
    {
        var used = plan.Where is { } where ? SourceUse.Of(where) : [];
        sql.Add("SELECT ").Add(result).Add(From(used)).Add(Where()).Add(end);
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
        return output.VisibleWhen is { } condition
            ? $"CASE WHEN {filters.Render(condition, scope)} THEN {column} END AS {SqlWriter.Quote(output.Field.Name)}"
            : column;
    }

    private string Order()
    {
        var keys = plan.Sort.Select(key => $"{Key(key)}{(key.Descending ? " DESC" : "")}").ToList();
        var hasStorageOrder = plan.From is { VirtualRow: null, Collection.Type: not CollectionType.View };
        if (hasStorageOrder && !plan.Sort.Any(key => key.By is StorageOrder or RandomOrder))
        {
            var descending = !plan.Sort.IsEmpty && plan.Sort[^1].Descending;
            keys.Add($"{scope.Of(plan.From)}._rowid_{(descending ? " DESC" : "")}");
        }
        return keys.Count == 0 ? "" : $" ORDER BY {string.Join(", ", keys)}";
    }

    private string Key(SortKey key)
    {
        var several = SourceUse.Of(key.By).Where(s => s.Multi).ToList();
        if (several.Count == 0) return filters.Operands.Render(key.By, scope);
        var inner = scope.Inner();
        var joined = joins.Join(several, inner);
        var among = key.Among is { } condition ? $" WHERE {filters.Render(condition, inner)}" : "";
        return $"(SELECT {(key.Descending ? "max" : "min")}({filters.Operands.Render(key.By, inner)}) FROM (SELECT 1){joined}{among})";
    }

    private string Page()
    {
        if (plan.Limit is null && plan.Offset == 0) return "";
        var limit = $" LIMIT {sql.Parameter(plan.Limit ?? -1L)}";
        return plan.Offset == 0 ? limit : $"{limit} OFFSET {sql.Parameter(plan.Offset)}";
    }
}
