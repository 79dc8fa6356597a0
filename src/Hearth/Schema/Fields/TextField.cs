using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>Plain text (contract 5.2).</summary>
public sealed record TextField : Field
{
    /// <summary>Pattern of stock record ids.</summary>
    public const string StockIdPattern = "^[a-z0-9]+$";

    private const int DefaultMax = 5000;

    private readonly TextPattern pattern = new("");

    /// <summary>Fewest code points; 0 means no limit.</summary>
    public long Min { get; init; }

    /// <summary>Most code points; 0 means 5000.</summary>
    public long Max { get; init; }

    /// <summary>Regular expression, unanchored; empty means any.</summary>
    public string Pattern
    {
        get => pattern.Text;
        init => pattern = new TextPattern(value);
    }

    /// <summary>Pattern from which a value is made when none is sent; empty means none.</summary>
    public string AutogeneratePattern { get; init; } = "";

    /// <summary>This is the primary key; only on the field <c>id</c>.</summary>
    public bool PrimaryKey { get; init; }

    /// <summary>The column may hold NULL. Only for internal tables; not on the wire.</summary>
    public bool Nullable { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Text;

    /// <summary>Number of Unicode code points.</summary>
    public static int CodePoints(string text) => text.Length - text.Count(char.IsLowSurrogate);

    /// <summary>A fresh value made from <see cref="AutogeneratePattern"/>; empty when there is no usable pattern.</summary>
    public string Generate() => AutogeneratePattern.Length == 0 ? "" : TextGenerator.Generate(AutogeneratePattern) ?? "";

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => FieldValue.Text(Coercion.Text(input));

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        var text = value.AsText;
        if (text.Length == 0) return CheckRequired(value);
        if (PrimaryKey && Pattern != StockIdPattern && KeyCharacters.Check(text) is { } keyFault) return keyFault;
        var length = CodePoints(text);
        if (length < Min) return FieldFaults.With("validation_min_text_constraint", "Must be at least {min} character(s).", "min", Min);
        var most = Max > 0 ? Max : DefaultMax;
        if (length > most) return FieldFaults.With("validation_max_text_constraint", "Must be no more than {max} character(s).", "max", most);
        return pattern.Matches(text) ? null : FieldFaults.InvalidFormat;
    }

    /// <inheritdoc/>
    public override FieldValue? Modify(ValueModifier modifier, FieldValue stored, JsonElement input) =>
        modifier == ValueModifier.Autogenerate ? FieldValue.Text(Coercion.Text(input) + Generate()) : null;

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
        if (PrimaryKey && Name != "id") faults.Add("name", new FieldFault("validation_in_invalid", "The primary key must be named \"id\"."));
        if (PrimaryKey && !Required) faults.Add("required", FieldFault.Required);
        if (PrimaryKey && Hidden) faults.Add("hidden", new FieldFault("validation_empty", "Must be blank."));
        if (Min < 0) faults.Add("min", FieldFaults.BelowThreshold(0));
        if (Min > FieldFaults.MostExact) faults.Add("min", FieldFaults.AboveThreshold(FieldFaults.MostExact));
        if (Max > FieldFaults.MostExact) faults.Add("max", FieldFaults.AboveThreshold(FieldFaults.MostExact));
        if (Max < 0 || (Max > 0 && Max < Min)) faults.Add("max", FieldFaults.BelowThreshold(Math.Max(0, Min)));
        if (PrimaryKey && Pattern.Length == 0) faults.Add("pattern", FieldFault.Required);
        else if (pattern.Problem() is { } problem) faults.Add("pattern", FieldFaults.InvalidRegex(problem));
        if (AutogeneratePattern.Length > 0 && faults.IsEmpty) CheckAutogenerate(faults);
    }

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteNumber("min", Min);
        writer.WriteNumber("max", Max);
        writer.WriteString("pattern", Pattern);
        writer.WriteString("autogeneratePattern", AutogeneratePattern);
        writer.WriteBoolean("primaryKey", PrimaryKey);
    }

    internal override Field WithOptions(OptionReader options) => this with
    {
        Min = options.Whole("min", Min),
        Max = options.Whole("max", Max),
        Pattern = options.Text("pattern", Pattern),
        AutogeneratePattern = options.Text("autogeneratePattern", AutogeneratePattern),
        PrimaryKey = options.Flag("primaryKey", PrimaryKey),
    };

    /// <summary>What the pattern makes must itself be a valid value; several draws, because one could be lucky.</summary>
    private void CheckAutogenerate(FaultMap faults)
    {
        for (var i = 0; i < 10; i++)
        {
            if (TextGenerator.Generate(AutogeneratePattern, out var problem) is not { } sample)
            {
                faults.Add("autogeneratePattern", problem is null ? new FieldFault("validation_invalid_autogenerate_pattern", "Invalid or unsupported autogenerate pattern.") : FieldFaults.InvalidRegex(problem));
                return;
            }
            if (Check(FieldValue.Text(sample)) is { } fault)
            {
                faults.Add("autogeneratePattern", new FieldFault(
                    "validation_invalid_autogenerate_pattern_value", $"The pattern makes values that the field refuses: {fault.Message}"));
                return;
            }
        }
    }
}
