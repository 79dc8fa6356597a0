using System.Text.Json;
using Hearth.Records.Transfer.Formats;
using Hearth.Schema;

namespace Hearth.Records.Transfer;

/// <summary>A row as it goes to the store: values by field name, and where it came from.</summary>
internal sealed record RowDraft(long Line, IReadOnlyDictionary<string, JsonElement> Body)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("null").RootElement;

    /// <summary>Makes a draft, or says why the row cannot become one.</summary>
    public static (RowDraft? Draft, string? Reason) Of(SourceRow row, ImportShape shape, bool textOnly)
    {
        if (row.Problem is not null) return (null, row.Problem);
        var body = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in row.Values.EnumerateObject())
        {
            if (shape.FieldFor(property.Name) is not { } field) continue;
            var value = field.Type == FieldType.Json && property.Value.ValueKind == JsonValueKind.String ? JsonCell(property.Value, textOnly) : property.Value;
            if (CellCheck.Explain(field, value) is { } reason) return (null, $"{property.Name}: {reason}");
            body[field.Name] = value;
        }
        return body.Count > 0 ? (new RowDraft(row.Line, body), null) : (null, "The row has no value for any field of the collection.");
    }

    // A json field takes a text that looks like JSON for JSON (contract 5.11). That is right for a cell of a table, where an empty one is
    // "nothing"; the text in a JSON file is meant as the text it is, so it is handed over as JSON of that text.
    private static JsonElement JsonCell(JsonElement text, bool textOnly)
    {
        if (textOnly) return text.ValueEquals("") ? Nothing : text;
        return JsonSerializer.SerializeToElement(text.GetRawText(), PlainText.Default.String);
    }
}

/// <summary>JSON of a text without reflection.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class PlainText : System.Text.Json.Serialization.JsonSerializerContext;
