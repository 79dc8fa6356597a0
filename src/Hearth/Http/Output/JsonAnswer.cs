using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;
using Microsoft.AspNetCore.Http;

namespace Hearth.Http.Output;

/// <summary>
/// The JSON body of one response while it is written: a buffer, so that a late fault can still take its place, the length is known, and the
/// <c>fields</c> picker sees the whole. A very long body without picker or tag leaves in parts (<see cref="FlushAsync"/>).
/// </summary>
public sealed class JsonAnswer : IDisposable
{
    // What the server takes at once: the rest need not be copied before the client has taken this.
    private const int SliceLength = 64 * 1024;
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

    /// <summary>Bytes that were written and not sent.</summary>
    public long Length => buffer.Length + writer.BytesPending;

    /// <summary>Sends what is there, for a body that nothing needs the whole of. Call it between rows.</summary>
    public ValueTask FlushAsync(CancellationToken stop)
    {
        writer.Flush();
        return SendPartAsync(stop);
    }

    /// <summary>
    /// Ends the body and sends it. With <paramref name="tag"/> the response carries a strong entity tag of its bytes, and is a 304 without
    /// body when the client already has them.
    /// </summary>
    /// <param name="keep">Handed the body and its tag, when there is one; the bytes must be copied.</param>
    public async ValueTask SendAsync(bool tag, CancellationToken stop, Action<ReadOnlyMemory<byte>, string>? keep = null)
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
            await SendWholeAsync(buffer.Written, tag, keep, stop);
            return;
        }
        var picked = new PooledBuffer();
        try
        {
            picker.Copy(buffer.Written.Span, picked, paged);
            picked.Add("\n"u8);
            await SendWholeAsync(picked.Written, tag, keep, stop);
        }
        finally
        {
            picked.Dispose();
        }
    }

    /// <summary>Sends a body that is known from before, as <see cref="SendAsync"/> does with a tag.</summary>
    public static ValueTask<FlushResult> SendKnownAsync(HttpContext http, KnownAnswer known, CancellationToken stop) =>
        Begin(http, StatusCodes.Status200OK, known.Body.Length, known.Tag) ? http.Response.BodyWriter.WriteAsync(known.Body, stop) : default;

    /// <summary>Forgets the response; the object can serve the next one.</summary>
    public void Dispose()
    {
        writer.Reset();
        buffer.Dispose();
        http = null;
        picker = null;
    }

    private async ValueTask SendWholeAsync(ReadOnlyMemory<byte> body, bool tag, Action<ReadOnlyMemory<byte>, string>? keep, CancellationToken stop)
    {
        var entityTag = tag ? EntityTag.Of(body.Span) : null;
        if (entityTag is not null) keep?.Invoke(body, entityTag);
        if (Begin(http!, status, body.Length, entityTag)) await WriteAsync(http!.Response.BodyWriter, body, stop); // Start came before
    }

    private static async ValueTask WriteAsync(PipeWriter writer, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        for (; body.Length > SliceLength; body = body[SliceLength..])
        {
            if ((await writer.WriteAsync(body[..SliceLength], stop)).IsCompleted) return;
        }
        await writer.WriteAsync(body, stop);
    }

    // The head of a response. False when no body follows: for HEAD, and for a client that has these bytes already.
    private static bool Begin(HttpContext http, int status, int length, string? entityTag)
    {
        var response = http.Response;
        if (entityTag is not null)
        {
            response.Headers.ETag = entityTag;
            if (EntityTag.IsHeldBy(http.Request, entityTag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return false;
            }
        }
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = length;
        return !HttpMethods.IsHead(http.Request.Method);
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
        if (!HttpMethods.IsHead(http.Request.Method)) await WriteAsync(response.BodyWriter, buffer.Written, stop);
        buffer.Clear();
    }
}
