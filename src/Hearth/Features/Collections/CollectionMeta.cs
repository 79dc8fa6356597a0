using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Collections;

/// <summary>What editors of collections need to know: blank collections, the known sign-in services, and what a view's query gives.</summary>
internal static class CollectionMeta
{
    private const int LongestQuery = 5000;

    /// <summary>A blank collection of each type.</summary>
    public static ValueTask<Fault?> ScaffoldsAsync(Exchange exchange)
    {
        var json = exchange.StartJson();
        json.WriteStartObject();
        foreach (var type in new[] { CollectionType.Auth, CollectionType.Base, CollectionType.View })
        {
            json.WritePropertyName(type.WireName());
            CollectionJson.Write(json, SystemCollections.Scaffold(type));
        }
        json.WriteEndObject();
        return exchange.SendJsonAsync();
    }

    /// <summary>The known sign-in services with a plain logo.</summary>
    public static ValueTask<Fault?> ProvidersAsync(Exchange exchange)
    {
        var json = exchange.StartJson();
        json.WriteStartArray();
        foreach (var service in SignInServices.All)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, service.Name);
            json.WriteString("displayName"u8, service.DisplayName);
            json.WriteString("logo"u8, service.Logo);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return exchange.SendJsonAsync();
    }

    /// <summary>Fields and first rows of a view's query that is not saved.</summary>
    public static async ValueTask<Fault?> TryViewAsync(Exchange exchange, SchemaStore schemas)
    {
        const string undecodable = "An error occurred while loading the submitted data.";
        var read = await exchange.ReadBodyAsync(undecodable);
        if (read.Failed(out var fault)) return fault;
        if (read.Value.ReadText("query", undecodable) is var text && text.Failed(out fault)) return fault;
        var query = text.Value;
        if (query.Trim().Length == 0) return Invalid(FieldFault.Required);
        if (System.Text.Encoding.UTF8.GetByteCount(query) > LongestQuery)
        {
            return Invalid(new FieldFault("validation_length_too_long", "The length must be no more than 5000.", new Dictionary<string, object?> { ["min"] = 0, ["max"] = LongestQuery }));
        }
        var json = exchange.StartJson();
        json.WriteStartObject();
        if (await schemas.TryViewAsync(query, json, exchange.Stop) is { } wrong) return wrong;
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    private static Fault Invalid(FieldFault fault) =>
        Fault.BadRequest("collections.view_query", "An error occurred while validating the submitted data.", new FaultMap().Add("query", fault));
}
