using System.Globalization;
using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Http;

/// <summary>A file of a multipart body; small ones are in memory, larger ones in a temporary file that goes with the request.</summary>
/// <param name="Name">Name of the part, such as <c>avatar</c> or <c>requests.0.avatar</c>.</param>
/// <param name="FileName">Name as the client told it; not to be trusted.</param>
/// <param name="ContentType">Media type as the client told it; not to be trusted.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Open">A new stream over the bytes.</param>
public sealed record UploadedPart(string Name, string FileName, string ContentType, long Length, Func<Stream> Open);

/// <summary>What a request brought in its body: named values in the order in which they came, and uploaded files.</summary>
public sealed class RequestBody
{
    private readonly OrderedDictionary<string, JsonElement> values;

    private RequestBody(OrderedDictionary<string, JsonElement> values, IReadOnlyList<UploadedPart> files, bool isForm) =>
        (this.values, Files, IsForm) = (values, files, isForm);

    /// <summary>No body.</summary>
    public static RequestBody Empty { get; } = new(new OrderedDictionary<string, JsonElement>(), [], false);

    /// <summary>The values by exact name, in order.</summary>
    public IReadOnlyDictionary<string, JsonElement> Values => values;

    /// <summary>The uploaded files in order.</summary>
    public IReadOnlyList<UploadedPart> Files { get; }

    /// <summary>It came as a form, so that every value was text (contract 1.4).</summary>
    public bool IsForm { get; }

    /// <summary>The body of a JSON object; of equal keys the last counts.</summary>
    public static RequestBody FromJson(JsonElement value)
    {
        var values = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject()) values[property.Name] = property.Value;
        return new RequestBody(values, [], false);
    }

    /// <summary>The body of a form.</summary>
    public static RequestBody FromForm(OrderedDictionary<string, JsonElement> values, IReadOnlyList<UploadedPart> files) => new(values, files, true);

    /// <summary>The value of a fixed-shape key, compared without regard to case; null when absent or JSON null.</summary>
    public JsonElement? Find(string name)
    {
        JsonElement? found = null;
        foreach (var (key, value) in values)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) found = value.ValueKind == JsonValueKind.Null ? null : value;
        }
        return found;
    }

    /// <summary>A text of a fixed shape: empty when absent; a fault when it is something else. Texts of forms stay as they were sent.</summary>
    public Outcome<string> ReadText(string name, string? message = null) => Find(name) switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } scalar when IsForm => scalar.GetRawText(),
        { ValueKind: JsonValueKind.Array } list when IsForm => FirstText(list),
        _ => WrongType(name, message),
    };

    /// <summary>A whole number of a fixed shape: 0 when absent or, in forms, empty; a fault when it is something else.</summary>
    public Outcome<long> ReadInteger(string name, string? message = null) => Find(name) switch
    {
        null => 0L,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var value) => value,
        { ValueKind: JsonValueKind.Number } number when number.GetDouble() is var real && Math.Abs(real) < 1e15 && Math.Floor(real) == real => (long)real,
        { ValueKind: JsonValueKind.String } text when IsForm && text.GetString() is "" => 0L,
        { ValueKind: JsonValueKind.String } text when IsForm && long.TryParse(text.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        _ => WrongType(name, message),
    };

    /// <summary>A truth value of a fixed shape: false when absent or, in forms, empty; a fault when it is something else.</summary>
    public Outcome<bool> ReadBool(string name, string? message = null) => Find(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value when IsForm && value.ValueKind is JsonValueKind.String or JsonValueKind.Number => FormBool(value, name, message),
        _ => WrongType(name, message),
    };

    private static Outcome<bool> FormBool(JsonElement value, string name, string? message) =>
        (value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()) switch
        {
            "1" or "t" or "T" or "TRUE" or "True" or "true" => true,
            "" or "0" or "f" or "F" or "FALSE" or "False" or "false" => false,
            _ => WrongType(name, message),
        };

    private static string FirstText(JsonElement list) => list.GetArrayLength() == 0 ? "" : list[0] is { ValueKind: JsonValueKind.String } text ? text.GetString() ?? "" : list[0].GetRawText();

    private static Fault WrongType(string name, string? message) => Fault.BadRequest("body.wrong_type", message).Because($"{name} has the wrong type");
}
