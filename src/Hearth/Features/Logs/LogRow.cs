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
    /// <summary>Bytes of data of an entry when the settings name none.</summary>
    public const int UsualDataSize = 16 << 10;

    private const int LongestMessage = 8000;
    private const int LongestText = 2000;

    private long written;

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

    /// <summary>Most bytes of the data of an entry.</summary>
    public int MaxDataSize { get; set; } = UsualDataSize;

    /// <summary>About how many bytes the rows took that were made since the last call.</summary>
    public long TakeWritten() => Interlocked.Exchange(ref written, 0);

    /// <summary>The row of an entry, in the order of the table's fields.</summary>
    public IReadOnlyList<FieldValue> Of(in LogEntry entry)
    {
        var millisecond = entry.At.ToUnixTimeMilliseconds();
        if (date.Millisecond != millisecond) date = (millisecond, DateText.Of(entry.At));
        WriteMessage(entry);
        WriteData(entry);
        written += LogStore.BytesBeside + messageBytes.WrittenCount + dataBytes.WrittenCount;
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
            Encoding.UTF8.GetBytes(Cut(entry.Message, LongestMessage), messageBytes);
        }
        else
        {
            Encoding.UTF8.GetBytes(entry.Method, messageBytes);
            messageBytes.Write(" "u8);
            Encoding.UTF8.GetBytes(entry.Url, messageBytes);
        }
        message.Bytes = messageBytes.WrittenMemory;
    }

    // What does not fit is left out, the largest first; whose journey was asked for gets it.
    private void WriteData(in LogEntry entry)
    {
        WriteData(entry, entry.Journey, LongestText, entry.WasCut || entry.Message?.Length > LongestMessage);
        if (dataBytes.WrittenCount <= MaxDataSize) return;
        var asked = entry.Id is not null && entry.Journey is not null;
        if (!asked && entry.Journey is not null) WriteData(entry, null, LongestText, true);
        if (asked || dataBytes.WrittenCount <= MaxDataSize) return;
        for (var longest = LongestText / 2; dataBytes.WrittenCount > MaxDataSize && longest > 0; longest /= 2) WriteData(entry, null, longest, true);
    }

    private void WriteData(in LogEntry entry, Basics.Journeys.KeptJourney? journey, int longest, bool wasCut)
    {
        dataBytes.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        if (entry.Message is null) WriteRequest(entry, longest);
        if (entry.Error is not null) json.WriteString("error"u8, Cut(entry.Error, longest));
        if (entry.Details is not null) json.WriteString("details"u8, Cut(entry.Details, longest));
        if (journey is not null) JourneyJson.Write(json, journey);
        if (wasCut || entry.Error?.Length > longest || entry.Details?.Length > longest) json.WriteBoolean("__pb_truncated__"u8, true);
        json.WriteEndObject();
        json.Flush();
        data.Bytes = dataBytes.WrittenMemory;
    }

    private static ReadOnlySpan<char> Cut(string text, int longest) => text.Length <= longest ? text : text.AsSpan(0, longest);

    private void WriteRequest(in LogEntry entry, int longest)
    {
        json.WriteString("type"u8, "request"u8);
        json.WriteString("auth"u8, entry.Auth);
        if (entry.AuthId.Length > 0) json.WriteString("authId"u8, entry.AuthId);
        json.WriteNumber("execTime"u8, Math.Round(entry.Took.TotalMilliseconds, 4));
        json.WriteString("method"u8, entry.Method);
        json.WriteString("url"u8, Cut(entry.Url, longest));
        json.WriteNumber("status"u8, entry.Status);
        json.WriteString("referer"u8, Cut(entry.Referer, longest));
        json.WriteString("userAgent"u8, Cut(entry.UserAgent, longest));
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
