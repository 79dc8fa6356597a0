using System.Globalization;
using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>One side of a comparison, or a sort key, as SQL.</summary>
/// <param name="filters">Renders a condition that is used as a value.</param>
internal sealed class OperandCompiler(SqlWriter sql, Func<Filter, Aliases, string> filters)
{
    /// <summary>The operand's text. Every source it speaks of must be in scope.</summary>
    public string Render(Operand operand, Aliases scope) => operand switch
    {
        Literal literal => sql.Parameter(literal, SqlArgument.Of(literal.Value)),
        Column column => ColumnText(column.Field, SqliteWords.All.ColumnOf(scope.Of(column.Of), column.Field.Name)),
        KnownValue known => KnownText(known),
        JsonPath path => PathText(SqliteWords.All.ColumnOf(scope.Of(path.Of), path.Field.Name), path.Path),
        ItemCount count => CountText(SqliteWords.All.ColumnOf(scope.Of(count.Of), count.Field.Name)),
        Item item => $"{scope.Of(item.Of)}.value",
        Lower lower => $"lower({Render(lower.Inner, scope)})",
        GeoDistance distance => DistanceText(distance, scope),
        DateFormat date => DateText(date, scope),
        Truth truth => $"(({filters(truth.Condition, scope)}) IS TRUE)",
        StorageOrder order => $"{scope.Of(order.Of)}._rowid_",
        RandomOrder => "random()",
        _ => throw new NotSupportedException($"A {operand.GetType().Name} has no SQL."),
    };

    // A scalar in a json field compares as the scalar, not as its JSON text; what is no JSON (old rows) stays as it is. A number is stored as one,
    // and would lose digits as JSON.
    private static string ColumnText(Field field, string text) =>
        field.Type == FieldType.Json ? $"CASE WHEN typeof({text}) = 'text' AND json_valid({text}) THEN json_extract({text}, '$') ELSE {text} END" : text;

    private string KnownText(KnownValue known)
    {
        var cell = SqliteWords.All.Cell(known.Field, known.Value);
        var text = SqliteWords.All.Typed(known.Field, cell, sql.Parameter(known, cell.Argument));
        return known.Path.IsEmpty ? ColumnText(known.Field, text) : PathText(text, known.Path);
    }

    private static string PathText(string column, IEnumerable<string> path)
    {
        var steps = string.Concat(path.Select(step => step.All(char.IsAsciiDigit)
            ? $"[{step}]"
            : $".\"{step.Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
        return $"CASE WHEN json_valid({column}) THEN json_extract({column}, {SqlWriter.QuoteText("$" + steps)}) END";
    }

    private static string CountText(string column) =>
        $"CASE WHEN json_valid({column}) AND json_type({column}) = 'array' THEN json_array_length({column}) WHEN {column} IS NULL OR {column} = '' THEN 0 ELSE 1 END";

    // These must follow the time at once.
    private static bool SaysWhatNumbersMean(DateFormat date) => date.Modifiers is [var first, ..] && first.ToLowerInvariant() is "unixepoch" or "julianday" or "auto";

    // Haversine: 2 R asin(sqrt(h)); h can exceed 1 by rounding for opposite points.
    private string DistanceText(GeoDistance distance, Aliases scope)
    {
        var (lonA, latA) = (Render(distance.LonA, scope), Render(distance.LatA, scope));
        var (lonB, latB) = (Render(distance.LonB, scope), Render(distance.LatB, scope));
        var lat = $"sin(radians({latB} - {latA}) / 2)";
        var lon = $"sin(radians({lonB} - {lonA}) / 2)";
        return $"(12742 * asin(sqrt(min(1, {lat} * {lat} + {Cosine(distance.LatA, latA)} * {Cosine(distance.LatB, latB)} * {lon} * {lon}))))";
    }

    // Subtraction reads the number at the beginning of a text; a function takes numbers only.
    private static string Cosine(Operand operand, string text) =>
        operand is Literal { Value.Kind: FieldValueKind.Number } or Column { Field.Type: FieldType.Number } or JsonPath { Field.Type: FieldType.GeoPoint }
            ? $"cos(radians({text}))"
            : $"cos(radians({text} + 0))";

    private string DateText(DateFormat date, Aliases scope)
    {
        var arguments = new List<string> { sql.Parameter(date, SqlArgument.Of(FieldValue.Text(date.Format))), date.Time is { } time ? Render(time, scope) : "'now'" };
        arguments.AddRange(date.Modifiers.Select((m, i) => sql.Parameter(date, SqlArgument.Of(FieldValue.Text(m)), i + 1)));
        // Without arithmetic SQLite gives back what was written: 24:00, or the 31st of February. Our own dates are never written so.
        if (date.Time is not Column { Field.Type: FieldType.Date or FieldType.Autodate }) arguments.Insert(SaysWhatNumbersMean(date) ? 3 : 2, "'+0 days'");
        return string.Create(CultureInfo.InvariantCulture, $"strftime({string.Join(", ", arguments)})");
    }
}
