using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Resources.Tokens;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.ApiKeys;

/// <summary>Checks the scope that somebody wants for a new key, and brings it into the form in which it is stored: collections by their ids, so that renaming one takes nothing away.</summary>
internal static class ScopeReader
{
    private static readonly FieldFault Wrong = new("validation_in_invalid", "Must be a valid value.");

    /// <summary>The stored form, with what is wrong added to the faults.</summary>
    public static string Read(JsonElement? sent, SchemaSnapshot schema, IReadOnlyList<RouteDefinition> routes, FaultMap faults)
    {
        var collections = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var allowed = new List<string>();
        if (sent is not { ValueKind: JsonValueKind.Object } scope)
        {
            faults.Add("scope", FieldFault.Required);
            return "{}";
        }
        foreach (var part in scope.EnumerateObject())
        {
            if (part.Name == "collections" && part.Value.ValueKind == JsonValueKind.Object) ReadCollections(part.Value, schema, collections, faults);
            else if (part.Name == "routes" && part.Value.ValueKind == JsonValueKind.Array) ReadRoutes(part.Value, routes, allowed, faults);
            else faults.AddAt("scope." + part.Name, Wrong);
        }
        if (collections.Count == 0 && allowed.Count == 0) faults.Add("scope", FieldFault.Required);
        return JsonSerializer.Serialize(new { collections, routes = allowed });
    }

    private static void ReadCollections(JsonElement named, SchemaSnapshot schema, SortedDictionary<string, List<string>> collections, FaultMap faults)
    {
        foreach (var (name, list) in named.EnumerateObject().Select(part => (part.Name, part.Value)))
        {
            var collection = name == CallerScope.Any ? null : schema.Find(name);
            var id = collection?.Id ?? CallerScope.Any;
            // Who could write keys could write one with a wider scope.
            if ((collection is null && name != CallerScope.Any) || collection?.Name == FactorTables.ApiKeys || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            {
                faults.AddAt("scope.collections." + name, Wrong);
                continue;
            }
            foreach (var action in list.EnumerateArray())
            {
                if (action.ValueKind != JsonValueKind.String || ScopeJson.ActionOf(action.GetString() ?? "") == RecordActions.None) faults.AddAt("scope.collections." + name, Wrong);
                else if (!collections.TryGetValue(id, out var actions)) collections[id] = [action.GetString()!]; // just seen to be a text
                else if (!actions.Contains(action.GetString()!)) actions.Add(action.GetString()!);
            }
        }
    }

    private static void ReadRoutes(JsonElement list, IReadOnlyList<RouteDefinition> routes, List<string> allowed, FaultMap faults)
    {
        foreach (var route in list.EnumerateArray())
        {
            var text = route.ValueKind == JsonValueKind.String ? route.GetString() ?? "" : "";
            if (!routes.Any(known => !known.LooksAtScope && $"{known.Method} {known.Path}" == text)) faults.AddAt("scope.routes", Wrong);
            else if (!allowed.Contains(text)) allowed.Add(text);
        }
    }
}
