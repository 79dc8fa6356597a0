using System.Globalization;
using Hearth.Basics;
using Hearth.Schema.Sql;
using Hearth.Schema.Values;

namespace Hearth.Schema.Checks;

/// <summary>Checks the indexes of a collection (contract 4.8).</summary>
internal static class IndexesCheck
{
    /// <summary>Adds what is wrong under <c>indexes</c>.</summary>
    public static void Check(CheckedCollection item, FaultMap faults)
    {
        var collection = item.After;
        if (collection.Type == CollectionType.View)
        {
            if (!collection.Indexes.IsEmpty) faults.Add("indexes", new FieldFault("validation_indexes_not_supported", "View collections don't support indexes."));
            return;
        }
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var definitions = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < collection.Indexes.Length; i++)
        {
            if (CheckOne(collection.Indexes[i], item, names, definitions) is { } fault) faults.AddAt("indexes." + i.ToString(CultureInfo.InvariantCulture), fault);
        }
        if (LostUnique(item) is { } lost) faults.Add("indexes", lost);
    }

    private static FieldFault? CheckOne(IndexDefinition index, CheckedCollection item, HashSet<string> names, HashSet<string> definitions)
    {
        if (!names.Add(index.Name)) return new FieldFault("validation_duplicated_index_name", $"The index name {index.Name} already exists.");
        if (index.Name.StartsWith("_rel_", StringComparison.OrdinalIgnoreCase) || index.Name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase))
        {
            return new FieldFault("validation_invalid_index_expression", $"Invalid CREATE INDEX expression: the name {index.Name} begins like those of internal indexes.");
        }
        if (index.Columns.FirstOrDefault(column => !column.IsExpression && !HasField(item.After, column.Name)) is { } unknown)
        {
            return new FieldFault("validation_invalid_index_expression", $"Invalid CREATE INDEX expression: there is no field {unknown.Name}.");
        }
        foreach (var other in item.Others)
        {
            if (other.Indexes.Any(existing => existing.Name.Equals(index.Name, StringComparison.OrdinalIgnoreCase)))
            {
                return FieldFaults.With("validation_existing_index_name", $"The index name {index.Name} is already used in {{usedTableName}} collection.", "usedTableName", other.Name);
            }
        }
        return definitions.Add(IndexStatement.Render(index with { Name = "" }, ""))
            ? null
            : new FieldFault("validation_duplicated_index_definition", "The index definition already exists.");
    }

    private static FieldFault? LostUnique(CheckedCollection item)
    {
        // Uniqueness of what the program itself relies on may not be given up; how the index is called, sorted and collated may change.
        var system = item.After.Fields.Where(field => field.System).Select(field => field.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var old in item.Before?.Indexes ?? [])
        {
            if (!old.Unique || !old.Columns.Any(column => system.Contains(column.Name))) continue;
            if (!item.After.Indexes.Any(index => index.Unique && SameColumns(index, old)))
            {
                return new FieldFault("validation_invalid_unique_system_field_index", $"Unique index definition on system fields ({old.Name}) is invalid or missing.");
            }
        }
        if (item.After.Type != CollectionType.Auth) return null;
        foreach (var name in new[] { "tokenKey", "email" })
        {
            if (!item.After.HasUniqueIndexOn(name)) return new FieldFault("validation_missing_required_unique_index", $"Missing required unique index for field \"{name}\".");
        }
        return null;
    }

    private static bool SameColumns(IndexDefinition one, IndexDefinition other) =>
        one.Columns.Select(column => column.Name).SequenceEqual(other.Columns.Select(column => column.Name), StringComparer.OrdinalIgnoreCase);

    private static bool HasField(Collection collection, string name) => collection.Fields.Any(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
