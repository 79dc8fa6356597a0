using Hearth.Features.Accounts.OAuth2.Providers;
using Hearth.Http;
using Hearth.Http.Contracts;

namespace Hearth.Features.Accounts.OAuth2;

/// <summary>Signing in through other services (contract 7.6).</summary>
internal static class OAuth2Routes
{
    /// <summary>Declares the routes; returns what tells the services of a collection.</summary>
    public static OAuth2Methods Map(FeatureSetup setup, SignIn signIn)
    {
        var providers = new ProviderSet(setup.Clock);
        var pictures = new PictureDownload();
        setup.OnStop(_ =>
        {
            providers.Dispose();
            pictures.Dispose();
            return ValueTask.CompletedTask;
        });
        var names = new AppleNames(setup.Clock);
        var service = new OAuth2SignIn(setup, signIn, providers, names, pictures);
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = AccountsFeature.Path + "auth-with-oauth2",
            Tags = ["authWithOAuth2", "auth"],
            BodyLimit = 1 << 20, // with the values of a new account
            Handler = exchange => AccountsFeature.InCollection(exchange, service.AnswerAsync),
            Summary = "Signs in with the code of a sign-in service, and signs up who is new.",
            Contract = SignInContract.Of(
                ("provider", Shape.Text("Name of the service.")),
                ("code", Shape.Text()),
                ("codeVerifier?", Shape.Text()),
                ("redirectURL?", Shape.Text()),
                ("createData?", Shape.Object("Fields of a new account."))),
        });
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = "/api/settings/apple/generate-client-secret",
            Guard = Guard.Superuser,
            Handler = exchange => AppleSecret.AnswerAsync(exchange, setup.Clock),
            Summary = "Makes the client secret that Apple asks for, from a private key.",
            Contract = RouteContract
                .Gives(Shape.Object("", ("secret", Shape.Text())), "The secret.")
                .AsksFields()
                .Takes(Shape.Object("", ("clientId", Shape.Text()), ("teamId", Shape.Text()), ("keyId", Shape.Text()), ("privateKey", Shape.Text()), ("duration", Shape.Integer("Seconds.")))),
        });
        var redirect = new OAuth2Redirect(setup.Post, names);
        foreach (var method in new[] { "GET", "POST" })
        {
            setup.Map(new RouteDefinition
            {
                Method = method,
                Path = "/api/oauth2-redirect",
                Handler = redirect.AnswerAsync,
                Summary = "Where a sign-in service sends a browser back to; hands the code to the client that waits for it.",
                Contract = OAuth2Redirect.ContractOf(method),
            });
        }
        return new OAuth2Methods(providers, setup.Clock);
    }
}
