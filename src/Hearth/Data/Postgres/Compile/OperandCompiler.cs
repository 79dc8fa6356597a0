using System.Globalization;
using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Postgres.Compile;

/// <summary>One side of a comparison, or a sort key, as SQL.</summary>
/// <param name="filters">Renders a condition that is used as a value.</param>
internal sealed class OperandCompiler(SqlWriter sql, Func<Filter, Aliases, string> filters)
{
    /// <summary>The operand. Every source it speaks of must be in scope.</summary>
    public SqlValue Render(Operand operand, Aliases scope) => operand switch
    {
        Literal literal => LiteralValue(literal),
        Column column => ColumnValue(column.Field, PostgresWords.Reading.ColumnOf(scope.Of(column.Of), column.Field.Name)),
        KnownValue known => Known(known),
        JsonPath path => new SqlValue(PathText(PostgresWords.Reading.ColumnOf(scope.Of(path.Of), path.Field.Name), path.Path), ValueShape.Json),
        ItemCount count => new SqlValue(CountText(count.Field, PostgresWords.Reading.ColumnOf(scope.Of(count.Of), count.Field.Name)), ValueShape.Number),
        Item item => new SqlValue($"{scope.Of(item.Of)}.value{SqlValue.ByBytes}", ValueShape.Text),
        Lower lower => new SqlValue($"lower({Render(lower.Inner, scope).AsText}{SqlValue.ByBytes})", ValueShape.Text),
        GeoDistance distance => new SqlValue(DistanceText(distance, scope), ValueShape.Number, IsReal: true),
        DateFormat date => new SqlValue(DateText(date, scope), ValueShape.Text),
        Truth truth => new SqlValue($"(({filters(truth.Condition, scope)}) IS TRUE)", ValueShape.Truth),
        StorageOrder order => new SqlValue($"{scope.Of(order.Of)}.{PostgresNames.RowNumber}", ValueShape.Number),
        RandomOrder => new SqlValue("random()", ValueShape.Number),
        _ => throw new NotSupportedException($"A {operand.GetType().Name} has no SQL."),
    };

    private SqlValue LiteralValue(Literal literal)
    {
        var value = PostgresWords.Reading.Literal(literal.Value);
        return value.Kind switch
        {
            FieldValueKind.Text => new SqlValue(Bound(), ValueShape.Text),
            FieldValueKind.Number => new SqlValue(Bound(), ValueShape.Number),
            FieldValueKind.Bool => new SqlValue(Bound(), ValueShape.Truth),
            _ => new SqlValue("NULL", ValueShape.Null),
        };

        string Bound() => sql.Parameter(literal, SqlArgument.Of(value));
    }

    private SqlValue Known(KnownValue known)
    {
        var cell = PostgresWords.Reading.Cell(known.Field, known.Value);
        var text = PostgresWords.Reading.Typed(known.Field, cell, sql.Parameter(known, cell.Argument));
        return known.Path.IsEmpty ? ColumnValue(known.Field, text) : new SqlValue(PathText(text, known.Path), ValueShape.Json);
    }

    private static SqlValue ColumnValue(Field field, string column) => field switch
    {
        { Multiple: true } => new SqlValue($"(array_to_json({column})::text{SqlValue.ByBytes})", ValueShape.Text, ValueAffinity.Number),
        NumberField { Computed: true } number => new SqlValue(column, ValueShape.Number, IsColumn: true, IsReal: !number.OnlyInt),
        { Type: FieldType.Number } => new SqlValue(column, ValueShape.Number, ValueAffinity.Number, IsColumn: true),
        { Type: FieldType.Bool } => new SqlValue(column, ValueShape.Truth, ValueAffinity.Number, IsColumn: true),
        { Type: FieldType.GeoPoint } => new SqlValue($"({column}::text{SqlValue.ByBytes})", ValueShape.Text, ValueAffinity.Number),
        { Type: FieldType.Json } => new SqlValue(column, ValueShape.Json),
        _ => new SqlValue(column, ValueShape.Text, ValueAffinity.Text, IsColumn: true),
    };

    // A number leads into lists only, a name into objects only.
    private static string PathText(string column, IEnumerable<string> path)
    {
        var steps = path.Select(step => !step.All(char.IsAsciiDigit) ? SqlWriter.QuoteText(step)
            : int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index.ToString(CultureInfo.InvariantCulture)
            : int.MaxValue.ToString(CultureInfo.InvariantCulture));
        return $"({column} -> {string.Join(" -> ", steps)})";
    }

    private static string CountText(Field field, string column) =>
        field.Multiple ? $"coalesce(cardinality({column}), 0)" : $"CASE WHEN {column} IS NULL OR {column} = '' THEN 0 ELSE 1 END";

    private string DistanceText(GeoDistance distance, Aliases scope)
    {
        Operand[] places = [distance.LonA, distance.LatA, distance.LonB, distance.LatB];
        return $"hearth$distance({string.Join(", ", places.Select(p => Render(p, scope).AsOperand))})";
    }

    private string DateText(DateFormat date, Aliases scope)
    {
        var time = date.Time is { } operand ? Render(operand, scope).AsText : "'now'";
        var format = sql.Parameter(date, SqlArgument.Of(FieldValue.Text(date.Format)));
        var modifiers = date.Modifiers.Select((m, i) => sql.Parameter(date, SqlArgument.Of(FieldValue.Text(m)), i + 1)).ToList();
        return $"(hearth$strftime({format}, {time}, {(modifiers.Count == 0 ? "'{}'" : $"ARRAY[{string.Join(", ", modifiers)}]")}){SqlValue.ByBytes})";
    }
}
