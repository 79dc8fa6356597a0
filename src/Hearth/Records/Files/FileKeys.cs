using Hearth.Schema;

namespace Hearth.Records.Files;

/// <summary>Where the bytes of a record's files are kept (contract 14.6): by ids, so that a new name of the collection moves nothing.</summary>
public static class FileKeys
{
    /// <summary>The key of a file.</summary>
    public static string Of(Collection collection, string id, string name) => $"{collection.Id}/{id}/{name}";

    /// <summary>The beginning of the keys of a file's thumbs.</summary>
    public static string ThumbsOf(Collection collection, string id, string name) => $"{collection.Id}/{id}/thumbs_{name}/";

    /// <summary>The beginning of all keys of a collection.</summary>
    public static string Under(string collectionId) => collectionId + "/";

    /// <summary>A text can be one part of a key, and leads to no other place.</summary>
    internal static bool IsPart(string text) => text is not ("" or "." or "..") && text.AsSpan().IndexOfAny('/', '\\', '\0') < 0;

    /// <summary>A key is the beginning of many.</summary>
    public static bool IsPrefix(string key) => key.EndsWith('/');

    /// <summary>Whether records of a collection can have files.</summary>
    internal static bool HasFiles(Collection collection)
    {
        foreach (var field in collection.Fields)
        {
            if (field.Type == FieldType.File) return true;
        }
        return false;
    }

    /// <summary>Adds the keys of all files that a stored record has.</summary>
    internal static void AddAll(Record record, List<string> keys)
    {
        for (var i = 0; i < record.Values.Count; i++)
        {
            if (record.Collection.Fields[i].Type != FieldType.File) continue;
            foreach (var name in record.Original(i).AsList) Add(record, name, keys);
        }
    }

    /// <summary>The keys of the files that a changed record has no longer; null when there are none.</summary>
    internal static List<string>? Dropped(Record record)
    {
        List<string>? keys = null;
        for (var i = 0; i < record.Values.Count; i++)
        {
            if (record.Collection.Fields[i].Type != FieldType.File || !record.IsChanged(i)) continue;
            foreach (var name in record.Original(i).AsList)
            {
                if (!Names(record, name)) Add(record, name, keys ??= []);
            }
        }
        return keys;
    }

    /// <summary>Whether any file field of a record names a file.</summary>
    internal static bool Names(Record record, string name)
    {
        for (var i = 0; i < record.Values.Count; i++)
        {
            if (record.Collection.Fields[i].Type == FieldType.File && record[i].AsList.Contains(name)) return true;
        }
        return false;
    }

    /// <summary>Adds the keys of one file.</summary>
    internal static void Add(Record record, string name, List<string> keys)
    {
        var id = record.IsNew ? record.Id : record.Original("id").AsText;
        keys.Add(Of(record.Collection, id, name));
        keys.Add(ThumbsOf(record.Collection, id, name));
    }
}
