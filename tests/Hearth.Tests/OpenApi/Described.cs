using System.Net;
using System.Text.Json;
using Json.Schema;

namespace Hearth.Tests.OpenApi;

/// <summary>An OpenAPI document, against which answers are held.</summary>
public sealed class Described
{
    private readonly string id = $"https://described.invalid/{Guid.NewGuid():n}";
    private readonly JsonElement document;
    private readonly Dictionary<string, JsonSchema> schemas = [];

    public Described(string text)
    {
        document = JsonElement.Parse(text);
        var named = document.GetProperty("components").GetProperty("schemas").GetRawText();
        _ = JsonSchema.FromText($$"""{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"{{id}}","$defs":{{Rooted(named)}}}""");
    }

    /// <summary>Every operation: method and path.</summary>
    public IEnumerable<(string Method, string Path)> Operations =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(one => (one.Name.ToUpperInvariant(), path.Name)));

    public bool Has(string method, string path) => Find(method, path) is not null;

    /// <summary>The operation takes a body.</summary>
    public bool TakesBody(string method, string path) => Find(method, path)?.TryGetProperty("requestBody", out _) == true;

    /// <summary>What an answer says that the document does not; null when it holds.</summary>
    public string? Differs(string method, string path, HttpResponseMessage response, string text)
    {
        if (Find(method, path) is not { } operation) return "there is no such operation";
        var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!operation.GetProperty("responses").TryGetProperty(status, out var answer)) return $"status {status} is not described: {text}";
        if (answer.TryGetProperty("$ref", out var reference)) answer = document.GetProperty("components").GetProperty("responses").GetProperty(reference.GetString()!.Split('/')[^1]);
        var type = response.Content.Headers.ContentType?.MediaType;
        if (!answer.TryGetProperty("content", out var content)) return text.Length == 0 && type is null ? null : $"{status} has a body of type {type}, and none is described";
        if (type is null) return $"{status} has no body, and one is described";
        if (!content.TryGetProperty(type, out var media) && !content.TryGetProperty("*/*", out media)) return $"{status} is {type}, which is not described";
        return type.EndsWith("json", StringComparison.Ordinal) && media.TryGetProperty("schema", out var schema) && !schema.TryGetProperty("format", out _) ? Mismatch(schema, text) is { } wrong ? $"{status}: {wrong} in {text}" : null : null;
    }

    private JsonElement? Find(string method, string path) =>
        document.GetProperty("paths").TryGetProperty(path, out var item) && item.TryGetProperty(method.ToLowerInvariant(), out var operation) ? operation : null;

    private string? Mismatch(JsonElement schema, string text)
    {
        var own = Rooted(schema.GetRawText());
        if (!schemas.TryGetValue(own, out var made)) schemas[own] = made = JsonSchema.FromText(own);
        var result = made.Evaluate(JsonElement.Parse(text), new EvaluationOptions { OutputFormat = OutputFormat.List });
        if (result.IsValid) return null;
        return string.Join("; ", (result.Details ?? []).Where(one => one.Errors is not null).SelectMany(one => one.Errors!.Select(error => $"{one.InstanceLocation} {error.Value}")));
    }

    private string Rooted(string json) => json.Replace("\"#/components/schemas/", $"\"{id}#/$defs/", StringComparison.Ordinal);
}
