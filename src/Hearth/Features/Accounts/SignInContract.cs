using Hearth.Http.Contracts;

namespace Hearth.Features.Accounts;

/// <summary>What the ways to sign in answer, for the API reference.</summary>
internal static class SignInContract
{
    private static readonly Shape Service = Shape.Object(
        "A sign-in service.",
        ("name", Shape.Text()), ("displayName", Shape.Text()), ("logo?", Shape.Text()), ("state", Shape.Text()), ("authURL", Shape.Text()), ("codeVerifier", Shape.Text()), ("codeChallenge", Shape.Text()), ("codeChallengeMethod", Shape.Text()));

    private static readonly Shape Timed = Shape.Object("", ("enabled", Shape.Truth()), ("duration", Shape.Integer("Seconds.")));

    private static readonly Shape Switch = Shape.Object("", ("enabled", Shape.Truth()));

    /// <summary>A token and the record, without asking for more.</summary>
    public static RouteContract Token { get; } = RouteContract
        .Gives(
            Shape.Object(
                "A sign-in.",
                ("token", Shape.Text("Send it as the Authorization header.")),
                ("record", Shape.Record),
                ("deviceToken?", Shape.Text("Spares this device the second factor for some time.")),
                ("meta?", Shape.Object("What a sign-in service told of the person."))),
            "A token and the record that signed in.")
        .AsksPickers();

    /// <summary>How one can sign in.</summary>
    public static RouteContract Methods { get; } = RouteContract
        .Gives(
            Shape.Object(
                "Ways to sign in.",
                ("password", Shape.Object("", ("enabled", Shape.Truth()), ("identityFields", Shape.ListOf(Shape.Text())))),
                ("oauth2", Shape.Object("", ("enabled", Shape.Truth()), ("providers", Shape.ListOf(Service)))),
                ("mfa", Timed),
                ("otp", Timed),
                ("totp?", Switch),
                ("passkeys?", Switch),
                ("authProviders", Shape.ListOf(Shape.Object("For older clients."))),
                ("usernamePassword", Shape.Truth("For older clients.")),
                ("emailPassword", Shape.Truth("For older clients."))),
            "The ways.")
        .AsksFields();

    /// <summary>A way to sign in, after which a second factor may be due.</summary>
    public static RouteContract Of(params (string Name, Shape Shape)[] members) => Token
        .Or(401, "Another factor must follow. Send the mfaId with it.", Shape.Object("", ("mfaId", Shape.Text()), ("factors?", Shape.ListOf(Shape.Text(), "What the account has for it."))))
        .Takes(Shape.Object("", [.. members, ("mfaId?", Shape.Text("From the first factor.")), ("deviceToken?", Shape.Text("From an earlier sign-in on this device."))]));
}
