using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Schema;

namespace Hearth.Features.Logs;

/// <summary>
/// Turns entries into rows. Every request makes one, so one row and its buffers serve all of them: a row is good until the next is made.
/// </summary>
internal sealed class LogRow
{
    private readonly ArrayBufferWriter<byte> messageBytes = new(512);
    private readonly ArrayBufferWriter<byte> dataBytes = new(512);
    private readonly Utf8Text message = new();
    private readonly Utf8Text data = new();
    private readonly Utf8JsonWriter json;
    private readonly AscendingIds ids = new();
    private readonly FieldValue[] values = new FieldValue[5];
    private (long Millisecond, string Text) date = (-1, "");
    private (System.Net.IPAddress? Address, string Text) client = (null, "");
    private (System.Net.IPAddress? Address, string Text) socket = (null, "");

    /// <summary>Makes the row.</summary>
    public LogRow()
    {
        json = new Utf8JsonWriter(dataBytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>The row of an entry, in the order of the table's fields.</summary>
    public IReadOnlyList<FieldValue> Of(in LogEntry entry)
    {
        var millisecond = entry.At.ToUnixTimeMilliseconds();
        if (date.Millisecond != millisecond) date = (millisecond, DateText.Of(entry.At));
        WriteMessage(entry);
        WriteData(entry);
        values[0] = FieldValue.Text(entry.Id ?? ids.Next(millisecond));
        values[1] = FieldValue.Text(date.Text);
        values[2] = FieldValue.Number(entry.Level);
        values[3] = FieldValue.Text(message);
        values[4] = FieldValue.Json(data);
        return values;
    }

    private void WriteMessage(in LogEntry entry)
    {
        messageBytes.ResetWrittenCount();
        if (entry.Message is not null)
        {
            Encoding.UTF8.GetBytes(entry.Message, messageBytes);
        }
        else
        {
            Encoding.UTF8.GetBytes(entry.Method, messageBytes);
            messageBytes.Write(" "u8);
            Encoding.UTF8.GetBytes(entry.Url, messageBytes);
        }
        message.Bytes = messageBytes.WrittenMemory;
    }

    private void WriteData(in LogEntry entry)
    {
        dataBytes.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        if (entry.Message is null) WriteRequest(entry);
        if (entry.Error is not null) json.WriteString("error"u8, entry.Error);
        if (entry.Details is not null) json.WriteString("details"u8, entry.Details);
        if (entry.Journey is { } journey) JourneyJson.Write(json, journey);
        json.WriteEndObject();
        json.Flush();
        data.Bytes = dataBytes.WrittenMemory;
    }

    private void WriteRequest(in LogEntry entry)
    {
        json.WriteString("type"u8, "request"u8);
        json.WriteString("auth"u8, entry.Auth);
        if (entry.AuthId.Length > 0) json.WriteString("authId"u8, entry.AuthId);
        json.WriteNumber("execTime"u8, Math.Round(entry.Took.TotalMilliseconds, 4));
        json.WriteString("method"u8, entry.Method);
        json.WriteString("url"u8, entry.Url);
        json.WriteNumber("status"u8, entry.Status);
        json.WriteString("referer"u8, entry.Referer);
        json.WriteString("userAgent"u8, entry.UserAgent);
        if (entry.UserIP is not null) json.WriteString("userIP"u8, TextOf(entry.UserIP, ref client));
        if (entry.RemoteIP is not null) json.WriteString("remoteIP"u8, TextOf(entry.RemoteIP, ref socket));
    }

    // Entries of one client often follow each other.
    private static string TextOf(System.Net.IPAddress address, ref (System.Net.IPAddress? Address, string Text) last)
    {
        if (!address.Equals(last.Address)) last = (address, ClientAddress.Text(address));
        return last.Text;
    }
}

/// <summary>Entries as the rows that they become, one at a time.</summary>
internal sealed class LogRows(IReadOnlyList<LogEntry> entries, LogRow row) : IReadOnlyList<IReadOnlyList<FieldValue>>
{
    public int Count => entries.Count;

    public IReadOnlyList<FieldValue> this[int index] => row.Of(entries[index]);

    public IEnumerator<IReadOnlyList<FieldValue>> GetEnumerator()
    {
        for (var i = 0; i < entries.Count; i++) yield return row.Of(entries[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
