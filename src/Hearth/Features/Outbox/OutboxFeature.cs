using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Resources.Mail;
using Microsoft.Extensions.Logging;

namespace Hearth.Features.Outbox;

/// <summary>
/// Shows the mails that stay on a developer's machine; elsewhere says at the start when none could leave.
/// Routes, in development only: <c>/api/outbox</c> for superusers, and the page <c>/api/outbox/page</c> that shows it. Tables: none.
/// </summary>
internal sealed partial class OutboxFeature : Feature
{
    /// <inheritdoc/>
    public override string Name => "outbox";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        var logger = setup.Loggers.CreateLogger("Hearth.Mail");
        setup.OnStart(_ =>
        {
            if (setup.Mail.Route.Problem is { } problem) NoWay(logger, problem);
            return ValueTask.CompletedTask;
        });
        if (setup.Mail.Route.Outbox is not { } outbox) return;
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/outbox",
            Guard = Guard.Superuser,
            QuietLog = true,
            Handler = exchange => ListAsync(exchange, outbox),
            Summary = "Mails that were kept instead of being sent, the newest first. In development only.",
            Contract = RouteContract
                .Gives(
                    Shape.Object("", ("items", Shape.ListOf(Shape.Object("", ("id", Shape.Text()), ("date", Shape.Text()), ("to", Shape.Text()), ("subject", Shape.Text()), ("text", Shape.Text()), ("html", Shape.Text()))))),
                    "The mails.")
                .AsksFields(),
        });
        setup.Map(new RouteDefinition
        {
            Method = "DELETE",
            Path = "/api/outbox",
            Guard = Guard.Superuser,
            Handler = exchange =>
            {
                outbox.Clear();
                return exchange.NoContent();
            },
            Summary = "Removes the kept mails.",
            Contract = RouteContract.GivesNothing("They are gone."),
        });
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/outbox/page",
            QuietLog = true,
            Handler = PageAsync,
            Summary = "The kept mails, as a page to read.",
            Contract = RouteContract.GivesBytes("text/html", "The page."),
        });
    }

    private static async ValueTask<Fault?> ListAsync(Exchange exchange, Resources.Mail.Outbox outbox)
    {
        var mails = await outbox.ListAsync(exchange.Stop);
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        foreach (var mail in mails)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, mail.Id);
            json.WriteString("date"u8, DateText.Of(mail.Date));
            json.WriteString("to"u8, mail.To);
            json.WriteString("subject"u8, mail.Subject);
            json.WriteString("text"u8, mail.Text);
            json.WriteString("html"u8, mail.Html);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    private static async ValueTask<Fault?> PageAsync(Exchange exchange)
    {
        using var page = typeof(OutboxFeature).Assembly.GetManifestResourceStream("Hearth.Features.Outbox.outbox.html")
            ?? throw new InvalidOperationException("The page outbox.html is not in the assembly.");
        var response = exchange.Http.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        response.Headers.CacheControl = "no-cache";
        // Mails are shown in a frame that may run nothing; the rule holds for it, too.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src https: data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        if (exchange.Http.Request.Method != "HEAD") await page.CopyToAsync(response.Body, exchange.Stop);
        return null;
    }

    [LoggerMessage(610, LogLevel.Warning, "{Problem} Links and codes for accounts will not arrive.")]
    private static partial void NoWay(ILogger logger, string problem);
}
