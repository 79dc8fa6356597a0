using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Hearth.Basics.Media;

/// <summary>Tells texts apart by what they begin with.</summary>
internal static class TextSniffer
{
    // A tag that makes a browser take a text for a page (WHATWG MIME Sniffing, 7.1).
    private static readonly string[] PageTags = ["<!doctype html", "<html", "<head", "<script", "<iframe", "<h1", "<div", "<font", "<table", "<a", "<style", "<title", "<b", "<body", "<br", "<p"];

    /// <summary>The kind of text, or null when it is none.</summary>
    public static MediaKind? Sniff(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith([(byte)0xff, (byte)0xfe])) return new MediaKind("text/plain; charset=utf-16le", ".txt");
        if (head.StartsWith([(byte)0xfe, (byte)0xff])) return new MediaKind("text/plain; charset=utf-16be", ".txt");
        var marked = head.StartsWith([(byte)0xef, (byte)0xbb, (byte)0xbf]);
        var text = marked ? head[3..] : head;
        if (HasBinary(text) || !Utf8.IsValid(WithoutCutEnd(text))) return null;
        var start = text.TrimStart(" \t\r\n\f"u8);
        if (start.IsEmpty) return MediaKind.Text;
        return start[0] switch
        {
            (byte)'<' => OfMarkup(start),
            (byte)'{' or (byte)'[' => OfJson(start),
            (byte)'#' when start.StartsWith("#!"u8) => OfScript(start),
            (byte)'B' when start.StartsWith("BEGIN:VCARD"u8) => new MediaKind("text/vcard", ".vcf"),
            (byte)'B' when start.StartsWith("BEGIN:VCALENDAR"u8) => new MediaKind("text/calendar", ".ics"),
            (byte)'W' when start.StartsWith("WEBVTT"u8) => new MediaKind("text/vtt", ".vtt"),
            _ => OfTable(text),
        };
    }

    /// <summary>Holds a byte that no text holds.</summary>
    public static bool HasBinary(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1b)) return true;
        }
        return false;
    }

    // The head may end within a character.
    private static ReadOnlySpan<byte> WithoutCutEnd(ReadOnlySpan<byte> text)
    {
        if (text.Length < MediaSniffer.HeadLength - 3) return text;
        var end = text.Length;
        for (var back = 1; back <= 3; back++)
        {
            if ((text[^back] & 0xc0) == 0x80) continue;
            if (text[^back] >= 0xc0) end = text.Length - back;
            break;
        }
        return text[..end];
    }

    private static MediaKind OfMarkup(ReadOnlySpan<byte> start)
    {
        var text = Encoding.UTF8.GetString(start[..Math.Min(start.Length, 2048)]).ToLowerInvariant();
        if (text.Contains("<svg", StringComparison.Ordinal) && (text.StartsWith("<svg", StringComparison.Ordinal) || text.StartsWith("<?xml", StringComparison.Ordinal) || text.StartsWith("<!--", StringComparison.Ordinal)
            || text.StartsWith("<!doctype svg", StringComparison.Ordinal))) return new MediaKind("image/svg+xml", ".svg");
        if (text.StartsWith("<?xml", StringComparison.Ordinal)) return text.Contains("<html", StringComparison.Ordinal) ? Page : new MediaKind("text/xml; charset=utf-8", ".xml");
        if (text.StartsWith("<?php", StringComparison.Ordinal)) return new MediaKind("text/x-php", ".php");
        if (text.StartsWith("<!--", StringComparison.Ordinal)) return Page;
        foreach (var tag in PageTags)
        {
            if (text.StartsWith(tag, StringComparison.Ordinal) && (text.Length == tag.Length || text[tag.Length] is ' ' or '>' or '\n' or '\r' or '\t' or '/')) return Page;
        }
        return MediaKind.Text;
    }

    private static MediaKind Page { get; } = new("text/html; charset=utf-8", ".html");

    // What was cut off must not make it a plain text: only what can be read so far has to be JSON.
    private static MediaKind OfJson(ReadOnlySpan<byte> start)
    {
        var reader = new Utf8JsonReader(start, isFinalBlock: start.Length < MediaSniffer.HeadLength - 256, default);
        var tokens = 0;
        try
        {
            while (reader.Read()) tokens++;
        }
        catch (JsonException)
        {
            return MediaKind.Text;
        }
        return tokens > 1 ? new MediaKind("application/json", ".json") : MediaKind.Text;
    }

    private static MediaKind OfScript(ReadOnlySpan<byte> start)
    {
        var end = start.IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(end < 0 ? start : start[..end]);
        if (line.Contains("python", StringComparison.Ordinal)) return new MediaKind("text/x-python", ".py");
        if (line.Contains("node", StringComparison.Ordinal)) return new MediaKind("text/javascript", ".js");
        return line.Contains("sh", StringComparison.Ordinal) ? new MediaKind("text/x-shellscript", ".sh") : MediaKind.Text;
    }

    // At least two lines with the same number of separators, and at least one in each.
    private static MediaKind OfTable(ReadOnlySpan<byte> text)
    {
        if (IsTable(text, (byte)',')) return new MediaKind("text/csv", ".csv");
        return IsTable(text, (byte)'\t') ? new MediaKind("text/tab-separated-values", ".tsv") : MediaKind.Text;
    }

    private static bool IsTable(ReadOnlySpan<byte> text, byte separator)
    {
        var (lines, columns, cut) = (0, 0, text.Length >= MediaSniffer.HeadLength - 3);
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            if (end < 0 && cut) break;
            var line = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
            text = end < 0 ? [] : text[(end + 1)..];
            if (line.IsEmpty) continue;
            var count = Separators(line, separator);
            if (count == 0 || (lines > 0 && count != columns)) return false;
            (lines, columns) = (lines + 1, count);
        }
        return lines >= 2;
    }

    private static int Separators(ReadOnlySpan<byte> line, byte separator)
    {
        var (count, quoted) = (0, false);
        foreach (var b in line)
        {
            if (b == '"') quoted = !quoted;
            else if (b == separator && !quoted) count++;
        }
        return count;
    }
}
