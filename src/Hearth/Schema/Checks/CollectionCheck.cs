using Hearth.Basics;

namespace Hearth.Schema.Checks;

/// <summary>One collection of a proposed schema, with what it was before.</summary>
/// <param name="Before">As it is; null for a new one.</param>
/// <param name="After">As it will be.</param>
/// <param name="All">All collections as they will be, this one among them.</param>
internal sealed record CheckedCollection(Collection? Before, Collection After, IReadOnlyList<Collection> All)
{
    /// <summary>The others as they will be.</summary>
    public IEnumerable<Collection> Others => All.Where(other => !ReferenceEquals(other, After));
}

/// <summary>Checks a collection before it is saved (contract 1.7, 4): all faults at once, without the database. Rules are checked by the planner.</summary>
internal static class CollectionCheck
{
    private static readonly string[] InternalTables = ["_collections", "_params", "_migrations", "_logs", "_audit", "_tries", "_fileDebts", "_fileUploads"];

    /// <summary>Adds what is wrong.</summary>
    public static void Check(CheckedCollection item, FaultMap faults)
    {
        CheckIdentity(item, faults);
        CheckSystem(item, faults);
        FieldsCheck.Check(item, faults);
        IndexesCheck.Check(item, faults);
        if (item.After.Auth is { } auth) AuthOptionsCheck.Check(item.After, auth, faults);
        if (item.After.Type == CollectionType.View) CheckView(item.After, faults);
    }

    private static void CheckIdentity(CheckedCollection item, FaultMap faults)
    {
        var (id, name) = (item.After.Id, item.After.Name);
        if (item.Before is not null && item.Before.Id != id) faults.Add("id", new FieldFault("validation_in_invalid", "Must be a valid value."));
        else if (Lengths.CheckName(id, 100) is { } idFault) faults.Add("id", idFault);
        else if (item.Others.Any(other => other.Id == id || other.Name.Equals(id, StringComparison.OrdinalIgnoreCase)))
        {
            faults.Add("id", new FieldFault("validation_invalid_or_existing_id", "The model id is invalid or already exists."));
        }

        if (Lengths.CheckName(name, 255) is { } nameFault) faults.Add("name", nameFault);
        else if (name.Contains("_via_", StringComparison.OrdinalIgnoreCase)) faults.Add("name", FieldsCheck.FoundVia);
        else if (item.Others.Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            faults.Add("name", new FieldFault("validation_collection_name_exists", "Collection name must be unique (case insensitive)."));
        }
        else if (item.Others.Any(other => other.Id == name))
        {
            faults.Add("name", new FieldFault("validation_collection_name_id_duplicate", "The name must not match an existing collection id."));
        }
        else if (InternalTables.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add("name", new FieldFault("validation_collection_name_invalid", "The name shouldn't match with an existing internal table."));
        }
    }

    private static void CheckSystem(CheckedCollection item, FaultMap faults)
    {
        if (item.Before is not { } before) return;
        if (before.Type != item.After.Type) faults.Add("type", new FieldFault("validation_collection_type_change", "The collection type cannot be changed."));
        if (before.System != item.After.System) faults.Add("system", new FieldFault("validation_collection_system_flag_change", "The system flag cannot be changed."));
        if (!before.System) return;
        if (before.Name != item.After.Name) faults.Add("name", new FieldFault("validation_collection_system_name_change", "System collection name cannot be changed."));
        foreach (var ((key, old), (_, now)) in Rules(before).Zip(Rules(item.After)))
        {
            if (old != now) faults.Add(key, new FieldFault("validation_collection_system_rule_change", "System collection API rule cannot be changed."));
        }
    }

    private static void CheckView(Collection view, FaultMap faults)
    {
        if (string.IsNullOrWhiteSpace(view.ViewQuery)) faults.Add("viewQuery", FieldFault.Required);
        foreach (var (key, rule) in new[] { ("createRule", view.CreateRule), ("updateRule", view.UpdateRule), ("deleteRule", view.DeleteRule) })
        {
            if (rule is not null) faults.Add(key, new FieldFault("validation_nil", "Must be blank."));
        }
    }

    /// <summary>The rules of a collection by their keys, those of accounts among them.</summary>
    public static IEnumerable<(string Key, string? Rule)> Rules(Collection collection) =>
    [
        ("listRule", collection.ListRule), ("viewRule", collection.ViewRule), ("createRule", collection.CreateRule),
        ("updateRule", collection.UpdateRule), ("deleteRule", collection.DeleteRule),
        ("authRule", collection.Auth?.AuthRule), ("manageRule", collection.Auth?.ManageRule),
    ];
}
