using System.Collections.Immutable;
using Hearth.Basics;
using Hearth.Http.Output;
using Hearth.Records.Reading;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearth.Features.Batch;

/// <summary>What an item of a batch does.</summary>
internal enum BatchAction
{
    /// <summary>POST on the records: add.</summary>
    Create,

    /// <summary>PATCH on a record: change.</summary>
    Update,

    /// <summary>PUT on the records: change the record of <c>body.id</c> when it is there, else add.</summary>
    Upsert,

    /// <summary>DELETE on a record: remove.</summary>
    Delete,
}

/// <summary>Where an item of a batch goes, read from its method and address.</summary>
internal sealed record BatchTarget(
    BatchAction Action, string Collection, string Id, IReadOnlyDictionary<string, string> Query, ExpandTree? Expand, FieldPicker? Picker)
{
    /// <summary>Reads the address; the fault when a batch cannot do that.</summary>
    public static Outcome<BatchTarget> Of(BatchItem item)
    {
        var mark = item.Url.IndexOf('?');
        var path = (mark < 0 ? item.Url : item.Url[..mark]).Split('/');
        if (path is not ["", "api", "collections", var collection, "records", ..] || path.Length > 6) return Unsupported;
        var id = path.Length == 6 ? Uri.UnescapeDataString(path[5]) : "";
        BatchAction? action = (item.Method, path.Length) switch
        {
            ("POST", 5) => BatchAction.Create,
            ("PUT", 5) => BatchAction.Upsert,
            ("PATCH", 6) when id.Length > 0 => BatchAction.Update,
            ("DELETE", 6) when id.Length > 0 => BatchAction.Delete,
            _ => null,
        };
        if (action is null) return Unsupported;
        IReadOnlyDictionary<string, string> query = mark < 0 ? ImmutableDictionary<string, string>.Empty : FirstValues(item.Url[mark..]);
        if (FieldPicker.Parse(query.GetValueOrDefault("fields", "")).Failed(out var fault, out var picker)) return fault;
        return new BatchTarget(action.Value, Uri.UnescapeDataString(collection), id, query, ExpandTree.Parse(query.GetValueOrDefault("expand", "")), picker);
    }

    private static Fault Unsupported => Fault.BadRequest("batch.unsupported", "A batch can only create, update, upsert and delete records.");

    private static Dictionary<string, string> FirstValues(string text)
    {
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in QueryHelpers.ParseQuery(text)) query[name] = values.Count > 0 ? values[0] ?? "" : "";
        return query;
    }
}
