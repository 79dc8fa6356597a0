using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>Equalities written so that an engine recognises the index that fits them. The meaning stays the same.</summary>
internal static class IndexFit
{
    /// <summary>
    /// The equality of a column and a literal that is not empty. An index that leaves empty values out is used only when the condition says
    /// that they are not wanted, though no empty value could be equal.
    /// </summary>
    public static string Equal(Operand column, string left, string right) => LeavesOutEmpty(column) ? $"({left} = {right} AND {left} != '')" : $"{left} = {right}";

    /// <summary>An index begins with the column and leaves empty values out.</summary>
    public static bool LeavesOutEmpty(Operand column) => column is Column { Of.Collection: { } collection } c && collection.Indexes.Any(i => LeavesOutEmpty(i, c.Field.Name));

    /// <summary>
    /// The column and the literal of an equality in ASCII lower case that an index without regard to case can answer: <c>NOCASE</c> folds
    /// exactly the letters that lower() folds. Null when it is none.
    /// </summary>
    public static (Column Column, Literal Literal)? WithoutCase(Operand left, Operand right)
    {
        if (left is not Lower { Inner: Column { Of.Collection: { } collection } column }) return null;
        var literal = right is Lower { Inner: Literal inner } ? inner : right as Literal;
        if (literal is null || literal.Value.Kind != FieldValueKind.Text || literal.Value.AsText.Length == 0) return null;
        if (right is Literal && literal.Value.AsText.Any(char.IsAsciiLetterUpper)) return null;
        return collection.Indexes.Any(i => IgnoresCase(i, column.Field.Name)) ? (column, literal) : null;
    }

    private static bool IgnoresCase(IndexDefinition index, string field) =>
        Leads(index, field) && string.Equals(index.Columns[0].Collation, "NOCASE", StringComparison.OrdinalIgnoreCase);

    /// <summary>The index begins with the field and leaves empty values out.</summary>
    public static bool LeavesOutEmpty(IndexDefinition index, string field)
    {
        if (index.Where is null || !Leads(index, field)) return false;
        var where = string.Concat(index.Where.Where(c => !char.IsWhiteSpace(c) && c is not ('`' or '"' or '[' or ']')));
        return where.Equals($"{field}!=''", StringComparison.OrdinalIgnoreCase) || where.Equals($"{field}<>''", StringComparison.OrdinalIgnoreCase);
    }

    private static bool Leads(IndexDefinition index, string field) =>
        !index.Columns.IsEmpty && !index.Columns[0].IsExpression && string.Equals(index.Columns[0].Name, field, StringComparison.OrdinalIgnoreCase);
}
