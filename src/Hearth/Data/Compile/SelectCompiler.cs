using System.Text;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>
/// Read plans as SQL. The text holds no values, so plans of one structure share one text (<see cref="Kept.KeptTexts"/>) and one prepared statement.
/// </summary>
internal sealed class SelectCompiler
{
    private readonly ReadPlan plan;
    private readonly EngineWords words;
    private readonly SqlWriter sql;
    private readonly StringBuilder joined = new();
    private readonly Aliases scope;
    private readonly JoinCompiler joins;
    private readonly FilterCompiler filters;
    private readonly string from;

    private SelectCompiler(ReadPlan plan, EngineWords words, SqlWriter sql, AliasNames names)
    {
        (this.plan, this.words, this.sql) = (plan, words, sql);
        joins = new JoinCompiler(sql, words, plan.Gone);
        // What one row of the base leads to is joined when it is spoken of.
        scope = new Aliases(names, join: source => joined.Append(joins.Join([source], scope!)));
        filters = new FilterCompiler(sql, words, joins, AsksById(plan.Where));
        from = joins.From(plan.From, scope);
    }

    /// <summary>What is asked of a plan, as a statement.</summary>
    public static SqlStatement Compile(ReadPlan plan, Asked asked, EngineWords words)
    {
        var (sql, names) = (new SqlWriter(words.ParameterMark), new AliasNames());
        var own = new SelectCompiler(plan, words, sql, names);
        return sql.Add(asked switch
        {
            Asked.Rows => own.Rows(),
            Asked.RowsAndCount => own.RowsAndCount(new SelectCompiler(plan, words, sql, names)),
            Asked.Count => own.Count(),
            _ => own.Any(),
        }).Finish();
    }

    private static bool AsksById(Filter? where) => where is IdIn || (where is AllOf all && all.Parts.Any(AsksById));

    private string Rows()
    {
        var columns = plan.Columns.IsEmpty ? "1" : string.Join(", ", plan.Columns.Select(Output));
        var (where, order, page) = (Where(), Order(), words.Page(plan, sql));
        return $"SELECT {columns}{From()}{where}{order}{page}{words.End(plan, Asked.Rows)}";
    }

    // The count stands behind the columns of each row, and is taken once: when the page is full. A page that is not tells the count by itself.
    private string RowsAndCount(SelectCompiler counting)
    {
        var rows = Rows();
        return $"WITH page AS MATERIALIZED ({rows}) SELECT page.*, CASE WHEN (SELECT count(*) FROM page) = {sql.Parameter(PlanPage.Limit, SqlArgument.Of(plan.Limit ?? -1L))} "
            + $"THEN ({counting.Count()}) END FROM page";
    }

    private string Count()
    {
        var (where, end) = (Where(), words.End(plan, Asked.Count));
        return end.Length == 0 ? $"SELECT count(*){From()}{where}" : $"SELECT count(*) FROM (SELECT 1{From()}{where}{end}) c";
    }

    private string Any()
    {
        var where = Where();
        return $"SELECT 1{From()}{where} LIMIT 1{words.End(plan, Asked.Any)}";
    }

    private string From() => $" FROM {from}{joined}";

    private string Where() => plan.Where is { } where and not Always { Value: true } ? $" WHERE {filters.Render(where, scope)}" : "";

    private string Output(OutputColumn output)
    {
        var column = words.ColumnOf(scope.Of(plan.From), output.Field.Name);
        var given = words.Given(output.Field, column);
        var shown = output.VisibleWhen is { } condition ? $"CASE WHEN {filters.Render(condition, scope)} THEN {given} END" : given;
        return shown == column ? column : $"{shown} AS {words.Quote(output.Field.Name)}";
    }

    private string Order()
    {
        var keys = plan.Sort.Select(Key).ToList();
        if (IsTable && !plan.Sort.Any(key => key.By is StorageOrder or RandomOrder))
        {
            keys.Add(words.Directed($"{scope.Of(plan.From)}.{words.RowNumber}", !plan.Sort.IsEmpty && plan.Sort[^1].Descending, isNeverNull: true));
        }
        return keys.Count == 0 ? "" : $" ORDER BY {string.Join(", ", keys)}";
    }

    private string Key(SortKey key)
    {
        var several = SourceUse.Of(key.By).Where(s => s.Multi).ToList();
        if (several.Count == 0)
        {
            var value = filters.Comparisons.Sorted(key.By, scope);
            return key.Among is { } shown
                ? words.Directed($"CASE WHEN {filters.Render(shown, scope)} THEN {value} END", key.Descending, isNeverNull: false)
                : words.Directed(value, key.Descending, IsNeverNull(key.By));
        }
        var inner = scope.Inner();
        var among = joins.Join(several, inner);
        if (key.Among is { } condition) among += $" WHERE {filters.Render(condition, inner)}";
        return words.Directed(words.Extreme(filters.Comparisons.Sorted(key.By, inner), words.OneRow + among, key.Descending), key.Descending, isNeverNull: false);
    }

    private bool IsNeverNull(Operand by) => by switch
    {
        StorageOrder or RandomOrder or ItemCount => true,
        Column column => column.Of == plan.From && IsTable && column.Field is not (JsonField or TextField { Nullable: true }),
        Lower lower => IsNeverNull(lower.Inner),
        _ => false,
    };

    private bool IsTable => plan.From is { VirtualRow: null, Collection.Type: not CollectionType.View };
}
