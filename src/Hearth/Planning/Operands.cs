using System.Collections.Immutable;
using Hearth.Schema;

namespace Hearth.Planning;

/// <summary>One side of a comparison, or a sort key.</summary>
public abstract record Operand
{
    /// <summary>The source whose rows decide the value; null for literals. When several matter, the one that is multi.</summary>
    public virtual Source? Source => null;

    /// <summary>NULL and the empty text are different values here (contract 2.7).</summary>
    public virtual bool KeepsNull => false;
}

/// <summary>A value that is bound as a parameter. <see cref="FieldValueKind.List"/> and <see cref="FieldValueKind.Json"/> are bound as JSON text.</summary>
public sealed record Literal(FieldValue Value) : Operand
{
    /// <summary>A number that is counted and not measured: beside a text it is its digits, without a point.</summary>
    public bool Whole { get; init; }

    /// <summary>It comes with the request: in patterns a truth value is its name.</summary>
    public bool Told { get; init; }
}

/// <summary>A column of a source.</summary>
public sealed record Column(Source Of, Field Field) : Operand
{
    /// <inheritdoc/>
    public override Source Source => Of;

    /// <inheritdoc/>
    public override bool KeepsNull => Field.Type == FieldType.Json;
}

/// <summary>A value inside a json or geoPoint column; digits-only segments index lists.</summary>
public sealed record JsonPath(Source Of, Field Field, ImmutableArray<string> Path) : Operand
{
    /// <inheritdoc/>
    public override Source Source => Of;

    /// <inheritdoc/>
    public override bool KeepsNull => true;
}

/// <summary>
/// A value that is known before any row is looked at and compares as the field does that it comes from, be it on the left or on the right: a field of the
/// record that is signed in. A <see cref="Literal"/> has no field, and takes its type from what stands beside it.
/// </summary>
/// <param name="Field">The field.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Path">Where to look inside of JSON or a place; empty for the value itself.</param>
public sealed record KnownValue(Field Field, FieldValue Value, ImmutableArray<string> Path) : Operand
{
    /// <inheritdoc/>
    public override bool KeepsNull => Field.Type == FieldType.Json || !Path.IsEmpty;
}

/// <summary>Number of items of a list column: <c>:length</c>.</summary>
public sealed record ItemCount(Source Of, Field Field) : Operand
{
    /// <inheritdoc/>
    public override Source Source => Of;
}

/// <summary>The current item of an <see cref="EachSource"/> or <see cref="EachLiteralSource"/>.</summary>
public sealed record Item(Source Of) : Operand
{
    /// <inheritdoc/>
    public override Source Source => Of;
}

/// <summary>ASCII lower case of another operand: <c>:lower</c>.</summary>
public sealed record Lower(Operand Inner) : Operand
{
    /// <inheritdoc/>
    public override Source? Source => Inner.Source;

    /// <inheritdoc/>
    public override bool KeepsNull => Inner.KeepsNull;
}

/// <summary>Great-circle distance in kilometres on a sphere of radius 6371 (haversine): <c>geoDistance</c>.</summary>
public sealed record GeoDistance(Operand LonA, Operand LatA, Operand LonB, Operand LatB) : Operand
{
    /// <inheritdoc/>
    public override Source? Source => Operands.Widest(LonA, LatA, LonB, LatB);

    /// <inheritdoc/>
    public override bool KeepsNull => true;
}

/// <summary>A date as text by a <c>strftime</c> format with modifiers (SQLite's words; contract 2.6).</summary>
/// <param name="Format">The format, such as <c>%Y-%m</c>.</param>
/// <param name="Time">The date; null means now.</param>
/// <param name="Modifiers">Modifiers such as <c>+1 day</c>.</param>
public sealed record DateFormat(string Format, Operand? Time, ImmutableArray<string> Modifiers) : Operand
{
    /// <inheritdoc/>
    public override Source? Source => Time?.Source;
}

/// <summary>A condition used as a value: true or false (<c>:changed</c> and <c>:isset</c>).</summary>
public sealed record Truth(Filter Condition, Source? Of) : Operand
{
    /// <inheritdoc/>
    public override Source? Source => Of;

    /// <inheritdoc/>
    public override bool KeepsNull => true;
}

/// <summary>The order in which records were made: <c>@rowid</c>. Only as a sort key, only for tables.</summary>
public sealed record StorageOrder(Source Of) : Operand
{
    /// <inheritdoc/>
    public override Source Source => Of;
}

/// <summary>A fresh random number for each row: <c>@random</c>. Only as a sort key.</summary>
public sealed record RandomOrder : Operand;

/// <summary>Questions about several operands.</summary>
public static class Operands
{
    /// <summary>The first multi source among the operands, else the first source, else null.</summary>
    public static Source? Widest(params ReadOnlySpan<Operand> operands)
    {
        Source? first = null;
        foreach (var operand in operands)
        {
            if (operand.Source is not { } source) continue;
            if (source.Multi) return source;
            first ??= source;
        }
        return first;
    }
}
