using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Features.Files.Resumable;

/// <summary>A file that comes piece by piece, as it stands in <see cref="InternalTables.FileUploads"/>. Each piece is a blob under <see cref="Prefix"/>.</summary>
internal sealed class ResumableUpload(Record row)
{
    private Record row = row;

    /// <summary>The beginning of the keys of all pieces; no collection can have such an id.</summary>
    public const string Place = "-uploads/";

    private static readonly Collection Table = InternalTables.FileUploads;

    public string Id => row.Id;

    /// <summary>Who began it: collection and id of the account; empty for guests.</summary>
    public string Owner => row.GetText("owner");

    public string Collection => row.GetText("collection");

    public string Record => row.GetText("record");

    /// <summary>The file field, with a modifier if there is one.</summary>
    public string Key => row.GetText("key");

    public string Name => row.GetText("name");

    public long Length => (long)row.GetNumber("length");

    /// <summary>Bytes that are certain to be there.</summary>
    public long Received => (long)row.GetNumber("received");

    /// <summary>The name under which it became part of the record; empty until then.</summary>
    public string Stored => row.GetText("stored");

    public DateTimeOffset? Expires => row.GetDate("expires");

    public string Prefix => Place + Id + "/";

    /// <summary>Keys of the pieces in their order.</summary>
    public IReadOnlyList<string> Parts => [.. row.GetJson("parts").EnumerateArray().Select(static part => part.GetString() ?? "")];

    /// <summary>Takes over how far it is.</summary>
    public void Follow(ResumableUpload now) => row = now.row;

    public static string OwnerOf(Caller caller) => caller.Collection is { } collection ? $"{collection.Id}/{caller.Id}" : "";

    /// <summary>A new one whose values are given.</summary>
    public static (WritePlan Plan, ResumableUpload Upload) New(Caller caller, Collection collection, string record, string key, string name, long length, DateTimeOffset expires)
    {
        var row = Hearth.Records.Record.New(Table);
        // Long, because for a guest to know it is to own it.
        row["id"] = FieldValue.Text(RandomText.Of(40, RandomText.LowerAlphabet));
        row["owner"] = FieldValue.Text(OwnerOf(caller));
        row["collection"] = FieldValue.Text(collection.Id);
        row["record"] = FieldValue.Text(record);
        row["key"] = FieldValue.Text(key);
        row["name"] = FieldValue.Text(name);
        row["length"] = FieldValue.Number(length);
        row["parts"] = FieldValue.Json("[]");
        row["expires"] = FieldValue.Text(DateText.Of(expires));
        return (row.ToInsert(), new ResumableUpload(row));
    }

    public static async ValueTask<ResumableUpload?> FindAsync(ReadSession session, string id, CancellationToken stop) =>
        await StoredRows.FindAsync(session, Table, id, stop) is { } row ? new ResumableUpload(row) : null;

    /// <summary>Those whose time is over, at most some hundred.</summary>
    public static async ValueTask<List<ResumableUpload>> ListOldAsync(ReadSession session, DateTimeOffset now, CancellationToken stop)
    {
        var expires = Table.Fields[Table.OrdinalOf("expires")];
        var plan = StoredRows.Plan(Table, from => new Compare(new Column(from, expires), CompareOperator.Less, new Literal(FieldValue.Text(DateText.Of(now))), false), 100);
        return [.. (await StoredRows.ListAsync(session, plan, stop)).Select(static row => new ResumableUpload(row))];
    }

    /// <summary>Some of those that are not finished, behind an id; their pieces lie there.</summary>
    public static async ValueTask<List<ResumableUpload>> ListOpenAsync(ReadSession session, string after, int most, CancellationToken stop)
    {
        var id = Table.Fields[Table.OrdinalOf("id")];
        var plan = StoredRows.Plan(
            Table,
            from => Filter.Both(new Compare(new Column(from, id), CompareOperator.Greater, new Literal(FieldValue.Text(after)), false), StoredRows.TextIs(from, Table.Fields[Table.OrdinalOf("stored")], "")),
            most);
        plan = plan with { Sort = [new SortKey(new Column(plan.From, id), false)] };
        return [.. (await StoredRows.ListAsync(session, plan, stop)).Select(static row => new ResumableUpload(row))];
    }

    /// <summary>How many of a record are not finished, whoever began them.</summary>
    public static async ValueTask<int> CountOpenAsync(ReadSession session, Collection collection, string record, CancellationToken stop)
    {
        var plan = StoredRows.Plan(Table, from => Filter.Both(Filter.Both(Is(from, "collection", collection.Id), Is(from, "record", record)), Is(from, "stored", "")));
        return (await StoredRows.ListAsync(session, plan, stop)).Count;

        static Filter Is(BaseSource from, string field, string value) => StoredRows.TextIs(from, Table.Fields[Table.OrdinalOf(field)], value);
    }

    /// <summary>One piece more.</summary>
    public WritePlan With(string part, long count)
    {
        row["parts"] = FieldValue.Json("[" + string.Join(",", Parts.Append(part).Select(static key => "\"" + key + "\"")) + "]");
        row["received"] = FieldValue.Number(Received + count);
        return row.ToUpdate();
    }

    /// <summary>It became part of the record.</summary>
    public WritePlan Finished(string stored)
    {
        row["stored"] = FieldValue.Text(stored);
        row["parts"] = FieldValue.Json("[]");
        return row.ToUpdate();
    }

    public WritePlan Removed() => new DeleteRow(Table, Id);
}
