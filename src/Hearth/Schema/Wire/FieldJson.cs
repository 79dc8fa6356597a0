using System.Buffers;
using System.Text.Json;

namespace Hearth.Schema.Wire;

/// <summary>Fields as JSON objects (contract 5): the wire and the storage share one form.</summary>
internal static class FieldJson
{
    /// <summary>Writes one field, its keys in alphabetical order.</summary>
    public static void Write(Utf8JsonWriter writer, Field field)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var unordered = new Utf8JsonWriter(buffer)) WriteMembers(unordered, field);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        writer.WriteStartObject();
        foreach (var member in document.RootElement.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)) member.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, Field field)
    {
        writer.WriteStartObject();
        writer.WriteString("id", field.Id);
        writer.WriteString("name", field.Name);
        writer.WriteString("type", field.Type.WireName());
        writer.WriteBoolean("system", field.System);
        writer.WriteBoolean("hidden", field.Hidden);
        writer.WriteBoolean("presentable", field.Presentable);
        if (field.Type != FieldType.Autodate)
        {
            writer.WriteString("help", field.Help);
            writer.WriteBoolean("required", field.Required);
        }
        field.WriteOptions(writer);
        writer.WriteEndObject();
    }

    /// <summary>Reads one field; its id stays empty when none is sent. Null, and a noted problem, when its type is unknown or it is no object.</summary>
    public static Field? Read(JsonElement element, DecodeState state)
    {
        var options = new OptionReader(element, state);
        if (FieldTypes.Parse(options.Text("type", "")) is not { } type)
        {
            state.Fail("missing or unknown field type");
            return null;
        }
        var field = New(type, options.Text("name", ""));
        field = field with
        {
            Id = options.Text("id", ""),
            System = options.Flag("system", false),
            Hidden = options.Flag("hidden", false),
            Presentable = options.Flag("presentable", false),
            Help = type == FieldType.Autodate ? "" : options.Text("help", ""),
            Required = type != FieldType.Autodate && options.Flag("required", false),
        };
        return field.WithOptions(options);
    }

    /// <summary>A field of a type with the defaults of its options.</summary>
    public static Field New(FieldType type, string name) => type switch
    {
        FieldType.Text => new TextField { Name = name },
        FieldType.Editor => new EditorField { Name = name },
        FieldType.Number => new NumberField { Name = name },
        FieldType.Bool => new BoolField { Name = name },
        FieldType.Email => new EmailField { Name = name },
        FieldType.Url => new UrlField { Name = name },
        FieldType.Date => new DateField { Name = name },
        FieldType.Autodate => new AutodateField { Name = name },
        FieldType.Select => new SelectField { Name = name },
        FieldType.File => new FileField { Name = name },
        FieldType.Relation => new RelationField { Name = name },
        FieldType.Json => new JsonField { Name = name },
        FieldType.GeoPoint => new GeoPointField { Name = name },
        FieldType.Password => new PasswordField { Name = name },
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
