using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http.Output;
using Microsoft.AspNetCore.Http;

namespace Hearth.Http.Input;

/// <summary>Turns the text values of forms into JSON values (contract 1.4).</summary>
public static class FormValues
{
    /// <summary>Values under this key are JSON objects that are merged over the rest.</summary>
    public const string JsonPayload = "@jsonPayload";

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789-.");

    /// <summary>The values of a form and of the query beside it, in the order of the form; null with the reason when a JSON payload cannot be read.</summary>
    public static OrderedDictionary<string, JsonElement>? Read(IFormCollection form, IQueryCollection query, JsonGauge gauge, out string? problem)
    {
        problem = null;
        var values = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        var buffer = new PooledBuffer();
        try
        {
            foreach (var (name, texts) in form)
            {
                if (name != JsonPayload) values[name] = ElementOf(buffer, [.. texts, .. query[name]]);
            }
            foreach (var (name, texts) in query)
            {
                if (name != JsonPayload && !values.ContainsKey(name)) values[name] = ElementOf(buffer, [.. texts]);
            }
            string?[] payloads = [.. form[JsonPayload], .. query[JsonPayload]];
            foreach (var payload in payloads)
            {
                gauge.Restart();
                if (!CheckedJson.TryParse(System.Text.Encoding.UTF8.GetBytes(payload ?? ""), gauge, out var merged, out problem)) return null;
                if (merged.ValueKind != JsonValueKind.Object)
                {
                    problem = "the JSON payload is not an object";
                    return null;
                }
                foreach (var property in merged.EnumerateObject()) values[property.Name] = property.Value;
            }
            return values;
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static JsonElement ElementOf(PooledBuffer buffer, string?[] texts)
    {
        buffer.Clear();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (texts.Length != 1) writer.WriteStartArray();
            foreach (var text in texts) Write(writer, text ?? "");
            if (texts.Length != 1) writer.WriteEndArray();
        }
        var reader = new Utf8JsonReader(buffer.Written.Span);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter writer, string text)
    {
        if (text is "true" or "false") writer.WriteBooleanValue(text == "true");
        else if (IsShortestNumber(text)) writer.WriteRawValue(text);
        else writer.WriteStringValue(text);
    }

    /// <summary>Digits, <c>-</c> and <c>.</c> only, and written as the shortest decimal text of its value: <c>10</c>, <c>-3.5</c>, but not <c>010</c> or <c>1.0</c>.</summary>
    public static bool IsShortestNumber(string text)
    {
        if (text.Length is 0 or > 330 || (!char.IsAsciiDigit(text[0]) && text[0] != '-')) return false;
        if (text.AsSpan().ContainsAnyExcept(NumberCharacters)) return false;
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) && ShortestDecimal(value) == text;
    }

    // The framework's shortest text uses an exponent for large and small values; here its digits are spread out.
    private static string ShortestDecimal(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E');
        if (e < 0) return text;
        var sign = text[0] == '-' ? "-" : "";
        var exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = text[sign.Length..e];
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        return exponent < 0
            ? sign + "0." + new string('0', -exponent - 1) + digits
            : sign + digits.PadRight(exponent + 1, '0');
    }
}
