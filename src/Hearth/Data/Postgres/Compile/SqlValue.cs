namespace Hearth.Data.Postgres.Compile;

/// <summary>What an expression gives.</summary>
internal enum ValueShape
{
    /// <summary>Nothing at all.</summary>
    Null,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false, which compare as 1 and 0.</summary>
    Truth,

    /// <summary>A JSON value, of which only the row knows what it is.</summary>
    Json,

    /// <summary>A value of the type <c>hearth$value</c>: a number or a text.</summary>
    Either,
}

/// <summary>What a value makes of the value beside it, before both are compared (the affinity of the other engine's columns).</summary>
internal enum ValueAffinity
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number, when it reads as one.</summary>
    Number,
}

/// <summary>An expression with what is known of it.</summary>
/// <param name="Sql">The expression's text.</param>
/// <param name="Shape">What it gives.</param>
/// <param name="Affinity">What it makes of the value beside it.</param>
/// <param name="IsColumn">It is a column as it stands in a table, with the collation of the column.</param>
/// <param name="IsReal">It is a number whose text has a point always.</param>
internal readonly record struct SqlValue(string Sql, ValueShape Shape, ValueAffinity Affinity = ValueAffinity.None, bool IsColumn = false, bool IsReal = false)
{
    /// <summary>Ends a text expression whose collation is not known to be the bytes' own.</summary>
    public const string ByBytes = " COLLATE \"C\"";

    /// <summary>It is a number or a truth value.</summary>
    public bool IsNumeric => Shape is ValueShape.Number or ValueShape.Truth;

    /// <summary>The value as a number; only for numbers and truth values.</summary>
    public string AsNumber => Shape == ValueShape.Truth ? $"({Sql})::int" : Sql;

    /// <summary>The value as a text.</summary>
    public string AsText => Shape switch
    {
        ValueShape.Text => Sql,
        ValueShape.Null => $"NULL::text{ByBytes}",
        ValueShape.Truth => $"(({Sql})::int::text){ByBytes}",
        _ => $"hearth${(IsReal ? "long_text" : "text")}({Sql}){ByBytes}",
    };

    /// <summary>The value as one that can be a number or a text.</summary>
    public string AsEither => Shape switch
    {
        ValueShape.Either => Sql,
        ValueShape.Null => "NULL::hearth$value",
        ValueShape.Truth => $"hearth$value(({Sql})::int::double precision)",
        ValueShape.Number => $"hearth$value(({Sql})::double precision)",
        _ => $"hearth$value({Sql})",
    };

    /// <summary>The value as arithmetic takes it.</summary>
    public string AsOperand => Shape switch
    {
        ValueShape.Number => Sql,
        ValueShape.Truth => $"({Sql})::int",
        ValueShape.Null => "NULL::double precision",
        _ => $"hearth$number({Sql})",
    };

    /// <summary>The value beside one of an affinity.</summary>
    public SqlValue Beside(ValueAffinity other) => (other, Affinity) switch
    {
        (ValueAffinity.Number, not ValueAffinity.Number) when Shape is ValueShape.Text or ValueShape.Json => this with { Sql = $"hearth$numeric({Sql})", Shape = ValueShape.Either, IsColumn = false },
        (ValueAffinity.Text, ValueAffinity.None) when Shape is ValueShape.Json or ValueShape.Number or ValueShape.Truth => this with { Sql = AsText, Shape = ValueShape.Text, IsColumn = false },
        _ => this,
    };
}
