using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Features.Logs;

/// <summary>Log entries in their own database, so that logging never waits for the app's writes nor they for it.</summary>
internal sealed class LogStore
{
    private const int RowsAtOnce = 500;
    private readonly ArrayBufferWriter<byte> buffer = new(512);
    private readonly Utf8JsonWriter json;

    public LogStore(Engine engine)
    {
        Engine = engine;
        json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public Engine Engine { get; }

    /// <summary>Adds entries in one transaction. One call at a time.</summary>
    public async Task AddAsync(IReadOnlyList<LogEntry> entries, CancellationToken stop)
    {
        var rows = new InsertRow[entries.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = new InsertRow(LogTable.Collection, RowOf(entries[i]));
        await Engine.WriteAsync(
            async session =>
            {
                foreach (var row in rows) await session.ExecuteAsync(row, stop);
                return true;
            },
            null,
            stop);
    }

    /// <summary>Removes everything.</summary>
    public async Task TruncateAsync(CancellationToken stop) => await Engine.WriteAsync(
        async session =>
        {
            await session.ApplyAsync(new DropTable(LogTable.Collection), stop);
            foreach (var step in LogTable.Steps()) await session.ApplyAsync(step, stop);
            return true;
        },
        null,
        stop);

    /// <summary>Removes entries made before an instant, some at a time.</summary>
    public async Task RemoveBeforeAsync(DateTimeOffset instant, CancellationToken stop)
    {
        var from = new BaseSource(LogTable.Collection);
        var (id, created) = (LogTable.Collection.Fields[0], LogTable.Collection.Fields[1]);
        var plan = new ReadPlan
        {
            From = from,
            Columns = [new OutputColumn(id)],
            Where = new Compare(new Column(from, created), CompareOperator.Less, new Literal(FieldValue.Text(DateText.Of(instant))), false),
            Limit = RowsAtOnce,
        };
        while (await RemoveSomeAsync(plan, stop) == RowsAtOnce)
        {
        }
    }

    private Task<int> RemoveSomeAsync(ReadPlan plan, CancellationToken stop) => Engine.WriteAsync(
        async session =>
        {
            var ids = new List<string>();
            using (var rows = await session.QueryAsync(plan, stop))
            {
                while (await rows.NextAsync(stop)) ids.Add(Encoding.UTF8.GetString(rows.Utf8Of(0)));
            }
            foreach (var old in ids) await session.ExecuteAsync(new DeleteRow(LogTable.Collection, old), stop);
            return ids.Count;
        },
        null,
        stop);

    private FieldValue[] RowOf(in LogEntry entry) =>
    [
        FieldValue.Text(RandomText.RecordId()),
        FieldValue.Text(DateText.Of(entry.At)),
        FieldValue.Number(entry.Level),
        FieldValue.Text(entry.Message ?? $"{entry.Method} {entry.Url}"),
        FieldValue.Json(DataOf(entry)),
    ];

    private string DataOf(in LogEntry entry)
    {
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        if (entry.Message is null) WriteRequest(json, entry);
        if (entry.Error is not null) json.WriteString("error"u8, entry.Error);
        if (entry.Details is not null) json.WriteString("details"u8, entry.Details);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteRequest(Utf8JsonWriter json, in LogEntry entry)
    {
        json.WriteString("type"u8, "request");
        json.WriteString("auth"u8, entry.Auth);
        if (entry.AuthId.Length > 0) json.WriteString("authId"u8, entry.AuthId);
        json.WriteNumber("execTime"u8, Math.Round(entry.Took.TotalMilliseconds, 4));
        json.WriteString("method"u8, entry.Method);
        json.WriteString("url"u8, entry.Url);
        json.WriteNumber("status"u8, entry.Status);
        json.WriteString("referer"u8, entry.Referer);
        json.WriteString("userAgent"u8, entry.UserAgent);
        if (entry.UserIP is not null) json.WriteString("userIP"u8, ClientAddress.Text(entry.UserIP));
        if (entry.RemoteIP is not null) json.WriteString("remoteIP"u8, ClientAddress.Text(entry.RemoteIP));
    }
}
