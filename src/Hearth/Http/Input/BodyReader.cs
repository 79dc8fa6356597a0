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
        if (request.ContentLength == 0 || (request.ContentLength is null && !CanHaveBody(http))) return RequestBody.Empty;
        var type = request.ContentType ?? "";
        try
        {
            if (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)) return await ReadJsonAsync(request, message, stop);
            if (request.HasFormContentType) return await ReadFormAsync(request, message, stop);
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : Malformed(message, e.Message);
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

    private static async ValueTask<Outcome<RequestBody>> ReadJsonAsync(HttpRequest request, string? message, CancellationToken stop)
    {
        var buffer = new PooledBuffer();
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(stop);
                foreach (var segment in read.Buffer) buffer.Add(segment.Span);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
            if (buffer.Length == 0) return RequestBody.Empty;
            if (!CheckedJson.TryParse(buffer.Written.Span, out var value, out var problem)) return Malformed(message, problem);
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
        var form = await request.ReadFormAsync(Limits, stop);
        var values = FormValues.Read(form, request.Query, out var problem);
        if (values is null) return Malformed(message, problem ?? "the form cannot be read");
        List<UploadedPart> files = [];
        foreach (var file in form.Files) files.Add(new UploadedPart(file.Name, file.FileName, file.ContentType ?? "", file.Length, file.OpenReadStream));
        return RequestBody.FromForm(values, files);
    }

    private static bool CanHaveBody(HttpContext http) => http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;

    private static Fault Malformed(string? message, string cause) => Fault.BadRequest("body.malformed", message).Because(cause);
}
