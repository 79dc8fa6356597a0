using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;

namespace Hearth.Features.Health;

/// <summary>
/// Tells that the server answers (contract 10.1), and superusers what address it sees them at.
/// Route: <c>/api/health</c>. Tables: none.
/// </summary>
internal sealed class HealthFeature : Feature
{
    // Headers by which common proxies tell the client's address; one that arrives unconfigured hints at a missing setting.
    private static readonly string[] ProxyHeaders = ["CF-Connecting-IP", "Fly-Client-IP", "X-Forwarded-For"];

    /// <inheritdoc/>
    public override string Name => "health";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup) => setup.Map(new RouteDefinition
    {
        Method = "GET",
        Path = "/api/health",
        Handler = exchange => AnswerAsync(exchange, setup.Backups.IsFree),
        Summary = "Whether the server answers.",
        Contract = RouteContract
            .Gives(
                Shape.Object(
                    "It answers.",
                    ("code", Shape.Integer()),
                    ("message", Shape.Text()),
                    ("data", Shape.Object("More for superusers.", ("canBackup?", Shape.Truth()), ("realIP?", Shape.Text()), ("possibleProxyHeader?", Shape.Text())))),
                "It answers.")
            .AsksFields(),
    });

    private static ValueTask<Fault?> AnswerAsync(Exchange exchange, bool canBackup)
    {
        if (exchange.Parts.Engine.Trouble is { } trouble) return new(Fault.Of(503, "data.lost", "The database was removed or replaced while the server was using it.").Because(trouble.Detail));
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteNumber("code"u8, 200);
        json.WriteString("message"u8, "API is healthy.");
        json.WriteStartObject("data"u8);
        if (exchange.Caller.IsSuperuser)
        {
            var trusted = exchange.Parts.Settings.Current.TrustedProxy;
            json.WriteBoolean("canBackup"u8, canBackup);
            json.WriteString("realIP"u8, ClientAddress.Text(ClientAddress.Of(exchange.Http, trusted)));
            json.WriteString("possibleProxyHeader"u8, FirstPresent(exchange.Http.Request.Headers, [.. trusted.Headers, .. ProxyHeaders]));
        }
        json.WriteEndObject();
        json.WriteEndObject();
        return exchange.SendJsonAsync();
    }

    private static string FirstPresent(Microsoft.AspNetCore.Http.IHeaderDictionary headers, string[] names)
    {
        foreach (var name in names)
        {
            if (headers.ContainsKey(name)) return name;
        }
        return "";
    }
}
