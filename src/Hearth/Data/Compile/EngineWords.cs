using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>
/// The words in which the engines differ. What a plan means is decided once, by the compilers beside this file; they ask here how it is said.
/// </summary>
internal abstract class EngineWords
{
    /// <summary>What stands before the number of a parameter.</summary>
    public abstract char ParameterMark { get; }

    /// <summary>True, as a condition.</summary>
    public abstract string True { get; }

    /// <summary>False, as a condition.</summary>
    public abstract string False { get; }

    /// <summary>A table of one row, in front of joins that may find nothing.</summary>
    public abstract string OneRow { get; }

    /// <summary>The hidden column by which rows stand in the order in which they were stored.</summary>
    public abstract string RowNumber { get; }

    /// <summary>The engine may begin with the rows of an EXISTS and find the rows outside by them.</summary>
    public abstract bool FindsByExists { get; }

    /// <summary>A condition that stands beside a CASE which asks the same again: the engine must not take the one for the other.</summary>
    public virtual string Beside(string condition) => condition;

    /// <summary>A name as the engine takes it, in quotes.</summary>
    public abstract string Quote(string name);

    /// <summary>A column of a named row.</summary>
    public string ColumnOf(string alias, string name) => $"{alias}.{Quote(name)}";

    /// <summary>What follows a value to say that it is one of a bound list.</summary>
    public abstract string Among(string list);

    /// <summary>The list in a column with several values, for <see cref="Items"/>.</summary>
    public abstract string ListIn(string column);

    /// <summary>A list as rows with a column <c>value</c>, and the condition on which they are joined; empty when there must be none.</summary>
    public abstract (string Table, string On) Items(string list, string alias);

    /// <summary>Whether a column with several values holds an id.</summary>
    public abstract string Holds(string column, string id);

    /// <summary>Whether a column with several values holds one of the bound ids: a single one, or a list.</summary>
    public abstract string HoldsAny(string column, string ids, bool isSingle);

    /// <summary>The rows that a column with several ids refers to, where there must be one: a table to begin with, and the condition that ties it, if it needs one.</summary>
    public abstract (string From, string Tie) Referred(string column, string table, string alias);

    /// <summary>A column as it leaves in the rows of an answer.</summary>
    public virtual string Given(Field field, string column) => column;

    /// <summary>A sort key with its direction. NULL comes before everything else.</summary>
    public abstract string Directed(string key, bool descending, bool isNeverNull);

    /// <summary>The least or the greatest of several values, as one value; NULL when there is none.</summary>
    /// <param name="value">The value of one row.</param>
    /// <param name="rows">What follows FROM.</param>
    public abstract string Extreme(string value, string rows, bool isGreatest);

    /// <summary>What limits a plan to a page; empty when nothing does.</summary>
    public abstract string Page(ReadPlan plan, SqlWriter sql);

    /// <summary>What of a plan's limit stands in the text.</summary>
    public abstract int LimitInText(ReadPlan plan);

    /// <summary>What ends a question: locks.</summary>
    public virtual string End(ReadPlan plan, Asked asked) => "";

    /// <summary>A literal as it is bound.</summary>
    public virtual FieldValue Literal(FieldValue value) => value;

    /// <summary>A value as the field's column takes it.</summary>
    public abstract FieldValue Stored(Field field, FieldValue value);

    /// <summary>What stands for a stored value where it is written.</summary>
    public virtual string Written(Field field, string parameter) => parameter;

    /// <summary>A value of a row that is in no table, as it is bound.</summary>
    public virtual VirtualCell Cell(Field field, FieldValue value) => new(SqlArgument.Of(Stored(field, value)), false);

    /// <summary>Such a value with the type that its column would give it.</summary>
    public abstract string Typed(Field field, VirtualCell cell, string parameter);

    /// <summary>What compares values in one statement.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="filters">Renders a condition that is used as a value.</param>
    public abstract Comparisons Comparing(SqlWriter sql, Func<Filter, Aliases, string> filters);
}
