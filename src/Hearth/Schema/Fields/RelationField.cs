using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>Ids of records of another collection (contract 5.10). That the records exist is checked where the database is at hand.</summary>
public sealed record RelationField : Field
{
    /// <summary>Id of the collection referred to.</summary>
    public string CollectionId { get; init; } = "";

    /// <summary>Delete the referring record with the last record it refers to.</summary>
    public bool CascadeDelete { get; init; }

    /// <summary>Fewest ids when there are any.</summary>
    public long MinSelect { get; init; }

    /// <summary>Most ids; 0 and 1 mean a single one.</summary>
    public long MaxSelect { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Relation;

    /// <inheritdoc/>
    public override bool Multiple => MaxSelect > 1;

    /// <inheritdoc/>
    public override FieldValue Zero => Multiple ? FieldValue.EmptyList : FieldValue.EmptyText;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => Coercion.Choice(input, Multiple);

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        var count = value.AsList.Count;
        if (count == 0) return CheckRequired(value);
        if (count < MinSelect) return FieldFaults.With("validation_not_enough_values", "Select at least {minSelect}.", "minSelect", MinSelect);
        var most = Math.Max(1, MaxSelect);
        return count > most ? FieldFaults.TooManyValues(most) : null;
    }

    /// <inheritdoc/>
    public override FieldValue? Modify(ValueModifier modifier, FieldValue stored, JsonElement input) => Choices.Modify(modifier, stored, input, Multiple);

    internal override void CheckOptions(FaultMap faults, FieldContext context)
    {
        if (MinSelect < 0) faults.Add("minSelect", FieldFaults.BelowThreshold(0));
        if (MinSelect > 0 && MaxSelect == 0) faults.Add("maxSelect", FieldFault.Required);
        else if (MaxSelect < Math.Max(0, MinSelect)) faults.Add("maxSelect", FieldFaults.BelowThreshold(Math.Max(0, MinSelect)));
        if (MaxSelect > FieldFaults.MostExact) faults.Add("maxSelect", FieldFaults.AboveThreshold(FieldFaults.MostExact));
        if (CollectionId.Length == 0)
        {
            faults.Add("collectionId", FieldFault.Required);
        }
        else if (context.Before is RelationField before && before.CollectionId != CollectionId)
        {
            faults.Add("collectionId", new FieldFault("validation_field_relation_change", "The relation collection cannot be changed."));
        }
        else if (context.Find(CollectionId) is not { } target)
        {
            faults.Add("collectionId", new FieldFault("validation_field_relation_missing_collection", "The relation collection doesn't exist."));
        }
        else if (target.Type == CollectionType.View && context.Collection.Type != CollectionType.View)
        {
            faults.Add("collectionId", new FieldFault("validation_relation_field_non_view_base_collection", "Only view collections are allowed to have relations to other views."));
        }
    }

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteString("collectionId", CollectionId);
        writer.WriteBoolean("cascadeDelete", CascadeDelete);
        writer.WriteNumber("minSelect", MinSelect);
        writer.WriteNumber("maxSelect", MaxSelect);
    }

    internal override Field WithOptions(OptionReader options) => this with
    {
        CollectionId = options.Text("collectionId", CollectionId),
        CascadeDelete = options.Flag("cascadeDelete", CascadeDelete),
        MinSelect = options.Whole("minSelect", MinSelect),
        MaxSelect = options.Whole("maxSelect", MaxSelect),
    };
}
