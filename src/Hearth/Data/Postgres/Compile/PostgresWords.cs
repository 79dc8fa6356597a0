using System.Globalization;
using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Postgres.Compile;

/// <summary>PostgreSQL's words.</summary>
internal sealed class PostgresWords : EngineWords
{
    /// <summary>For sessions that only read.</summary>
    public static readonly PostgresWords Reading = new(locks: false);

    /// <summary>For sessions that write: a question keeps others off the rows that it finds, when it asks for rows in order to change them, or by id.</summary>
    public static readonly PostgresWords Writing = new(locks: true);

    private readonly bool locks;

    private PostgresWords(bool locks) => this.locks = locks;

    /// <inheritdoc/>
    public override char ParameterMark => '$';

    /// <inheritdoc/>
    public override string True => "true";

    /// <inheritdoc/>
    public override string False => "false";

    /// <inheritdoc/>
    public override string OneRow => "(SELECT 1) one";

    /// <inheritdoc/>
    public override bool FindsByExists => true;

    /// <inheritdoc/>
    public override string RowNumber => PostgresNames.RowNumber;

    /// <inheritdoc/>
    public override string Quote(string name) => PostgresNames.Quote(name);

    /// <inheritdoc/>
    public override string Among(string list) => $"= ANY({list})";

    /// <inheritdoc/>
    public override string ListIn(string column) => column;

    /// <inheritdoc/>
    public override (string Table, string On) Items(string list, string alias) => ($"unnest({list}) {alias}(value)", "true");

    /// <inheritdoc/>
    public override string Holds(string column, string id) => $"{column} @> ARRAY[{id}]";

    /// <inheritdoc/>
    public override string HoldsAny(string column, string ids, bool isSingle) => isSingle ? $"{column} @> ARRAY[{ids}]" : $"{column} && {ids}";

    /// <inheritdoc/>
    public override (string From, string Tie) Referred(string column, string table, string alias) => ($"{table} {alias}", $"{alias}.\"id\" = ANY({column})");

    // Lists leave as the JSON text that they are on the other engine.
    /// <inheritdoc/>
    public override string Given(Field field, string column) => field.Multiple ? $"array_to_json({column})" : column;

    // Where there is no NULL nothing is said of it, because no index is sorted like that.
    /// <inheritdoc/>
    public override string Directed(string key, bool descending, bool isNeverNull) =>
        $"{key}{(descending ? " DESC" : "")}{(isNeverNull ? "" : descending ? " NULLS LAST" : " NULLS FIRST")}";

    // Of any type; NULL is neither the least nor the greatest.
    /// <inheritdoc/>
    public override string Extreme(string value, string rows, bool isGreatest) => $"(SELECT {value} FROM {rows} ORDER BY 1{(isGreatest ? " DESC" : "")} NULLS LAST LIMIT 1)";

    // A bound limit would count as a tenth of all rows when a plan for any values is made; such plans then look so dear that the server makes
    // one for each question instead.
    /// <inheritdoc/>
    public override string Page(ReadPlan plan, SqlWriter sql)
    {
        var limit = plan.Limit is { } most ? string.Create(CultureInfo.InvariantCulture, $" LIMIT {most}") : "";
        return plan.Offset == 0 ? limit : $"{limit} OFFSET {sql.Parameter(PlanPage.Offset, SqlArgument.Of(plan.Offset))}";
    }

    /// <inheritdoc/>
    public override int LimitInText(ReadPlan plan) => plan.Limit ?? -1;

    /// <inheritdoc/>
    public override string End(ReadPlan plan, Asked asked)
    {
        if (!locks || plan.From is not { VirtualRow: null, Collection.Type: not CollectionType.View }) return "";
        if (asked == Asked.Rows) return " FOR NO KEY UPDATE OF t0";
        // A question for rows in general keeps nobody off.
        return plan.Where is IdIn ? " FOR KEY SHARE OF t0" : "";
    }

    // Lists and JSON values compare as the text in which they are stored; null is nothing.
    /// <inheritdoc/>
    public override FieldValue Literal(FieldValue value) => value.Kind switch
    {
        FieldValueKind.List => FieldValue.Text(JsonList.Write(value.AsList)),
        FieldValueKind.Json => value.AsJson == "null" ? FieldValue.Null : FieldValue.Text(value.AsJson),
        _ => value,
    };

    /// <inheritdoc/>
    public override FieldValue Stored(Field field, FieldValue value) => StoredValue.Of(field, value);

    /// <inheritdoc/>
    public override string Written(Field field, string parameter) => field.Type is FieldType.Json or FieldType.GeoPoint ? $"CAST({parameter} AS json)" : parameter;

    /// <inheritdoc/>
    public override string Typed(Field field, VirtualCell cell, string parameter) => field switch
    {
        { Multiple: true } => $"({parameter} COLLATE \"C\")",
        { Type: FieldType.Number or FieldType.Bool or FieldType.Json or FieldType.GeoPoint } => Written(field, parameter),
        _ => $"({parameter}{SqlValue.ByBytes})",
    };

    /// <inheritdoc/>
    public override Comparisons Comparing(SqlWriter sql, Func<Filter, Aliases, string> filters) => new ComparisonCompiler(new OperandCompiler(sql, filters));
}
