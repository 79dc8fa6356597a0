using System.Globalization;
using Hearth.Basics;
using Hearth.Schema.Values;

namespace Hearth.Schema.Checks;

/// <summary>Checks the fields of a collection: what all types share, the fields that its type needs, and what may not change.</summary>
internal static class FieldsCheck
{
    private static readonly string[] ReservedNames = ["null", "true", "false", "_rowid_", "collectionId", "collectionName", "expand"];

    /// <summary>A name that filters would read as a back-relation.</summary>
    public static FieldFault FoundVia { get; } = new("validation_found_via", "The value cannot contain \"_via_\".");

    /// <summary>A field that wants to be the key beside another one.</summary>
    private static FieldFault SecondKey { get; } = new("validation_unsupported_composite_pk", "Composite PKs are not supported and the collection must have only 1 PK.");

    /// <summary>Adds what is wrong under <c>fields</c>.</summary>
    public static void Check(CheckedCollection item, FaultMap faults)
    {
        var collection = item.After;
        if (Missing(item) is { } missing)
        {
            // It is about the list as a whole, so it takes the place of what is wrong with single fields.
            faults.Add("fields", missing);
            return;
        }
        var before = item.Before?.Fields.ToLookup(field => field.Id, StringComparer.Ordinal);
        var keys = collection.Fields.OfType<TextField>().Count(field => field.PrimaryKey);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < collection.Fields.Length; i++)
        {
            var field = collection.Fields[i];
            var old = before?[field.Id].FirstOrDefault();
            FaultEntry? entry;
            if (old is not null && old.Type != field.Type && collection.Type != CollectionType.View)
            {
                entry = new FieldFault("validation_field_type_change", "Field type cannot be changed.");
            }
            else
            {
                var own = CheckShared(field, collection, ids, names);
                if (keys > 1 && field is TextField { PrimaryKey: true }) own.Add("primaryKey", SecondKey);
                field.CheckOptions(own, new FieldContext(collection, old, id => item.All.FirstOrDefault(other => other.Id == id)));
                entry = own.IsEmpty ? null : own;
            }
            if (entry is not null) faults.AddAt("fields." + i.ToString(CultureInfo.InvariantCulture), entry);
        }
    }

    private static FaultMap CheckShared(Field field, Collection collection, HashSet<string> ids, HashSet<string> names)
    {
        var own = new FaultMap();
        if (field.Id.Length == 0) own.Add("id", FieldFault.Required);
        else if (Lengths.Check(field.Id, 1, 100) is { } length) own.Add("id", length);
        else if (!ids.Add(field.Id)) own.Add("id", FieldFaults.With("validation_duplicated_field_id", "Duplicated or invalid field id {id}.", "id", field.Id));

        if (Lengths.CheckName(field.Name, 100) is { } name) own.Add("name", name);
        else if (field.Name.Contains("_via_", StringComparison.OrdinalIgnoreCase)) own.Add("name", FoundVia);
        else if (ReservedNames.Contains(field.Name, StringComparer.OrdinalIgnoreCase)) own.Add("name", new FieldFault("validation_not_in_invalid", "Must not be in list."));
        else if (collection.Type == CollectionType.Auth && field.Name is "passwordConfirm" or "oldPassword")
        {
            own.Add("name", new FieldFault("validation_reserved_field_name", "The field name is reserved and cannot be used."));
        }
        else if (!names.Add(field.Name))
        {
            own.Add("name", FieldFaults.With("validation_duplicated_field_name", "Duplicated or invalid field name {fieldName}.", "fieldName", field.Name));
        }
        if (Lengths.Check(field.Help, 1, 300) is { } help) own.Add("help", help);
        return own;
    }

    /// <summary>The first thing that the fields as a whole lack, or null.</summary>
    private static FieldFault? Missing(CheckedCollection item)
    {
        var collection = item.After;
        foreach (var old in item.Before?.Fields ?? [])
        {
            // The fields of a view follow its query.
            if (!old.System || collection.Type == CollectionType.View) continue;
            var same = collection.Fields.Where(field => field.Id == old.Id).ToList();
            if (same.Count == 0 || same.Any(field => field.Name != old.Name))
            {
                return new FieldFault("validation_system_field_change", $"System field {old.Name} cannot be deleted or renamed.");
            }
        }
        // A query that does not work gives none.
        if (collection is { Type: CollectionType.View, Fields.IsEmpty: true }) return FieldFault.Required;
        if (!collection.Fields.Any(field => field is TextField { PrimaryKey: true })) return new FieldFault("validation_missing_primary_key", "Missing or invalid primary key.");
        if (collection.Type != CollectionType.Auth) return null;
        return Need<PasswordField>("password", hidden: true) ?? Need<TextField>("tokenKey", hidden: true) ??
            Need<EmailField>("email", hidden: false) ?? Need<BoolField>("emailVisibility", hidden: false) ?? Need<BoolField>("verified", hidden: false);

        FieldFault? Need<T>(string name, bool hidden) where T : Field
        {
            if (collection.FindField(name) is not T field) return new FieldFault($"validation_missing_{name}_field", $"System {name} field is required.");
            if (hidden && !(field.System && field.Hidden)) return new FieldFault("validation_must_be_system_and_hidden", $"The field {name} must be system and hidden.");
            return field.System ? null : new FieldFault("validation_must_be_system", $"The field {name} must be marked as system.");
        }
    }
}
