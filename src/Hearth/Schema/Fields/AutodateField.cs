using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>An instant that the server sets; what clients send for it is ignored (contract 5.7).</summary>
public sealed record AutodateField : Field
{
    /// <summary>Set when a record is created.</summary>
    public bool OnCreate { get; init; }

    /// <summary>Set whenever a record is updated.</summary>
    public bool OnUpdate { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Autodate;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) =>
        FieldValue.Text(input.ValueKind == JsonValueKind.String ? DateText.Normalize(Coercion.StringOf(input)) : "");

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => null;

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
        if (!OnCreate && !OnUpdate)
        {
            faults.Add("onCreate", FieldFault.Required);
            faults.Add("onUpdate", FieldFault.Required);
        }
        if (System && context.Before is AutodateField before)
        {
            if (before.OnCreate != OnCreate) faults.Add("onCreate", FieldFault.InvalidValue);
            if (before.OnUpdate != OnUpdate) faults.Add("onUpdate", FieldFault.InvalidValue);
        }
    }

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("onCreate", OnCreate);
        writer.WriteBoolean("onUpdate", OnUpdate);
    }

    internal override Field WithOptions(OptionReader options) => this with
    {
        OnCreate = options.Flag("onCreate", OnCreate),
        OnUpdate = options.Flag("onUpdate", OnUpdate),
    };
}
