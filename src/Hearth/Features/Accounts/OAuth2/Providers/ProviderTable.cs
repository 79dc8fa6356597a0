using System.Collections.Frozen;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>
/// The sign-in services of contract 7.6: addresses and fields as their public developer documentation tells them. The whole of a service stands here
/// where data is enough; the rest is in <see cref="PersonReader"/>.
/// </summary>
internal static class ProviderTable
{
    private static readonly FrozenDictionary<string, ProviderDefinition> ByName =
        OpenIdTable.All.Concat(CodeHostTable.All).Concat(SocialTable.All).Concat(WorkTable.All).ToFrozenDictionary(static definition => definition.Name);

    /// <summary>The service of a name, or null.</summary>
    public static ProviderDefinition? Find(string name) => ByName.GetValueOrDefault(name);
}

/// <summary>Services whose identity tokens tell the person, and Google.</summary>
internal static class OpenIdTable
{
    private static readonly PersonShape Standard = new("sub")
    {
        Name = "name", Username = "preferred_username", Email = "email", EmailHolds = "email_verified", AvatarUrl = "picture",
    };

    public static IEnumerable<ProviderDefinition> All =>
    [
        new("apple")
        {
            AuthUrl = "https://appleid.apple.com/auth/authorize",
            TokenUrl = "https://appleid.apple.com/auth/token",
            Scopes = ["name", "email"],
            AuthParameters = [("response_mode", "form_post")],
            Identity = new("https://appleid.apple.com/auth/keys", "https://appleid.apple.com"),
            Person = Standard with { Username = "" },
        },
        new("google")
        {
            AuthUrl = "https://accounts.google.com/o/oauth2/v2/auth",
            TokenUrl = "https://oauth2.googleapis.com/token",
            UserUrl = "https://www.googleapis.com/oauth2/v3/userinfo",
            Scopes = ["https://www.googleapis.com/auth/userinfo.profile", "https://www.googleapis.com/auth/userinfo.email"],
            Person = Standard with { Username = "" },
        },
        // The mail address of the profile can be set to anything by who manages the directory: it is not read at all. See PersonReader for the claims that can be.
        new("microsoft")
        {
            AuthUrl = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
            TokenUrl = "https://login.microsoftonline.com/common/oauth2/v2.0/token",
            UserUrl = "https://graph.microsoft.com/v1.0/me",
            Scopes = ["User.Read"],
            Identity = new("https://login.microsoftonline.com/common/discovery/v2.0/keys", "https://login.microsoftonline.com/{tid}/v2.0"),
            Person = new("id") { Name = "displayName" },
        },
        OpenId("oidc"),
        OpenId("oidc2"),
        OpenId("oidc3"),
    ];

    private static ProviderDefinition OpenId(string name) => new(name) { Scopes = ["openid", "email", "profile"], UsesBasic = true, IsOpenId = true, Person = Standard };
}

/// <summary>Where code is kept.</summary>
internal static class CodeHostTable
{
    public static IEnumerable<ProviderDefinition> All =>
    [
        new("github")
        {
            AuthUrl = "https://github.com/login/oauth/authorize",
            TokenUrl = "https://github.com/login/oauth/access_token",
            UserUrl = "https://api.github.com/user",
            Scopes = ["read:user", "user:email"],
            UserHeaders = [("Accept", "application/vnd.github+json")],
            Emails = new("user/emails", "", "primary", "verified"),
            Person = new("id") { Name = "name", Username = "login", AvatarUrl = "avatar_url", Holds = "!suspended_at" },
        },
        new("gitlab")
        {
            AuthUrl = "https://gitlab.com/oauth/authorize",
            TokenUrl = "https://gitlab.com/oauth/token",
            UserUrl = "https://gitlab.com/api/v4/user",
            Scopes = ["read_user"],
            Person = new("id") { Name = "name", Username = "username", Email = "email", EmailHolds = "confirmed_at?", AvatarUrl = "avatar_url", Holds = "state?=active&!locked" },
        },
        new("bitbucket")
        {
            AuthUrl = "https://bitbucket.org/site/oauth2/authorize",
            TokenUrl = "https://bitbucket.org/site/oauth2/access_token",
            UserUrl = "https://api.bitbucket.org/2.0/user",
            Scopes = ["account"],
            Pkce = false,
            Emails = new("user/emails", "values", "is_primary", "is_confirmed"),
            Person = new("uuid") { Name = "display_name", Username = "username", AvatarUrl = "links.avatar.href", Holds = "account_status=active" },
        },
        new("gitee")
        {
            AuthUrl = "https://gitee.com/oauth/authorize",
            TokenUrl = "https://gitee.com/oauth/token",
            UserUrl = "https://gitee.com/api/v5/user",
            Scopes = ["user_info", "emails"],
            Emails = new("emails", "", "scope=primary", "state=confirmed"),
            Person = new("id") { Name = "name", Username = "login", AvatarUrl = "avatar_url" },
        },
        new("gitea")
        {
            AuthUrl = "https://gitea.com/login/oauth/authorize",
            TokenUrl = "https://gitea.com/login/oauth/access_token",
            UserUrl = "https://gitea.com/api/v1/user",
            Scopes = ["read:user", "user:email"],
            Emails = new("user/emails", "", "primary", "verified"),
            Person = new("id") { Name = "full_name", Username = "login", AvatarUrl = "avatar_url", Holds = "active&!prohibit_login" },
        },
    ];
}
