using System.Globalization;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;

namespace Hearth.Features.Batch;

/// <summary>One request of a batch as it was sent.</summary>
/// <param name="Method">HTTP method, upper case.</param>
/// <param name="Url">Path with an optional query.</param>
/// <param name="Body">Values by key.</param>
/// <param name="Headers">Headers of this item alone.</param>
/// <param name="Uploads">Files that were uploaded for it, by the names of their fields.</param>
internal sealed record BatchItem(
    string Method, string Url, IReadOnlyDictionary<string, JsonElement> Body, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<(string Key, UploadedPart File)> Uploads);

/// <summary>Reads the envelope of a batch and finds everything that is wrong with it.</summary>
internal static class BatchEnvelope
{
    private const int MostUrlBytes = 2000;

    /// <summary>The items, or the 400 that names each wrong one.</summary>
    public static Outcome<IReadOnlyList<BatchItem>> Read(RequestBody body, int mostRequests)
    {
        var faults = new FaultMap();
        if (body.Find("requests") is not { } requests) return Invalid(faults.Add("requests", FieldFault.Required));
        if (requests.ValueKind != JsonValueKind.Array) return Fault.BadRequest("batch.wrong_type").Because("requests is no list");
        if (requests.GetArrayLength() == 0) return Invalid(faults.Add("requests", FieldFault.Required));
        if (requests.GetArrayLength() > mostRequests) return Invalid(faults.Add("requests", TooLong(mostRequests)));
        var uploads = Uploads(body);
        var items = new List<BatchItem>(requests.GetArrayLength());
        foreach (var request in requests.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"requests.{items.Count}");
            if (request.ValueKind != JsonValueKind.Object) return Invalid(faults.AddAt(path, FieldFault.InvalidValue));
            items.Add(ReadItem(RequestBody.FromJson(request), path, uploads.GetValueOrDefault(items.Count) ?? [], faults));
        }
        return faults.IsEmpty ? items : Invalid(faults);
    }

    private static BatchItem ReadItem(RequestBody item, string path, List<(string, UploadedPart)> uploads, FaultMap faults)
    {
        var method = TextOf(item, "method", path, faults);
        if (method is not ("GET" or "POST" or "PUT" or "PATCH" or "DELETE"))
        {
            faults.AddAt(path + ".method", method.Length == 0 ? FieldFault.Required : new FieldFault("validation_in_invalid", "Must be a valid value."));
        }
        var url = TextOf(item, "url", path, faults);
        if (url.Length == 0) faults.AddAt(path + ".url", FieldFault.Required);
        else if (Encoding.UTF8.GetByteCount(url) > MostUrlBytes) faults.AddAt(path + ".url", TooLong(MostUrlBytes));
        return new BatchItem(method, url, BodyOf(item, path, faults), HeadersOf(item, path, faults), uploads);
    }

    private static string TextOf(RequestBody item, string name, string path, FaultMap faults)
    {
        if (!item.ReadText(name).Failed(out _, out var text)) return text;
        faults.AddAt($"{path}.{name}", FieldFault.InvalidValue);
        return "";
    }

    private static IReadOnlyDictionary<string, JsonElement> BodyOf(RequestBody item, string path, FaultMap faults)
    {
        if (item.Find("body") is not { } body) return RequestBody.Empty.Values;
        if (body.ValueKind == JsonValueKind.Object) return RequestBody.FromJson(body).Values;
        faults.AddAt(path + ".body", FieldFault.InvalidValue);
        return RequestBody.Empty.Values;
    }

    private static Dictionary<string, string> HeadersOf(RequestBody item, string path, FaultMap faults)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (item.Find("headers") is not { } sent) return headers;
        if (sent.ValueKind != JsonValueKind.Object)
        {
            faults.AddAt(path + ".headers", FieldFault.InvalidValue);
            return headers;
        }
        foreach (var header in sent.EnumerateObject())
        {
            if (header.Value.ValueKind == JsonValueKind.String) headers[header.Name] = header.Value.GetString()!; // a JSON string always has one
            else faults.AddAt(path + ".headers", FieldFault.InvalidValue);
        }
        return headers;
    }

    // Files come as parts named requests.N.FIELD or requests[N].FIELD.
    private static Dictionary<int, List<(string, UploadedPart)>> Uploads(RequestBody body)
    {
        var uploads = new Dictionary<int, List<(string, UploadedPart)>>();
        foreach (var file in body.Files)
        {
            var name = file.Name;
            if (!name.StartsWith("requests", StringComparison.Ordinal) || name.Length < 10) continue;
            var (open, close) = name[8] == '[' ? (9, name.IndexOf("].", StringComparison.Ordinal)) : (9, name.IndexOf('.', 9));
            var rest = close < 0 ? "" : name[(close + (name[8] == '[' ? 2 : 1))..];
            if (close < 0 || rest.Length == 0 || !int.TryParse(name.AsSpan(open, close - open), NumberStyles.None, CultureInfo.InvariantCulture, out var index)) continue;
            if (!uploads.TryGetValue(index, out var keys)) uploads[index] = keys = [];
            keys.Add((rest, file));
        }
        return uploads;
    }

    private static FieldFault TooLong(int most) => new(
        "validation_length_too_long", Sentence.Of($"The length must be no more than {most}"), new Dictionary<string, object?> { ["max"] = most, ["min"] = 0 });

    private static Fault Invalid(FaultMap data) => Fault.BadRequest("batch.invalid", "Invalid batch request data.", data);
}
