using System.Text.Json;
using Hearth.Schema.Values;

namespace Hearth.Schema.Wire;

/// <summary>
/// Collections as PocketBase wrote them before version 0.23: fields under <c>schema</c>, their options one level deeper, no fields for what every record has, and options of accounts and
/// views under other names. Written anew in the form of today.
/// </summary>
internal static class OldDefinition
{
    private const long Unlimited = int.MaxValue;

    private static readonly (string Old, string New)[] Renamed = [("convertUrls", "convertURLs"), ("noDecimal", "onlyInt")];
    private static readonly string[] OneOrMany = ["select", "file", "relation"];

    /// <summary>The entry in the form of today; the same element when it is in that form already.</summary>
    /// <param name="entry">A collection as it was sent.</param>
    /// <param name="note">What was done, in a sentence; null when there was nothing to do.</param>
    public static JsonElement Converted(JsonElement entry, out string? note)
    {
        note = null;
        if (entry.ValueKind != JsonValueKind.Object || Member(entry, "fields") is { ValueKind: not JsonValueKind.Null } || Member(entry, "schema") is not { ValueKind: JsonValueKind.Array } schema) return entry;
        var options = Member(entry, "options") is { ValueKind: JsonValueKind.Object } given ? given : default;
        var type = TextOf(entry, "type");
        var count = schema.GetArrayLength();
        var read = type == "view" ? "its query" : $"{count} {(count == 1 ? "field" : "fields")} of its schema";
        note = $"Read {TextOf(entry, "name")} from the form before version 0.23: {read}{(type == "auth" ? ", and how its accounts sign in" : "")}.";
        return JsonElement.Parse(JsonSpelling.Write(writer => Write(writer, entry, type, schema, options)));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement entry, string type, JsonElement schema, JsonElement options)
    {
        writer.WriteStartObject();
        foreach (var member in entry.EnumerateObject().Where(member => !(member.NameEquals("schema") || member.NameEquals("options") || member.NameEquals("indexes") || member.NameEquals("fields")))) member.WriteTo(writer);
        if (type == "view")
        {
            writer.WriteString("viewQuery", TextOf(options, "query"));
            writer.WriteEndObject();
            return;
        }
        writer.WriteStartArray("fields");
        if (type == "auth") WriteAccountFields(writer, options);
        foreach (var field in schema.EnumerateArray()) WriteField(writer, field);
        foreach (var name in new[] { "created", "updated" }) WriteDate(writer, name, schema);
        writer.WriteEndArray();
        WriteIndexes(writer, entry, type, schema);
        if (type == "auth") WriteAccountOptions(writer, options);
        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, JsonElement field)
    {
        if (field.ValueKind != JsonValueKind.Object)
        {
            field.WriteTo(writer);
            return;
        }
        var type = TextOf(field, "type");
        writer.WriteStartObject();
        foreach (var member in field.EnumerateObject().Where(member => !(member.NameEquals("options") || member.NameEquals("unique")))) member.WriteTo(writer);
        var most = false;
        foreach (var option in Member(field, "options") is { ValueKind: JsonValueKind.Object } options ? options.EnumerateObject() : default)
        {
            var name = Renamed.FirstOrDefault(pair => option.NameEquals(pair.Old)).New ?? option.Name;
            most |= name == "maxSelect" && option.Value.ValueKind == JsonValueKind.Number;
            if (option.Value.ValueKind == JsonValueKind.Null) continue;
            writer.WritePropertyName(name);
            option.Value.WriteTo(writer);
        }
        // Without a number a relation has no limit; choices and files had one always.
        if (!most && OneOrMany.Contains(type)) writer.WriteNumber("maxSelect", type == "relation" ? Unlimited : 1);
        writer.WriteEndObject();
    }

    private static void WriteDate(Utf8JsonWriter writer, string name, JsonElement schema)
    {
        if (schema.EnumerateArray().Any(field => TextOf(field, "name").Equals(name, StringComparison.OrdinalIgnoreCase))) return;
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("type", "autodate");
        writer.WriteBoolean("onCreate", true);
        writer.WriteBoolean("onUpdate", name == "updated");
        writer.WriteEndObject();
    }

    private static void WriteAccountFields(Utf8JsonWriter writer, JsonElement options)
    {
        writer.WriteStartObject();
        writer.WriteString("name", "password");
        writer.WriteString("type", "password");
        writer.WriteNumber("min", Member(options, "minPasswordLength") is { ValueKind: JsonValueKind.Number } least && least.TryGetInt32(out var length) ? length : 8);
        writer.WriteEndObject();
        writer.WriteStartObject();
        writer.WriteString("name", "email");
        writer.WriteString("type", "email");
        writer.WriteBoolean("required", Flag(options, "requireEmail"));
        foreach (var (old, name) in new[] { ("exceptEmailDomains", "exceptDomains"), ("onlyEmailDomains", "onlyDomains") })
        {
            if (Member(options, old) is not { ValueKind: JsonValueKind.Array } domains) continue;
            writer.WritePropertyName(name);
            domains.WriteTo(writer);
        }
        writer.WriteEndObject();
        writer.WriteStartObject();
        writer.WriteString("name", "username");
        writer.WriteString("type", "text");
        writer.WriteBoolean("required", true);
        writer.WriteNumber("min", 3);
        writer.WriteNumber("max", 150);
        writer.WriteString("pattern", @"^[\w][\w\.\-]*$");
        writer.WriteString("autogeneratePattern", "users[0-9]{6}");
        writer.WriteEndObject();
    }

    // What had to be unique by an option of its field has an index since 0.14; names of accounts were unique by themselves.
    private static void WriteIndexes(Utf8JsonWriter writer, JsonElement entry, string type, JsonElement schema)
    {
        writer.WriteStartArray("indexes");
        foreach (var index in Member(entry, "indexes") is { ValueKind: JsonValueKind.Array } given ? given.EnumerateArray() : default) index.WriteTo(writer);
        var name = TextOf(entry, "name");
        foreach (var field in schema.EnumerateArray().Where(field => Flag(field, "unique")).Select(field => TextOf(field, "name"))) writer.WriteStringValue($"CREATE UNIQUE INDEX `idx_unique_{name}_{field}` ON `{name}` (`{field}`)");
        if (type == "auth")
        {
            var id = TextOf(entry, "id") is { Length: > 0 } own ? own : name;
            writer.WriteStringValue($"CREATE UNIQUE INDEX `idx_tokenKey_{id}` ON `{name}` (`tokenKey`)");
            writer.WriteStringValue($"CREATE UNIQUE INDEX `idx_email_{id}` ON `{name}` (`email`) WHERE `email` != ''");
            writer.WriteStringValue($"CREATE UNIQUE INDEX `idx_username_{name}` ON `{name}` (`username` COLLATE NOCASE)");
        }
        writer.WriteEndArray();
    }

    private static void WriteAccountOptions(Utf8JsonWriter writer, JsonElement options)
    {
        var (byEmail, byName) = (Flag(options, "allowEmailAuth"), Flag(options, "allowUsernameAuth"));
        if (Member(options, "manageRule") is { ValueKind: JsonValueKind.String } manage) writer.WriteString("manageRule", Coercion.StringOf(manage));
        if (Flag(options, "onlyVerified")) writer.WriteString("authRule", "verified = true");
        writer.WriteStartObject("passwordAuth");
        writer.WriteBoolean("enabled", byEmail || byName);
        writer.WriteStartArray("identityFields");
        if (byName) writer.WriteStringValue("username");
        if (byEmail || !byName) writer.WriteStringValue("email");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("oauth2");
        writer.WriteBoolean("enabled", Flag(options, "allowOAuth2Auth"));
        writer.WriteStartObject("mappedFields");
        writer.WriteString("username", "username");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static JsonElement? Member(JsonElement entry, string name) => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) ? value : null;

    private static bool Flag(JsonElement entry, string name) => Member(entry, name) is { ValueKind: JsonValueKind.True };

    private static string TextOf(JsonElement entry, string name) => Member(entry, name) is { ValueKind: JsonValueKind.String } text ? Coercion.StringOf(text) : "";
}
