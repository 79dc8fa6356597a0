using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Http.Output;

/// <summary>
/// The <c>fields</c> parameter (contract 1.11): copies JSON and leaves out the keys that were not asked for. Immutable.
/// </summary>
public sealed class FieldPicker
{
    private readonly Dictionary<string, FieldPicker> children = new(StringComparer.Ordinal);
    private Excerpt? excerpt;
    private bool whole;

    // A star stands for all names only where nothing follows it: what follows must not bring names that were not asked for.
    private FieldPicker? All => children.TryGetValue("*", out var all) && all.whole ? all : null;

    private FieldPicker()
    {
    }

    /// <summary>Reads a <c>fields</c> text; null when it asks for nothing. An unknown modifier is a 400.</summary>
    public static Outcome<FieldPicker?> Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (FieldPicker?)null;
        var root = new FieldPicker();
        foreach (var item in Items(text))
        {
            var (path, modifier) = SplitModifier(item);
            if (path.Length == 0) return Refuse($"the item \"{item}\" has no name");
            Excerpt? excerpt = null;
            if (modifier is not null && !Excerpt.TryParse(modifier, out excerpt)) return Refuse($"unknown or wrong modifier in \"{item}\"");
            var node = root;
            foreach (var name in path.Split('.'))
            {
                if (!node.children.TryGetValue(name, out var child)) node.children[name] = child = new FieldPicker();
                node = child;
            }
            node.whole = true;
            // What is said last of a name holds.
            node.excerpt = excerpt;
        }
        return root.children.Count == 0 ? (FieldPicker?)null : root;
    }

    /// <summary>Whether a key of the outermost level is kept at all, so that others need not even be read.</summary>
    public bool Wants(string key) => children.ContainsKey(key) || All is not null;

    /// <summary>Copies one JSON value. With <paramref name="paged"/> the picker applies to the elements of <c>items</c> of the outermost object only.</summary>
    public void Copy(ReadOnlySpan<byte> json, PooledBuffer target, bool paged)
    {
        using var writer = new Utf8JsonWriter(target, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 1000 });
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        if (!reader.Read()) return;
        if (!paged || reader.TokenType != JsonTokenType.StartObject)
        {
            Pick(ref reader, writer, json);
            return;
        }
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isItems = reader.ValueTextEquals("items"u8);
            CopyName(ref reader, writer, json);
            if (isItems) Pick(ref reader, writer, json);
            else CopyWhole(ref reader, writer, json);
        }
        writer.WriteEndObject();
    }

    // The reader stands on the first token of a value and is left on its last.
    private void Pick(ref Utf8JsonReader reader, Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Pick(ref reader, writer, json);
                writer.WriteEndArray();
                break;
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) PickProperty(ref reader, writer, json);
                writer.WriteEndObject();
                break;
            default:
                CopyWhole(ref reader, writer, json);
                break;
        }
    }

    private void PickProperty(ref Utf8JsonReader reader, Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        if (!children.TryGetValue(reader.GetString() ?? "", out var child) && (child = All) is null)
        {
            reader.Read();
            reader.Skip();
            return;
        }
        CopyName(ref reader, writer, json);
        if (child.excerpt is not null && reader.TokenType == JsonTokenType.String) writer.WriteStringValue(child.excerpt.Of(reader.GetString() ?? ""));
        else if (child.whole) CopyWhole(ref reader, writer, json);
        else child.Pick(ref reader, writer, json);
    }

    private static void CopyName(ref Utf8JsonReader reader, Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        if (reader.ValueIsEscaped) writer.WritePropertyName(reader.GetString() ?? "");
        else writer.WritePropertyName(reader.ValueSpan);
        reader.Read();
    }

    private static void CopyWhole(ref Utf8JsonReader reader, Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        writer.WriteRawValue(json[start..(int)reader.BytesConsumed], skipInputValidation: true);
    }

    // Commas inside the parentheses of a modifier do not separate.
    private static IEnumerable<string> Items(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '(') depth++;
            else if (i < text.Length && text[i] == ')') depth--;
            else if (i == text.Length || (text[i] == ',' && depth <= 0))
            {
                var item = text[start..i].Trim();
                if (item.Length > 0) yield return item;
                start = i + 1;
            }
        }
    }

    private static (string Path, string? Modifier) SplitModifier(string item)
    {
        var colon = item.IndexOf(':');
        return colon < 0 ? (item, null) : (item[..colon].Trim(), item[(colon + 1)..].Trim());
    }

    private static Fault Refuse(string why) => Fault.BadRequest("fields.invalid", $"Invalid fields parameter: {why}");
}
