using System.Text;

namespace Hearth.Basics.Media;

/// <summary>Tells what lies in an archive or a compound file, by the names of its first entries.</summary>
internal static class ContainerSniffer
{
    private static readonly MediaKind Zip = new("application/zip", ".zip");
    private static readonly MediaKind Compound = new("application/x-ole-storage", "");

    private static readonly (string Type, string Extension)[] Declared =
    [
        ("application/vnd.oasis.opendocument.text-template", ".ott"),
        ("application/vnd.oasis.opendocument.spreadsheet-template", ".ots"),
        ("application/vnd.oasis.opendocument.presentation-template", ".otp"),
        ("application/vnd.oasis.opendocument.graphics-template", ".otg"),
        ("application/vnd.oasis.opendocument.graphics", ".odg"),
        ("application/vnd.oasis.opendocument.formula", ".odf"),
        ("application/vnd.oasis.opendocument.chart", ".odc"),
        ("application/vnd.sun.xml.calc", ".sxc"),
        ("application/vnd.oasis.opendocument.text", ".odt"),
        ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
        ("application/vnd.oasis.opendocument.presentation", ".odp"),
        ("application/epub+zip", ".epub"),
    ];

    public static MediaKind? Sniff(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8)) return OfZip(head);
        return head.StartsWith([(byte)0xd0, (byte)0xcf, (byte)0x11, (byte)0xe0, (byte)0xa1, (byte)0xb1, (byte)0x1a, (byte)0xe1]) ? OfCompound(head) : null;
    }

    private static MediaKind OfZip(ReadOnlySpan<byte> head)
    {
        // OpenDocument and EPUB begin with an uncompressed entry that says what they are.
        if (head.Length > 38 && head[30..].StartsWith("mimetype"u8))
        {
            var rest = head[38..];
            foreach (var (type, extension) in Declared)
            {
                if (rest.StartsWith(Encoding.ASCII.GetBytes(type))) return new MediaKind(type, extension);
            }
        }
        var office = HasEntry(head, "[Content_Types].xml"u8) || HasEntry(head, "_rels/"u8) || HasEntry(head, "docProps/"u8);
        if (office && HasEntry(head, "word/"u8)) return new MediaKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx");
        if (office && HasEntry(head, "xl/"u8)) return new MediaKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx");
        if (office && HasEntry(head, "ppt/"u8)) return new MediaKind("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx");
        if (office && HasEntry(head, "visio/"u8)) return new MediaKind("application/vnd.ms-visio.drawing.main+xml", ".vsdx");
        if (HasEntry(head, "doc.kml"u8)) return new MediaKind("application/vnd.google-earth.kmz", ".kmz");
        if (HasEntry(head, "META-INF/"u8)) return new MediaKind("application/java-archive", ".jar");
        return HasEntry(head, "AndroidManifest.xml"u8) ? new MediaKind("application/vnd.android.package-archive", ".apk") : Zip;
    }

    private static bool HasEntry(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        while (true)
        {
            var at = head.IndexOf("PK\x03\x04"u8);
            if (at < 0 || head.Length < at + 30) return false;
            head = head[(at + 30)..];
            if (head.StartsWith(name)) return true;
        }
    }

    private static MediaKind OfCompound(ReadOnlySpan<byte> head)
    {
        if (Names(head, "WordDocument")) return new MediaKind("application/msword", ".doc");
        if (Names(head, "Workbook") || Names(head, "Book")) return new MediaKind("application/vnd.ms-excel", ".xls");
        return Names(head, "PowerPoint Document") ? new MediaKind("application/vnd.ms-powerpoint", ".ppt") : Compound;
    }

    private static bool Names(ReadOnlySpan<byte> head, string entry) => head.IndexOf(Encoding.Unicode.GetBytes(entry)) >= 0;
}
