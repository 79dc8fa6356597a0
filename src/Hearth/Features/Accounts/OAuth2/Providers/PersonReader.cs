using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>Asks a service who it is that signs in.</summary>
internal sealed class PersonReader(ProviderHttp http, IdentityTokens tokens)
{
    /// <summary>The person to whom a token belongs.</summary>
    public async ValueTask<Outcome<Person>> ReadAsync(Provider provider, TokenGrant grant, CancellationToken stop)
    {
        if ((await ToldAsync(provider, grant, stop)).Failed(out var fault, out var told)) return fault;
        var (shape, extras) = (provider.Definition.Person, provider.Extras);
        if (!Places.Holds(told, shape.Holds)) return Refused("the account is not active");
        string Text(string claim, string place) => extras.Claims.TryGetValue(claim, out var name)
            ? Places.Claim(told, name)
            : place.StartsWith("token.", StringComparison.Ordinal) ? Places.Text(grant.Raw, place["token.".Length..]) : Places.Text(told, place);
        var id = Text("id", shape.Id);
        if (id.Length == 0) return Refused("no id of the person");
        var holds = extras.TrustEmail || (extras.Claims.TryGetValue("emailVerified", out var verified) ? Places.IsTrue(Places.Find(told, verified)) : Places.Holds(told, shape.EmailHolds));
        var email = holds ? Text("email", shape.Email) : "";
        if (provider.Definition.Emails is { } list) email = await FindEmailAsync(provider, list, grant, stop);
        if (provider.ReadsMicrosoftToken && (await MicrosoftEmailAsync(provider, grant, id, stop)).Failed(out fault, out email)) return fault;
        return new Person(id)
        {
            Name = Text("name", shape.Name),
            Username = Text("username", shape.Username),
            Email = EmailField.IsAddress(email) ? email : "",
            AvatarUrl = Text("avatarURL", shape.AvatarUrl),
            Raw = told,
            Grant = grant,
        };
    }

    private async ValueTask<Outcome<JsonElement>> ToldAsync(Provider provider, TokenGrant grant, CancellationToken stop)
    {
        var definition = provider.Definition;
        if (!definition.IsOpenId) return provider.UserUrl.Length > 0 ? await AskAsync(provider, provider.UserUrl, grant, stop) : await tokens.ReadAsync(provider, grant.IdToken, stop);
        // With keys at hand the identity token is always checked; without them it counts only where nothing else tells the person.
        var claims = default(JsonElement);
        if ((provider.JwksUrl.Length > 0 || provider.UserUrl.Length == 0) && (await tokens.ReadAsync(provider, grant.IdToken, stop)).Failed(out var fault, out claims)) return fault;
        if (provider.UserUrl.Length == 0) return claims;
        if ((await AskAsync(provider, provider.UserUrl, grant, stop)).Failed(out fault, out var told)) return fault;
        if (claims.ValueKind != JsonValueKind.Object) return told;
        // Somebody else's data must not be laid over this person's (Core 5.3.2).
        return Places.Text(told, "sub") == Places.Text(claims, "sub") ? Merge(claims, told) : Refused("the user information is about somebody else");
    }

    private async ValueTask<Outcome<JsonElement>> AskAsync(Provider provider, string url, TokenGrant grant, CancellationToken stop)
    {
        if (!ProviderHttp.TryUri(url, out var uri)) return Refused("no address of the user information");
        var question = provider.Definition.Question;
        using var request = new HttpRequestMessage(question.Length > 0 ? HttpMethod.Post : HttpMethod.Get, uri);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", grant.AccessToken);
        foreach (var (name, value) in provider.Definition.UserHeaders) request.Headers.TryAddWithoutValidation(name, value.Replace("{clientId}", provider.Options.ClientId, StringComparison.Ordinal));
        if (question.Length > 0)
        {
            var body = new Dictionary<string, string> { ["query"] = question };
            request.Content = new StringContent(JsonSerializer.Serialize(body, ProviderJson.Default.DictionaryStringString), Encoding.UTF8, "application/json");
        }
        if ((await http.SendAsync(request, stop)).Failed(out var fault, out var reply)) return fault;
        return reply.IsSuccess && reply.Body.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? reply.Body
            : Refused(string.Create(CultureInfo.InvariantCulture, $"{uri.Host}: status {(int)reply.Status}"));
    }

    // A list that may not be read means that there is no verified address, not that nobody signs in.
    private async ValueTask<string> FindEmailAsync(Provider provider, EmailList list, TokenGrant grant, CancellationToken stop)
    {
        if (!ProviderHttp.TryUri(provider.UserUrl, out var home)) return "";
        if ((await AskAsync(provider, new Uri(home, list.Url).ToString(), grant, stop)).Failed(out _, out var told)) return "";
        var items = list.Items.Length == 0 ? told : Places.Find(told, list.Items);
        if (items.ValueKind != JsonValueKind.Array) return "";
        foreach (var item in items.EnumerateArray())
        {
            if (list.Holds.All(condition => Places.Holds(item, condition))) return Places.Text(item, "email");
        }
        return "";
    }

    // What a directory says of addresses can be set by whoever manages it: one counts only when Microsoft says that the domain was proven, or a superuser has named the claim.
    private async ValueTask<Outcome<string>> MicrosoftEmailAsync(Provider provider, TokenGrant grant, string id, CancellationToken stop)
    {
        if ((await tokens.ReadAsync(provider, grant.IdToken, stop)).Failed(out var fault, out var claims)) return fault;
        if (Places.Text(claims, "oid") is { Length: > 0 } subject && subject != id) return Refused("the identity token is about somebody else");
        var claim = provider.Extras.EmailClaim;
        if (claim == "email" && !provider.Extras.TrustEmail && !Places.IsTrue(Places.Find(claims, "xms_edov"))) return "";
        return Places.Find(claims, claim) is { ValueKind: JsonValueKind.Array } ? Places.Text(claims, claim + ".0") : Places.Claim(claims, claim);
    }

    private static JsonElement Merge(JsonElement under, JsonElement over)
    {
        var merged = new JsonObject();
        foreach (var member in under.EnumerateObject()) merged[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        foreach (var member in over.EnumerateObject()) merged[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        return JsonElement.Parse(merged.ToJsonString());
    }

    private static Fault Refused(string cause) => Fault.BadRequest("accounts.oauth2_person").Because(cause);
}
