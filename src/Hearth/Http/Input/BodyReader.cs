using System.Globalization;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http.Output;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hearth.Http.Input;

/// <summary>Reads the body of a request (contract 1.3): JSON, multipart or URL-encoded form. Whatever is wrong with it is a 4xx.</summary>
public static class BodyReader
{
    // The size is bounded by the route's body limit; these bound the work for many tiny parts.
    private static readonly FormOptions Limits = new()
    {
        BufferBody = false,
        KeyLengthLimit = 4096,
        ValueCountLimit = 16_384,
        ValueLengthLimit = int.MaxValue,
        MultipartBodyLengthLimit = long.MaxValue,
        MultipartHeadersLengthLimit = 32 * 1024,
        MultipartHeadersCountLimit = 32,
    };

    /// <summary>Reads the whole body. <paramref name="message"/> is told instead of the default when it cannot be decoded.</summary>
    public static async ValueTask<Outcome<RequestBody>> ReadAsync(HttpContext http, string? message, CancellationToken stop)
    {
        var request = http.Request;
        var type = request.ContentType ?? "";
        if (request.ContentLength == 0 || (request.ContentLength is null && !CanHaveBody(http)))
        {
            // Not even the end of a form has come.
            return type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && request.ContentLength == 0 ? Malformed(message, "the form is empty") : RequestBody.Empty;
        }
        try
        {
            if (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)) return await ReadJsonAsync(request, message, stop);
            if (request.HasFormContentType) return await ReadFormAsync(request, message, stop);
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : Malformed(message, e.Message);
        }
        catch (JsonException e)
        {
            return Malformed(message, e.Message);
        }
        catch (InvalidDataException e)
        {
            return Malformed(message, e.Message);
        }
        catch (IOException e) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Malformed(message, e.Message);
        }
        return Fault.BadRequest("body.unsupported_type", "Unsupported Content-Type.");
    }

    /// <summary>413 with the contract's message.</summary>
    public static Fault TooLarge { get; } = Fault.Of(413, "body.too_large", "Request entity too large.");

    private static Fault TooMuch { get; } = Fault.Of(413, "body.too_many_values", string.Create(
        CultureInfo.InvariantCulture, $"The body has more than {JsonGauge.MostValues} values, or an object of more than {JsonGauge.MostKeys} keys. Send it in parts."));

    private static async ValueTask<Outcome<RequestBody>> ReadJsonAsync(HttpRequest request, string? message, CancellationToken stop)
    {
        var (buffer, gauge) = (new PooledBuffer(), new JsonGauge());
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(stop);
                foreach (var segment in read.Buffer) buffer.Add(segment.Span);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
                // What cannot become a body is not read to its end.
                if (gauge.Arrived(buffer.Written.Span) is { } wrong) return Refused(gauge, message, wrong);
            }
            if (buffer.Length == 0) return RequestBody.Empty;
            if (!CheckedJson.TryParse(buffer.Written.Span, gauge, out var value, out var problem)) return Refused(gauge, message, problem);
            return value.ValueKind switch
            {
                JsonValueKind.Object => RequestBody.FromJson(value),
                JsonValueKind.Null => RequestBody.Empty,
                _ => Malformed(message, "the body is not a JSON object"),
            };
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static async ValueTask<Outcome<RequestBody>> ReadFormAsync(HttpRequest request, string? message, CancellationToken stop)
    {
        var form = await ReadPartsAsync(request, stop);
        var gauge = new JsonGauge();
        var values = FormValues.Read(form, request.Query, gauge, out var problem);
        if (values is null) return Refused(gauge, message, problem ?? "the form cannot be read");
        List<UploadedPart> files = [];
        foreach (var file in form.Files) files.Add(new UploadedPart(file.Name, Unescaped(file.FileName), file.ContentType ?? "", file.Length, file.OpenReadStream));
        return RequestBody.FromForm(values, files);
    }

    private static async ValueTask<IFormCollection> ReadPartsAsync(HttpRequest request, CancellationToken stop)
    {
        if (request.ContentType!.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)) return await ReadUrlEncodedAsync(request, stop);
        try
        {
            return await request.ReadFormAsync(Limits, stop);
        }
        catch (Exception e) when (e is NullReferenceException or ArgumentException or FormatException or InvalidOperationException or IndexOutOfRangeException)
        {
            // The framework trips over some headers of parts, such as a filename* without a value.
            throw new InvalidDataException("a part of the form has a header that cannot be read", e);
        }
    }

    private static async ValueTask<IFormCollection> ReadUrlEncodedAsync(HttpRequest request, CancellationToken stop)
    {
        using var buffer = new PooledBuffer();
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(stop);
            foreach (var segment in read.Buffer) buffer.Add(segment.Span);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return UrlEncodedForm.Read(buffer.Written.Span, Limits.ValueCountLimit);
        }
    }

    // Programs put a backslash before quotes and backslashes of a name (RFC 9110, 5.6.4); before anything else it is one of Windows.
    private static string Unescaped(string name) => name.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    private static Fault Refused(JsonGauge gauge, string? message, string cause) => gauge.IsTooMuch ? TooMuch.Because(cause) : Malformed(message, cause);

    private static bool CanHaveBody(HttpContext http) => http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;

    private static Fault Malformed(string? message, string cause) => Fault.BadRequest("body.malformed", message).Because(cause);
}
