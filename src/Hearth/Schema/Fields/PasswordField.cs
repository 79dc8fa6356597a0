using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>
/// A password of which only a bcrypt hash is kept (contract 5.13). <see cref="Check"/> takes the plain text; whoever stores it hashes it first.
/// </summary>
public sealed record PasswordField : Field
{
    /// <summary>Most code points; bcrypt reads no more than 72 bytes with its final zero.</summary>
    public const int MostCharacters = 71;

    private const int MostBytes = 72;

    private readonly TextPattern pattern = new("");

    /// <summary>Fewest code points; 0 means no limit.</summary>
    public int Min { get; init; }

    /// <summary>Most code points; 0 means 71.</summary>
    public int Max { get; init; }

    /// <summary>Regular expression, unanchored; empty means any.</summary>
    public string Pattern
    {
        get => pattern.Text;
        init => pattern = new TextPattern(value);
    }

    /// <summary>Cost of the hash; 0 means the default of 10.</summary>
    public int Cost { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Password;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => FieldValue.Text(Coercion.Text(input));

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        var plain = value.AsText;
        if (plain.Length == 0) return CheckRequired(value);
        // No hash can be made of it.
        if (Encoding.UTF8.GetByteCount(plain) > MostBytes) return FieldFault.InvalidValue;
        var length = TextField.CodePoints(plain);
        var most = Max > 0 ? Max : MostCharacters;
        if (length < Min) return new FieldFault("validation_min_text_constraint", $"Must be at least {Min} character(s).");
        if (length > most) return new FieldFault("validation_max_text_constraint", $"Must be less than {most} character(s).");
        return pattern.Matches(plain) ? null : FieldFaults.InvalidFormat;
    }

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
        if (Min < 0) faults.Add("min", FieldFaults.BelowThreshold(1));
        if (Min > MostCharacters) faults.Add("min", FieldFaults.AboveThreshold(MostCharacters));
        if (Max != 0 && Max < Math.Max(1, Min)) faults.Add("max", FieldFaults.BelowThreshold(Math.Max(1, Min)));
        if (Max > MostCharacters) faults.Add("max", FieldFaults.AboveThreshold(MostCharacters));
        if (Cost != 0 && Cost < 4) faults.Add("cost", FieldFaults.BelowThreshold(4));
        if (Cost > 31) faults.Add("cost", FieldFaults.AboveThreshold(31));
        if (pattern.Problem() is { } problem) faults.Add("pattern", FieldFaults.InvalidRegex(problem));
    }

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteNumber("min", Min);
        writer.WriteNumber("max", Max);
        writer.WriteString("pattern", Pattern);
        writer.WriteNumber("cost", Cost);
    }

    internal override Field WithOptions(OptionReader options) => this with
    {
        Min = options.Small("min", Min),
        Max = options.Small("max", Max),
        Pattern = options.Text("pattern", Pattern),
        Cost = options.Small("cost", Cost),
    };
}
