using Hearth.Http;
using Hearth.Schema;

namespace Hearth.Features.Records;

/// <summary>How large the body of a record may be (contract 1.12): 32 MiB and what its large fields may hold.</summary>
internal static class RecordBodyLimit
{
    private const long Most = long.MaxValue / 4;
    private const long Standard = 32L << 20;
    private const long StandardFile = 5L << 20;
    private const long StandardEditor = 5L << 20;
    private const long StandardJson = 1L << 20;

    /// <summary>Bytes for the collection in the path.</summary>
    public static long Of(Exchange exchange)
    {
        var limit = Standard;
        if (exchange.Schema.Find(exchange.PathValue("collection")) is not { } collection) return limit;
        foreach (var field in collection.Fields)
        {
            limit += field switch
            {
                FileField file => Math.Min(Most / Math.Max(1, file.MaxSelect), Or(file.MaxSize, StandardFile)) * Math.Max(1, file.MaxSelect),
                EditorField editor => Math.Min(Most, Or(editor.MaxSize, StandardEditor)),
                JsonField json => Math.Min(Most, Or(json.MaxSize, StandardJson)),
                _ => 0,
            };
            limit = Math.Min(limit, Most);
        }
        return limit;
    }

    private static long Or(long size, long standard) => size > 0 ? size : standard;
}
