using System.Text;
using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>
/// Read plans as SQL. The text holds no values, so plans of one structure share one text (<see cref="KeptTexts"/>) and one prepared statement.
/// </summary>
internal sealed class SelectCompiler
{
    private readonly SqlWriter sql = new('?');
    private readonly StringBuilder joined = new();
    private readonly Aliases scope;
    private readonly JoinCompiler joins;
    private readonly FilterCompiler filters;
    private readonly ReadPlan plan;
    private readonly string from;

    private SelectCompiler(ReadPlan plan)
    {
        this.plan = plan;
        joins = new JoinCompiler(sql);
        // What one row of the base leads to is joined when it is spoken of.
        scope = new Aliases(new AliasNames(), join: source => joined.Append(joins.Join([source], scope!)));
        filters = new FilterCompiler(sql, joins, AsksById(plan.Where));
        from = joins.From(plan.From, scope);
    }

    /// <summary>What is asked of a plan.</summary>
    public static SqlStatement Compile(ReadPlan plan, Asked asked) => asked switch
    {
        Asked.Rows => Rows(plan),
        Asked.Count => Count(plan),
        _ => Any(plan),
    };

    /// <summary>The rows of a plan.</summary>
    public static SqlStatement Rows(ReadPlan plan) => new SelectCompiler(plan).CompileRows();

    /// <summary>One row with the number of rows of a plan.</summary>
    public static SqlStatement Count(ReadPlan plan) => new SelectCompiler(plan).CompileCheck("count(*)", "");

    /// <summary>One row if the plan has any.</summary>
    public static SqlStatement Any(ReadPlan plan) => new SelectCompiler(plan).CompileCheck("1", " LIMIT 1");

    private static bool AsksById(Filter? where) => where is IdIn || (where is AllOf all && all.Parts.Any(AsksById));

    private SqlStatement CompileRows()
    {
        var columns = plan.Columns.IsEmpty ? "1" : string.Join(", ", plan.Columns.Select(Output));
        var (where, order, page) = (Where(), Order(), Page());
        return sql.Add("SELECT ").Add(columns).Add(From()).Add(where).Add(order).Add(page).Finish();
    }

    private SqlStatement CompileCheck(string result, string end)
    {
        var where = Where();
        return sql.Add("SELECT ").Add(result).Add(From()).Add(where).Add(end).Finish();
    }

    private string From() => $" FROM {from}{joined}";

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
        var limit = $" LIMIT {sql.Parameter(PlanPage.Limit, SqlArgument.Of(plan.Limit ?? -1L))}";
        return plan.Offset == 0 ? limit : $"{limit} OFFSET {sql.Parameter(PlanPage.Offset, SqlArgument.Of(plan.Offset))}";
    }
}
