using System.Collections.Immutable;
using Hearth.Schema;

namespace Hearth.Planning.Reading;

/// <summary>A rule as it is understood, for people and programs that explain it.</summary>
public abstract record RuleTree;

/// <summary>Several conditions; groups of the same kind inside of each other are one.</summary>
/// <param name="All">All must hold; else one of them.</param>
/// <param name="Parts">At least two.</param>
public sealed record RuleGroup(bool All, ImmutableArray<RuleTree> Parts) : RuleTree;

/// <summary>One comparison.</summary>
/// <param name="Left">The left side.</param>
/// <param name="Operator">How they are compared.</param>
/// <param name="Any">One of several values is enough (<c>?</c>).</param>
/// <param name="Right">The right side.</param>
public sealed record RuleComparison(RuleTerm Left, CompareOperator Operator, bool Any, RuleTerm Right) : RuleTree;

/// <summary>What one side of a comparison is.</summary>
public enum RuleTermKind
{
    /// <summary>A field of the record, or of records that it leads to.</summary>
    Field,

    /// <summary>Who asks: <c>@request.auth</c>.</summary>
    Caller,

    /// <summary>Another fact of the request.</summary>
    Request,

    /// <summary>A field of any record of a collection: <c>@collection</c>.</summary>
    Collection,

    /// <summary>A written text.</summary>
    Text,

    /// <summary>A written number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool,

    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary>A moment or a part of one, such as <c>@now</c>.</summary>
    Now,

    /// <summary>A function with its arguments.</summary>
    Function,
}

/// <summary>One side of a comparison, or an argument of a function.</summary>
/// <param name="Kind">What it is.</param>
public sealed record RuleTerm(RuleTermKind Kind)
{
    /// <summary>The names that lead to the value, without modifier: <c>author.role</c>, for <c>@request</c> without that word and its next. Empty for values.</summary>
    public string Path { get; init; } = "";

    /// <summary>The collection whose field is at the end of the path; empty where there is none.</summary>
    public string Collection { get; init; } = "";

    /// <summary>The type of the field at the end; null when it is not known.</summary>
    public FieldType? Type { get; init; }

    /// <summary>The collections that the path goes through, in order, the last one included.</summary>
    public ImmutableArray<string> Via { get; init; } = [];

    /// <summary>There may be several values for one record.</summary>
    public bool Many { get; init; }

    /// <summary>For a relation: the collection that it refers to.</summary>
    public string Target { get; init; } = "";

    /// <summary>What follows the colon, such as <c>lower</c>; empty for none.</summary>
    public string Modifier { get; init; } = "";

    /// <summary>The name of a moment or a function.</summary>
    public string Name { get; init; } = "";

    /// <summary>The written value.</summary>
    public FieldValue Value { get; init; }

    /// <summary>Arguments of a function.</summary>
    public ImmutableArray<RuleTerm> Arguments { get; init; } = [];
}

/// <summary>A mistake in a rule, and where.</summary>
/// <param name="Message">What is wrong, as a sentence.</param>
/// <param name="Start">First UTF-16 unit of the piece that is wrong.</param>
/// <param name="End">The unit after its last one; the same as <paramref name="Start"/> at the end of the text.</param>
public sealed record RuleMistake(string Message, int Start, int End);
