using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http.Output;

namespace Hearth.Features.Batch;

/// <summary>The answers of the items of a batch, gathered while it runs and sent only after its commit.</summary>
internal sealed class BatchResults
{
    private readonly List<byte[]?> bodies = [];
    private readonly ArrayBufferWriter<byte> buffer = new(512);
    private Utf8JsonWriter? writer;

    /// <summary>Forgets what was gathered.</summary>
    public void Clear() => bodies.Clear();

    /// <summary>Begins the body of the next answer.</summary>
    public Utf8JsonWriter Begin()
    {
        buffer.ResetWrittenCount();
        writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        writer.Reset();
        return writer;
    }

    /// <summary>Ends the body, with only the keys that the item asked for.</summary>
    public Fault? End(FieldPicker? picker)
    {
        writer?.Flush();
        if (picker is null)
        {
            bodies.Add(buffer.WrittenSpan.ToArray());
            return null;
        }
        var picked = new PooledBuffer();
        try
        {
            picker.Copy(buffer.WrittenSpan, picked, paged: false);
            bodies.Add(picked.Written.ToArray());
        }
        finally
        {
            picked.Dispose();
        }
        return null;
    }

    /// <summary>An answer without a body.</summary>
    public void AddNothing() => bodies.Add(null);

    /// <summary>Writes all answers in the order of the items.</summary>
    public void WriteTo(Utf8JsonWriter target)
    {
        target.WriteStartArray();
        foreach (var body in bodies)
        {
            target.WriteStartObject();
            target.WriteNumber("status"u8, body is null ? 204 : 200);
            target.WritePropertyName("body"u8);
            if (body is null) target.WriteNullValue();
            else target.WriteRawValue(body, skipInputValidation: true);
            target.WriteEndObject();
        }
        target.WriteEndArray();
    }
}
