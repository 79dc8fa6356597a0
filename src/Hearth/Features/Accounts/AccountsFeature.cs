using Hearth.Basics;
using Hearth.Features.Accounts.ApiKeys;
using Hearth.Features.Accounts.Factors;
using Hearth.Features.Accounts.OAuth2;
using Hearth.Features.Accounts.Passkeys;
using Hearth.Features.Accounts.Sessions;
using Hearth.Features.Accounts.Mails;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Schema;

namespace Hearth.Features.Accounts;

/// <summary>
/// Signing in, and looking after an account (contract 7 and beyond): every way in, second factors, mails, sessions, API keys, and superusers acting as
/// somebody else. Routes below <c>/api/collections/{collection}/</c>. Tables: those of auth collections, and the system collections of what belongs to accounts.
/// </summary>
internal sealed class AccountsFeature : Feature
{
    internal const string Path = "/api/collections/{collection}/";

    /// <inheritdoc/>
    public override string Name => "accounts";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        var mails = new AccountMails(setup);
        var alerts = new AlertMail(mails);
        setup.Mail.On(AlertMail.Kind, alerts);
        var signIn = new SignIn(setup, alerts);
        MailRoutes.Map(setup, mails, signIn);
        var services = OAuth2Routes.Map(setup, signIn);
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = Path + "auth-methods",
            Tags = ["listAuthMethods"],
            Handler = exchange => InCollection(exchange, (e, collection) => AuthMethods.AnswerAsync(e, collection, services)),
            Summary = "How one can sign in to a collection.",
            Contract = SignInContract.Methods,
        });
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = Path + "auth-with-password",
            Tags = ["authWithPassword", "auth"],
            Handler = exchange => InCollection(exchange, new PasswordSignIn(setup, signIn).AnswerAsync),
            Summary = "Signs in with a password and answers with a token and the record.",
            Contract = SignInContract.Of(
                ("identity", Shape.Text("E-mail address, or another field that names the account.")),
                ("password", Shape.Text()),
                ("identityField?", Shape.Text("The field that the identity is of; found out when left out."))),
        });
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = Path + "auth-refresh",
            Guard = Guard.SameCollection,
            Tags = ["authRefresh"],
            Handler = exchange => InCollection(exchange, (e, collection) => TokenRefresh.AnswerAsync(e, collection, setup, signIn)),
            Summary = "Exchanges a token for a newer one and answers with the record.",
            Contract = SignInContract.Token,
        });
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = Path + "impersonate/{id}",
            Guard = Guard.Superuser,
            Handler = exchange => InCollection(exchange, (e, collection) => Impersonation.AnswerAsync(e, collection, setup, signIn)),
            Summary = "Gives a superuser a token of another record.",
            Contract = SignInContract.Token.Takes(Shape.Object("", ("duration?", Shape.Integer("Seconds; those of the collection when left out.")))),
        });
        SessionsRoutes.Map(setup);
        FactorRoutes.Map(setup, signIn);
        PasskeyRoutes.Map(setup, signIn);
        ApiKeyRoutes.Map(setup);
    }

    /// <summary>Answers a request in the auth collection that its path names; 404 when there is none.</summary>
    internal static ValueTask<Fault?> InCollection(Exchange exchange, Func<Exchange, Collection, ValueTask<Fault?>> answer) =>
        exchange.Schema.Find(exchange.PathValue("collection")) is { Type: CollectionType.Auth, Auth: not null } collection
            ? answer(exchange, collection)
            : ValueTask.FromResult<Fault?>(Fault.NotFound("accounts.no_auth_collection", "Missing or invalid auth collection context."));
}
