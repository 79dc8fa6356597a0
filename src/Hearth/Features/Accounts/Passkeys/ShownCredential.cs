using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hearth.Features.Accounts.Passkeys;

/// <summary>
/// What a browser has sent, with nothing in it but the members that WebAuthn names (level 3, 5.1.8), each once and spelled as there. The verifier does not
/// tell cases apart: of <c>response</c> and <c>Response</c> it takes the one that comes last, and whoever else looks might take the other.
/// </summary>
internal static class ShownCredential
{
    private static readonly string[] Members = ["id", "rawId", "type", "authenticatorAttachment", "clientExtensionResults"];
    private static readonly string[] Answers = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle", "transports"];

    /// <summary>The credential to look at, in every place.</summary>
    public static JsonElement Of(JsonElement sent)
    {
        var clean = Only(sent, Members);
        if (sent.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object) clean["response"] = Only(response, Answers);
        return JsonElement.Parse(clean.ToJsonString());
    }

    private static JsonObject Only(JsonElement from, string[] names)
    {
        var clean = new JsonObject();
        foreach (var name in names)
        {
            if (from.TryGetProperty(name, out var value)) clean[name] = JsonNode.Parse(value.GetRawText());
        }
        return clean;
    }
}
