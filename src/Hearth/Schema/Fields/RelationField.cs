using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>Ids of records of another collection (contract 5.10).</summary>
public sealed record RelationField : Field
{
    /// <summary>Id of the collection referred to.</summary>
    public string CollectionId { get; init; } = "";

    /// <summary>Delete the referring record with the last record it refers to.</summary>
    public bool CascadeDelete { get; init; }

    /// <summary>Fewest ids when there are any.</summary>
    public int MinSelect { get; init; }

    /// <summary>Most ids; 0 and 1 mean a single one.</summary>
    public int MaxSelect { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Relation;

    /// <inheritdoc/>
    public override bool Multiple => MaxSelect > 1;

    /// <inheritdoc/>
    public override FieldValue Zero => Multiple ? FieldValue.EmptyList : FieldValue.EmptyText;

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value) => throw new NotSupportedException();
}
