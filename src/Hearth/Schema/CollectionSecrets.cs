namespace Hearth.Schema;

/// <summary>The secrets in a collection's options: those of its tokens and of its sign-in services.</summary>
public static class CollectionSecrets
{
    /// <summary>The collection with other texts in the place of its secrets. <paramref name="change"/> gets each secret that is not empty and its name.</summary>
    public static Collection With(Collection collection, Func<string, string, string> change)
    {
        if (collection.Auth is not { } auth) return collection;
        return collection with
        {
            Auth = auth with
            {
                AuthToken = Of(auth.AuthToken, "authToken"),
                PasswordResetToken = Of(auth.PasswordResetToken, "passwordResetToken"),
                EmailChangeToken = Of(auth.EmailChangeToken, "emailChangeToken"),
                VerificationToken = Of(auth.VerificationToken, "verificationToken"),
                FileToken = Of(auth.FileToken, "fileToken"),
                OAuth2 = auth.OAuth2 with
                {
                    Providers = [.. auth.OAuth2.Providers.Select(provider => provider with { ClientSecret = Text(provider.ClientSecret, $"oauth2.{provider.Name}.clientSecret") })],
                },
            },
        };

        TokenOptions Of(TokenOptions token, string name) => token with { Secret = Text(token.Secret, name + ".secret") };

        string Text(string secret, string name) => secret.Length == 0 ? secret : change(secret, name);
    }
}
