using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Hearth.Basics.Media;

/// <summary>Tells texts apart by what they begin with.</summary>
internal static partial class TextSniffer
{
    private static readonly (string Words, MediaKind Kind)[] Scripts =
    [
        ("python", new("text/x-python", ".py")),
        ("perl", new("text/x-perl", ".pl")),
        ("ruby", new("text/x-ruby", ".rb")),
        ("lua", new("text/x-lua", ".lua")),
        ("php", new("text/x-php", ".php")),
        ("node", new("text/javascript", ".js")),
        ("tcl", new("text/x-tcl", ".tcl")),
        ("wish", new("text/x-tcl", ".tcl")),
        ("sh", new("text/x-shellscript", ".sh")),
    ];

    // How formats begin that are texts.
    private static readonly (string Mark, MediaKind Kind)[] Beginnings =
    [
        ("BEGIN:VCARD", new("text/vcard", ".vcf")),
        ("BEGIN:VCALENDAR", new("text/calendar", ".ics")),
        ("WEBVTT", new("text/vtt", ".vtt")),
        ("%!PS-Adobe-", new("application/postscript", ".ps")),
        ("%FDF-", new("application/vnd.fdf", ".fdf")),
        ("d8:announce", new("application/x-bittorrent", ".torrent")),
        ("WARC/1.", new("application/warc", ".warc")),
        ("/* XPM */", new("image/x-xpixmap", ".xpm")),
        ("#?RADIANCE\n", new("image/vnd.radiance", ".hdr")),
        ("#EXTM3U", new("application/vnd.apple.mpegurl", ".m3u")),
        ("!<arch>\ndebian-binary", new("application/vnd.debian.binary-package", ".deb")),
        ("!<arch>\n", new("application/x-archive", ".a")),
        ("SIMPLE  =                    T", new("application/fits", ".fits")),
        ("-----BEGIN PKCS7-----", new("application/pkcs7-signature", ".p7s")),
    ];

    private static readonly string[] MailHeaders = ["Delivered-To", "From", "Message-ID", "MIME-Version", "Received", "Reply-To", "Return-Path", "Sender", "Subject", "To", "Date"];

    /// <summary>The kind of text, or null when it is none.</summary>
    public static MediaKind? Sniff(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith([(byte)0xff, (byte)0xfe, (byte)0, (byte)0])) return new MediaKind("text/plain; charset=utf-32le", ".txt");
        if (head.StartsWith([(byte)0, (byte)0, (byte)0xfe, (byte)0xff])) return new MediaKind("text/plain; charset=utf-32be", ".txt");
        if (head.StartsWith([(byte)0xff, (byte)0xfe])) return new MediaKind("text/plain; charset=utf-16le", ".txt");
        if (head.StartsWith([(byte)0xfe, (byte)0xff])) return new MediaKind("text/plain; charset=utf-16be", ".txt");
        var marked = head.StartsWith([(byte)0xef, (byte)0xbb, (byte)0xbf]);
        var text = marked ? head[3..] : head;
        if (HasBinary(text)) return null;
        var plain = Utf8.IsValid(WithoutCutEnd(text)) ? MediaKind.Text : OldText(text);
        var start = text.TrimStart(" \t\r\n\f"u8);
        if (start.IsEmpty) return plain;
        foreach (var (mark, kind) in Beginnings)
        {
            if (start.StartsWith(Encoding.ASCII.GetBytes(mark))) return kind;
        }
        return start[0] switch
        {
            (byte)'<' => MarkupSniffer.Sniff(start),
            (byte)'{' or (byte)'[' => JsonSniffer.Sniff(start),
            (byte)'#' when start.StartsWith("#!"u8) => OfScript(start),
            >= (byte)'0' and <= (byte)'9' when IsSubtitles(start) => new MediaKind("application/x-subrip", ".srt"),
            >= (byte)'A' and <= (byte)'Z' when IsMail(start) => new MediaKind("message/rfc822", ".eml"),
            _ => null,
        } ?? OfTable(text) ?? plain;
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

    // No UTF-8, and nothing that no text holds: letters of one byte. Windows has letters where ISO 8859-1 has control characters; which they are nobody can tell.
    private static MediaKind OldText(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (b is >= 0x80 and <= 0x9f) return new MediaKind("text/plain", ".txt");
        }
        return new MediaKind("text/plain; charset=iso-8859-1", ".txt");
    }

    private static bool IsSubtitles(ReadOnlySpan<byte> start)
    {
        var lines = Encoding.ASCII.GetString(start[..Math.Min(start.Length, 64)]).Split('\n');
        return lines.Length > 1 && lines[0].TrimEnd('\r').All(char.IsAsciiDigit) && SubtitleTime().IsMatch(lines[1]);
    }

    // Two lines of a header, of which one says who wrote it.
    private static bool IsMail(ReadOnlySpan<byte> start)
    {
        var lines = Encoding.Latin1.GetString(start[..Math.Min(start.Length, 2048)]).Split('\n');
        var names = lines.TakeWhile(line => line.Trim().Length > 0).Where(line => line[0] is not (' ' or '\t')).Select(line => line.Split(':')[0]).ToList();
        return names.Count >= 2 && MailHeaders.Contains(names[0], StringComparer.OrdinalIgnoreCase) && names.Contains("From", StringComparer.OrdinalIgnoreCase) && names.All(name => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
    }

    private static MediaKind? OfScript(ReadOnlySpan<byte> start)
    {
        var end = start.IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(end < 0 ? start : start[..end]);
        foreach (var (words, kind) in Scripts)
        {
            if (line.Contains(words, StringComparison.Ordinal)) return kind;
        }
        return null;
    }

    // At least two lines with the same number of separators, and at least one in each.
    private static MediaKind? OfTable(ReadOnlySpan<byte> text)
    {
        if (IsTable(text, (byte)',')) return new MediaKind("text/csv", ".csv");
        return IsTable(text, (byte)'\t') ? new MediaKind("text/tab-separated-values", ".tsv") : null;
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

    [GeneratedRegex("^[0-9]{2}:[0-9]{2}:[0-9]{2}[,.][0-9]{3} --> ", RegexOptions.CultureInvariant)]
    private static partial Regex SubtitleTime();
}
