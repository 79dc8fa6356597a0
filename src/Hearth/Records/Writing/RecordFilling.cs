using Hearth.Basics;
using Hearth.Schema;
using Hearth.Schema.Values;

namespace Hearth.Records.Writing;

/// <summary>What the server puts into a record by itself: submitted values, generated text, ids and dates.</summary>
internal static class RecordFilling
{
    /// <summary>Stands for the id of a new record in create rules, as long as it has none.</summary>
    private const string TemporaryIdPrefix = "__hearth_create__";

    /// <summary>Applies what was submitted to the record's present values.</summary>
    public static void Apply(Record record, IReadOnlyList<SubmittedValue> parts)
    {
        var isAuth = record.Collection.Type == CollectionType.Auth;
        foreach (var part in parts)
        {
            if (part.Field.Type == FieldType.Autodate) continue;
            var changed = part.Modifier is { } modifier ? part.Field.Modify(modifier, record[part.Ordinal], part.Value) : part.Field.Coerce(part.Value);
            if (changed is not { } value) continue;
            // A blank password means that it stays as it is; on create it is then found missing.
            if (isAuth && part.Field.Type == FieldType.Password && value.AsText.Length == 0) continue;
            record[part.Ordinal] = value;
        }
    }

    /// <summary>The values on which create rules are evaluated (contract 6.3).</summary>
    public static FieldValue[] VirtualRow(Record record)
    {
        var row = record.CopyValues();
        var id = record.Collection.OrdinalOf("id");
        if (row[id].AsText.Length == 0) row[id] = FieldValue.Text(TemporaryIdPrefix + RandomText.RecordId());
        if (record.Collection.Type == CollectionType.Auth) row[record.Collection.OrdinalOf("verified")] = FieldValue.Bool(false);
        return row;
    }

    /// <summary>Generates the texts that a new record lacks.</summary>
    public static void Generate(Record record)
    {
        for (var i = 0; i < record.Values.Count; i++)
        {
            if (record.Collection.Fields[i] is not TextField field || record[i].AsText.Length > 0) continue;
            if (field.AutogeneratePattern.Length > 0) record[i] = FieldValue.Text(Generate(field));
            else if (field.PrimaryKey) record[i] = FieldValue.Text(RandomText.RecordId());
        }
    }

    /// <summary>A fresh token key, which ends every token of the record.</summary>
    public static void RenewTokenKey(Record record)
    {
        if (record.Collection.FindField("tokenKey") is TextField field) record["tokenKey"] = FieldValue.Text(Generate(field));
    }

    /// <summary>Sets the dates that the server keeps.</summary>
    public static void Date(Record record, string now)
    {
        for (var i = 0; i < record.Values.Count; i++)
        {
            if (record.Collection.Fields[i] is AutodateField field && (record.IsNew ? field.OnCreate : field.OnUpdate)) record[i] = FieldValue.Text(now);
        }
    }

    // The two patterns that nearly every record meets are drawn at once; a pattern is otherwise read anew for each value.
    private static string Generate(TextField field) => field.AutogeneratePattern switch
    {
        "[a-z0-9]{15}" => RandomText.RecordId(),
        "" or "[a-zA-Z0-9]{50}" => RandomText.Of(50),
        var pattern => TextGenerator.Generate(pattern) ?? RandomText.Of(50),
    };
}
