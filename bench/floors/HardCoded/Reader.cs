using System.Buffers;
using System.Text.Json;
using SQLitePCL;

namespace Hearth.Floors.HardCoded;

/// <summary>What one thread reads with: its connection, its prepared statements and its buffer. Nothing is shared, so nothing is locked.</summary>
internal sealed class Reader
{
    private readonly Statement one, list, countList, expanded, byAuthor, countByAuthor, mine, countMine;
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    private readonly Utf8JsonWriter json;

    public Reader(string file)
    {
        sqlite3 connection = Connection.Open(file, writes: false, "FULL");
        one = new Statement(connection, Sql.One);
        list = new Statement(connection, Sql.List);
        countList = new Statement(connection, Sql.CountList);
        expanded = new Statement(connection, Sql.ListExpanded);
        byAuthor = new Statement(connection, Sql.ListByAuthor);
        countByAuthor = new Statement(connection, Sql.CountByAuthor);
        mine = new Statement(connection, Sql.ListMine);
        countMine = new Statement(connection, Sql.CountMine);
        json = new Utf8JsonWriter(buffer, RowJson.Options);
    }

    /// <summary>One post; empty when there is none. The bytes are valid until this thread's next request.</summary>
    public ReadOnlySpan<byte> One(ReadOnlySpan<byte> id)
    {
        Begin();
        if (!one.Bind(1, id).Step()) return [];
        RowJson.Post(json, one);
        one.Reset();
        return Finish();
    }

    public ReadOnlySpan<byte> List(long from, long to, bool expand)
    {
        var total = Count(countList.Bind(1, from).Bind(2, to));
        var rows = (expand ? expanded : list).Bind(1, from).Bind(2, to);
        BeginPage(total);
        while (rows.Step()) RowJson.Post(json, rows, expand);
        return FinishPage();
    }

    public ReadOnlySpan<byte> ListByAuthor(string name)
    {
        var total = Count(countByAuthor.Bind(1, name));
        byAuthor.Bind(1, name);
        BeginPage(total);
        while (byAuthor.Step()) RowJson.Post(json, byAuthor);
        return FinishPage();
    }

    /// <summary>Drafts of the authors that a user is a member of.</summary>
    public ReadOnlySpan<byte> ListMine(long from, long to, string user)
    {
        var total = Count(countMine.Bind(1, from).Bind(2, to).Bind(3, user));
        mine.Bind(1, from).Bind(2, to).Bind(3, user);
        BeginPage(total);
        while (mine.Step()) RowJson.Draft(json, mine);
        return FinishPage();
    }

    private static long Count(Statement statement)
    {
        statement.Step();
        var count = statement.Integer(0);
        statement.Reset();
        return count;
    }

    private void Begin()
    {
        buffer.ResetWrittenCount();
        json.Reset(buffer);
    }

    private void BeginPage(long total)
    {
        Begin();
        json.WriteStartObject();
        json.WriteNumber("page"u8, 1);
        json.WriteNumber("perPage"u8, Shape.PerPage);
        json.WriteNumber("totalItems"u8, total);
        json.WriteNumber("totalPages"u8, (total + Shape.PerPage - 1) / Shape.PerPage);
        json.WriteStartArray("items"u8);
    }

    private ReadOnlySpan<byte> FinishPage()
    {
        json.WriteEndArray();
        json.WriteEndObject();
        return Finish();
    }

    private ReadOnlySpan<byte> Finish()
    {
        json.Flush();
        return buffer.WrittenSpan;
    }
}
