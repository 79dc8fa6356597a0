using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Schema;
using Hearth.Schema.Checks;
using Hearth.Schema.Sql;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Resources.Audit;

/// <summary>Notes which collections are made, changed and removed: rules with their old and new text, fields, indexes and options by name.</summary>
internal static class SchemaAudit
{
    /// <summary>One entry for each collection that a change touches.</summary>
    public static IEnumerable<AuditEntry> Of(SchemaChanging changing)
    {
        foreach (var step in changing.Change.Steps)
        {
            switch (step)
            {
                case SaveDefinition { Collection: var after }:
                    var before = changing.Before.Collections.FirstOrDefault(own => own.Id == after.Id);
                    yield return AuditEntry.Of(before is null ? "collection.created" : "collection.updated", changing.Facts, after.Name) with { Details = Difference(before, after) };
                    break;
                case RemoveDefinition { Collection: var gone }:
                    yield return AuditEntry.Of("collection.deleted", changing.Facts, gone.Name);
                    break;
            }
        }
    }

    private static JsonObject Difference(Collection? before, Collection after)
    {
        var details = new JsonObject();
        if (before is not null && before.Name != after.Name) details["name"] = FromTo(before.Name, after.Name);
        var old = before is null ? [] : CollectionCheck.Rules(before).ToDictionary(rule => rule.Key, rule => rule.Rule);
        var rules = new JsonObject();
        foreach (var (key, rule) in CollectionCheck.Rules(after))
        {
            if (old.GetValueOrDefault(key) != rule) rules[key] = FromTo(old.GetValueOrDefault(key), rule);
        }
        if (rules.Count > 0) details["rules"] = rules;
        if (before is null) return details;
        Add(details, "fields", Names(before.Fields, after.Fields, field => field.Id, field => field.Name, field => JsonSpelling.Write(json => FieldJson.Write(json, field))));
        Add(details, "indexes", Names(before.Indexes, after.Indexes, index => index.Name, index => index.Name, index => IndexStatement.Render(index, after.Name)));
        if (ChangedOptions(before, after) is { Count: > 0 } options) details["options"] = new JsonArray([.. options.Select(name => JsonValue.Create(name))]);
        return details;
    }

    private static JsonObject FromTo(string? from, string? to) => new() { ["from"] = from, ["to"] = to };

    private static void Add(JsonObject details, string name, JsonObject changes)
    {
        if (changes.Count > 0) details[name] = changes;
    }

    private static JsonObject Names<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> key, Func<T, string> name, Func<T, string> text)
    {
        var old = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in before) old[key(item)] = item;
        var (added, changed) = (new JsonArray(), new JsonArray());
        foreach (var item in after)
        {
            if (!old.Remove(key(item), out var was)) added.Add(name(item));
            else if (text(was) != text(item)) changed.Add(name(was) == name(item) ? name(item) : $"{name(was)} -> {name(item)}");
        }
        var names = new JsonObject();
        if (added.Count > 0) names["added"] = added;
        if (changed.Count > 0) names["changed"] = changed;
        if (old.Count > 0) names["removed"] = new JsonArray([.. old.Values.Select(item => JsonValue.Create(name(item)))]);
        return names;
    }

    // Names only: among the values are secrets.
    private static List<string> ChangedOptions(Collection before, Collection after)
    {
        var (old, now) = (OptionsOf(before), OptionsOf(after));
        return [.. now.Where(option => option.Key is not ("authRule" or "manageRule") && old.GetValueOrDefault(option.Key) != option.Value).Select(option => option.Key)];
    }

    private static Dictionary<string, string> OptionsOf(Collection collection)
    {
        using var options = JsonDocument.Parse(CollectionJson.ToStorage(collection).Options, JsonLimits.Documents);
        return options.RootElement.EnumerateObject().ToDictionary(option => option.Name, option => option.Value.GetRawText());
    }
}
