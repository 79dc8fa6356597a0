using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;
using Microsoft.AspNetCore.Http;

namespace Hearth.Http.Output;

/// <summary>
/// The JSON body of one response while it is written: a buffer, so that a late fault can still take its place, the length is known, and the
/// <c>fields</c> picker sees the whole. A long body without picker or tag leaves in parts (<see cref="FlushAsync"/>).
/// </summary>
public sealed class JsonAnswer : IDisposable
{
    private const int FlushAt = 64 * 1024;
    private readonly PooledBuffer buffer = new();
    private readonly Utf8JsonWriter writer;
    private HttpContext? http;
    private FieldPicker? picker;
    private int status;
    private bool paged;
    private bool sending;

    /// <summary>Makes an answer that can be used for one response after the other.</summary>
    public JsonAnswer() => writer = new Utf8JsonWriter(buffer, new JsonWriterOptions
    {
        // The contract leaves the escaping of <, > and & open; text in other scripts stays readable and short.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
        SkipValidation = true,
    });

    /// <summary>Where the body is written.</summary>
    public Utf8JsonWriter Writer => writer;

    /// <summary>Begins a response. <paramref name="paged"/>: the body is a page, whose <c>items</c> the picker applies to.</summary>
    public Utf8JsonWriter Start(HttpContext context, int statusCode, FieldPicker? fields, bool paged)
    {
        (http, status, picker, this.paged, sending) = (context, statusCode, fields, paged, false);
        buffer.Clear();
        writer.Reset();
        return writer;
    }

    /// <summary>Sends what is there when it is much and nothing needs the whole body. Call it between rows.</summary>
    public ValueTask FlushAsync(CancellationToken stop)
    {
        if (picker is not null || writer.BytesPending + buffer.Length < FlushAt) return ValueTask.CompletedTask;
        writer.Flush();
        return SendPartAsync(stop);
    }

    /// <summary>
    /// Ends the body and sends it. With <paramref name="tag"/> the response carries a strong entity tag of its bytes, and is a 304 without
    /// body when the client already has them.
    /// </summary>
    public async ValueTask SendAsync(bool tag, CancellationToken stop)
    {
        writer.Flush();
        if (sending)
        {
            buffer.Add("\n"u8);
            await SendPartAsync(stop);
            return;
        }
        if (picker is null)
        {
            buffer.Add("\n"u8);
            await SendWholeAsync(buffer.Written, tag, stop);
            return;
        }
        var picked = new PooledBuffer();
        try
        {
            picker.Copy(buffer.Written.Span, picked, paged);
            picked.Add("\n"u8);
            await SendWholeAsync(picked.Written, tag, stop);
        }
        finally
        {
            picked.Free();
        }
    }

    /// <summary>Forgets the response; the object can serve the next one.</summary>
    public void Dispose()
    {
        writer.Reset();
        buffer.Free();
        http = null;
        picker = null;
    }

    private async ValueTask SendWholeAsync(ReadOnlyMemory<byte> body, bool tag, CancellationToken stop)
    {
        var response = http!.Response; // Start came before
        if (tag)
        {
            var entityTag = EntityTag.Of(body.Span);
            response.Headers.ETag = entityTag;
            if (EntityTag.IsHeldBy(http.Request, entityTag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(http.Request.Method)) return;
        await response.BodyWriter.WriteAsync(body, stop);
    }

    private async ValueTask SendPartAsync(CancellationToken stop)
    {
        var response = http!.Response; // Start came before
        if (!sending)
        {
            response.StatusCode = status;
            response.ContentType = "application/json";
            sending = true;
        }
        if (!HttpMethods.IsHead(http.Request.Method)) await response.BodyWriter.WriteAsync(buffer.Written, stop);
        buffer.Clear();
    }
}
