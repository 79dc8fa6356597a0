using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Values;

namespace Hearth.Schema;

/// <summary>
/// The further options of a sign-in service (<see cref="OAuth2Provider.ExtraJson"/>) that Hearth knows. Members that it does not know are left alone, so that
/// options of other servers stay as they are; a known member of a wrong form is a fault, because an allow list that is not understood must not let everybody in.
/// </summary>
public sealed record ProviderExtras
{
    /// <summary>None of them.</summary>
    public static ProviderExtras None { get; } = new();

    /// <summary><c>discoveryURL</c>: address of an OpenID Connect discovery document, or of the issuer whose document it is; empty when there is none.</summary>
    public string DiscoveryUrl { get; init; } = "";

    /// <summary><c>jwksURL</c>: where the keys of identity tokens are; empty means those of the discovery document, or none.</summary>
    public string JwksUrl { get; init; } = "";

    /// <summary><c>issuers</c>: issuers of identity tokens; empty means that of the discovery document, or any.</summary>
    public ImmutableArray<string> Issuers { get; init; } = [];

    /// <summary><c>scopes</c>: scopes to ask for instead of the service's own; empty means the service's own.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary><c>claims</c>: names of the claims that tell <c>id</c>, <c>name</c>, <c>username</c>, <c>email</c>, <c>emailVerified</c> and <c>avatarURL</c>.</summary>
    public ImmutableDictionary<string, string> Claims { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary><c>trustEmail</c>: addresses count as verified even though the service does not say so.</summary>
    public bool TrustEmail { get; init; }

    /// <summary><c>emailClaim</c>: for Microsoft, the claim of the identity token whose address is trusted; empty for none.</summary>
    public string EmailClaim { get; init; } = "";

    /// <summary><c>allow.domains</c>: only verified addresses of these domains may sign in; empty means any.</summary>
    public ImmutableArray<string> AllowedDomains { get; init; } = [];

    /// <summary><c>allow.claims</c>: for each claim, the values of which one must be told; empty means any.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> AllowedClaims { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Claims that <c>extra.claims</c> can name.</summary>
    public static ImmutableArray<string> MappedClaims { get; } = ["id", "name", "username", "email", "emailVerified", "avatarURL"];

    /// <summary>Reads the options, or tells in words which of them is wrong.</summary>
    public static Outcome<ProviderExtras> Parse(string? json)
    {
        if (json is null) return None;
        using var document = JsonDocument.Parse(json, JsonLimits.Documents);
        var reading = new Reading();
        var (extras, root) = (None, document.RootElement);
        if (root.ValueKind != JsonValueKind.Object) return extras;
        foreach (var member in root.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null) continue;
            extras = JsonSpelling.NameOf(member) switch
            {
                "discoveryURL" => extras with { DiscoveryUrl = reading.Url(member) },
                "jwksURL" => extras with { JwksUrl = reading.Url(member) },
                "issuers" => extras with { Issuers = reading.Texts(member) },
                "scopes" => extras with { Scopes = reading.Texts(member) },
                "claims" => extras with { Claims = reading.Claims(member) },
                "trustEmail" => extras with { TrustEmail = reading.Flag(member) },
                "emailClaim" => extras with { EmailClaim = reading.Text(member) },
                "allow" => reading.Allow(member, extras),
                _ => extras,
            };
        }
        return reading.Problem is { } problem ? Fault.BadRequest("accounts.provider_extra", problem) : extras;
    }

    private sealed class Reading
    {
        public string? Problem { get; private set; }

        public string Text(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String ? Coercion.StringOf(member.Value) : Wrong(member, "must be a text", "");

        public bool Flag(JsonProperty member) =>
            member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.Value.GetBoolean() : Wrong(member, "must be true or false", false);

        public string Url(JsonProperty member)
        {
            var url = Text(member);
            return url.Length == 0 || UrlField.IsAbsolute(url) ? url : Wrong(member, "must be a URL", "");
        }

        // One text counts as a list of one.
        public ImmutableArray<string> Texts(JsonProperty member)
        {
            if (member.Value.ValueKind == JsonValueKind.String) return [Coercion.StringOf(member.Value)];
            if (member.Value.ValueKind != JsonValueKind.Array) return Wrong<ImmutableArray<string>>(member, "must be a list of texts", []);
            var texts = ImmutableArray.CreateBuilder<string>();
            foreach (var item in member.Value.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.String) return Wrong<ImmutableArray<string>>(member, "must be a list of texts", []);
                texts.Add(Coercion.StringOf(item));
            }
            return texts.ToImmutable();
        }

        public ImmutableDictionary<string, string> Claims(JsonProperty member)
        {
            var claims = ImmutableDictionary.CreateBuilder<string, string>();
            foreach (var claim in Members(member))
            {
                var name = JsonSpelling.NameOf(claim);
                if (MappedClaims.Contains(name)) claims[name] = Text(claim);
                else Wrong(claim, $"is none of {string.Join(", ", MappedClaims)}", "");
            }
            return claims.ToImmutable();
        }

        public ProviderExtras Allow(JsonProperty member, ProviderExtras extras)
        {
            foreach (var part in Members(member))
            {
                switch (JsonSpelling.NameOf(part))
                {
                    case "domains": extras = extras with { AllowedDomains = Filled(part) }; break;
                    case "claims": extras = extras with { AllowedClaims = AllowedClaims(part) }; break;
                    default: Wrong(part, "is neither domains nor claims", ""); break;
                }
            }
            return extras;
        }

        private ImmutableDictionary<string, ImmutableArray<string>> AllowedClaims(JsonProperty member)
        {
            var claims = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>();
            foreach (var claim in Members(member)) claims[JsonSpelling.NameOf(claim)] = Filled(claim);
            return claims.ToImmutable();
        }

        // An empty list could mean nobody as well as anybody.
        private ImmutableArray<string> Filled(JsonProperty member)
        {
            var texts = Texts(member);
            return texts.Length > 0 ? texts : Wrong(member, "must have at least one value", texts);
        }

        private IEnumerable<JsonProperty> Members(JsonProperty member) =>
            member.Value.ValueKind == JsonValueKind.Object ? member.Value.EnumerateObject() : Wrong<IEnumerable<JsonProperty>>(member, "must be an object", []);

        private T Wrong<T>(JsonProperty member, string what, T instead)
        {
            Problem ??= $"\"{JsonSpelling.NameOf(member)}\" {what}.";
            return instead;
        }
    }
}
