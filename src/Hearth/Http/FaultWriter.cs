using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Hearth.Http;

/// <summary>
/// Turns a fault into a response; nothing else does. The body is in the contract's shape (1.6), or problem details (RFC 9457) when the
/// client's <c>Accept</c> names <c>application/problem+json</c>.
/// </summary>
public static class FaultWriter
{
    private const string ProblemType = "application/problem+json";

    /// <summary>Answers with a fault. The response must not have begun.</summary>
    public static async ValueTask WriteAsync(HttpContext http, Fault fault, CancellationToken stop)
    {
        var response = http.Response;
        response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (fault.Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        // The rest of the body is not read, so the connection cannot carry another request.
        if (fault.Status == StatusCodes.Status413PayloadTooLarge && HttpProtocol.IsHttp11(http.Request.Protocol)) response.Headers.Connection = "close";
        var problem = WantsProblem(http.Request);
        response.ContentType = problem ? ProblemType : "application/json";
        response.Headers.Remove(HeaderNames.ETag);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            if (problem) WriteProblem(writer, fault, http.Request.Path);
            else Write(writer, fault);
        }
        buffer.Write("\n"u8);
        response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(http.Request.Method)) await response.BodyWriter.WriteAsync(buffer.WrittenMemory, stop);
    }

    /// <summary>Writes a fault in the contract's shape as one JSON object; also used for the items of a batch.</summary>
    public static void Write(Utf8JsonWriter writer, Fault fault)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("data"u8);
        WriteMap(writer, fault.Data);
        writer.WriteString("message"u8, fault.Message);
        writer.WriteNumber("status"u8, fault.Status);
        writer.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter writer, Fault fault, PathString path)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "urn:hearth:fault:" + fault.Code);
        writer.WriteString("title"u8, Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(fault.Status));
        writer.WriteNumber("status"u8, fault.Status);
        writer.WriteString("detail"u8, fault.Message);
        writer.WriteString("instance"u8, path.ToUriComponent());
        if (!fault.Data.IsEmpty)
        {
            writer.WritePropertyName("errors"u8);
            WriteMap(writer, fault.Data);
        }
        writer.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter writer, FaultMap map)
    {
        writer.WriteStartObject();
        foreach (var (name, entry) in map.Entries)
        {
            writer.WritePropertyName(name);
            if (entry is FaultMap nested) WriteMap(writer, nested);
            else if (entry is FieldFault field) WriteField(writer, field);
        }
        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, FieldFault field)
    {
        writer.WriteStartObject();
        writer.WriteString("code"u8, field.Code);
        writer.WriteString("message"u8, Sentence.Of(field.Message));
        if (field.Params is { Count: > 0 } values)
        {
            writer.WriteStartObject("params"u8);
            foreach (var (name, value) in values)
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value);
            }
            writer.WriteEndObject();
        }
        if (field.Response is { } response)
        {
            writer.WritePropertyName("response"u8);
            Write(writer, response);
        }
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): NumberText.Write(writer, number); break;
            case System.Collections.IEnumerable list:
                writer.WriteStartArray();
                foreach (var item in list) WriteValue(writer, item);
                writer.WriteEndArray();
                break;
            default: writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    // Proactive negotiation (RFC 9110, 12.5.1) between the two shapes; wildcards mean the contract's.
    private static bool WantsProblem(HttpRequest request)
    {
        if (!Mentions(request.Headers.Accept)) return false;
        var (problem, plain) = (0.0, 0.0);
        foreach (var accepted in request.GetTypedHeaders().Accept)
        {
            var quality = accepted.Quality ?? 1;
            if (accepted.MediaType.Equals(ProblemType, StringComparison.OrdinalIgnoreCase)) problem = Math.Max(problem, quality);
            else if (accepted.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)) plain = Math.Max(plain, quality);
        }
        return problem > 0 && problem >= plain;
    }

    private static bool Mentions(StringValues accept)
    {
        for (var i = 0; i < accept.Count; i++)
        {
            if (accept[i]?.Contains(ProblemType, StringComparison.OrdinalIgnoreCase) == true) return true;
        }
        return false;
    }
}
