using System.Text.Json;
using Hearth.Schema;

namespace Hearth.Records.Files;

/// <summary>A file field as rules see it in the body: kept files are their names, uploads are objects (contract 2.4).</summary>
internal static class UploadJson
{
    /// <summary>The value that a file field is going to hold, with what is known of the uploads in it.</summary>
    public static JsonElement ElementOf(Field field, FieldValue held, IReadOnlyList<Upload> uploads) => ValueJson.ElementOf(writer =>
    {
        if (field.Multiple) writer.WriteStartArray();
        foreach (var name in held.AsList) Write(writer, name, uploads.FirstOrDefault(upload => upload.Name == name));
        if (field.Multiple) writer.WriteEndArray();
        else if (held.AsList.Count == 0) writer.WriteStringValue("");
    });

    private static void Write(Utf8JsonWriter writer, string name, Upload? upload)
    {
        if (upload is null)
        {
            writer.WriteStringValue(name);
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("name", upload.Name);
        writer.WriteString("originalName", upload.OriginalName);
        writer.WriteNumber("size", upload.Length);
        writer.WriteEndObject();
    }
}
