using System.Collections.Frozen;
using System.Text.Json;
using Hearth.Planning;

namespace Hearth.Resources.Tokens;

/// <summary>The scope of an API key as it is stored: <c>{"collections": {"ID": ["list", "view"]}, "routes": ["GET /api/logs"]}</c>.</summary>
internal static class ScopeJson
{
    /// <summary>The action of a name, or none.</summary>
    public static RecordActions ActionOf(string name) => name switch
    {
        "list" => RecordActions.List,
        "view" => RecordActions.View,
        "create" => RecordActions.Create,
        "update" => RecordActions.Update,
        "delete" => RecordActions.Delete,
        _ => RecordActions.None,
    };

    /// <summary>Reads a stored scope. What is not in its form allows nothing.</summary>
    public static CallerScope Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var collections = new Dictionary<string, RecordActions>(StringComparer.Ordinal);
        var routes = new List<string>();
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            if (document.RootElement.TryGetProperty("collections", out var named) && named.ValueKind == JsonValueKind.Object)
            {
                foreach (var collection in named.EnumerateObject())
                {
                    foreach (var action in TextsOf(collection.Value)) collections[collection.Name] = collections.GetValueOrDefault(collection.Name) | ActionOf(action);
                }
            }
            if (document.RootElement.TryGetProperty("routes", out var listed)) routes.AddRange(TextsOf(listed));
        }
        return new CallerScope(collections.ToFrozenDictionary(StringComparer.Ordinal), routes.ToFrozenSet(StringComparer.Ordinal));
    }

    private static IEnumerable<string> TextsOf(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString() ?? "") : [];
}
