namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>Where people work together.</summary>
internal static class WorkTable
{
    public static IEnumerable<ProviderDefinition> All =>
    [
        new("linear")
        {
            AuthUrl = "https://linear.app/oauth/authorize",
            TokenUrl = "https://api.linear.app/oauth/token",
            UserUrl = "https://api.linear.app/graphql",
            Scopes = ["read"],
            Pkce = false,
            Question = "query { viewer { id displayName name email avatarUrl active } }",
            Person = new("data.viewer.id") { Name = "data.viewer.name", Username = "data.viewer.displayName", Email = "data.viewer.email", AvatarUrl = "data.viewer.avatarUrl", Holds = "data.viewer.active" },
        },
        new("notion")
        {
            AuthUrl = "https://api.notion.com/v1/oauth/authorize",
            TokenUrl = "https://api.notion.com/v1/oauth/token",
            UserUrl = "https://api.notion.com/v1/users/me",
            AuthParameters = [("owner", "user")],
            UsesBasic = true,
            UserHeaders = [("Notion-Version", "2022-06-28")],
            Person = new("bot.owner.user.id") { Name = "bot.owner.user.name", Email = "bot.owner.user.person.email", AvatarUrl = "bot.owner.user.avatar_url", Holds = "bot.owner.type=user" },
        },
        new("monday")
        {
            AuthUrl = "https://auth.monday.com/oauth2/authorize",
            TokenUrl = "https://auth.monday.com/oauth2/token",
            UserUrl = "https://api.monday.com/v2",
            Scopes = ["me:read"],
            Question = "query { me { id enabled name email is_verified photo_small } }",
            Person = new("data.me.id") { Name = "data.me.name", Email = "data.me.email", EmailHolds = "data.me.is_verified", AvatarUrl = "data.me.photo_small", Holds = "data.me.enabled" },
        },
        new("lark")
        {
            AuthUrl = "https://accounts.feishu.cn/open-apis/authen/v1/authorize",
            TokenUrl = "https://open.feishu.cn/open-apis/authen/v2/oauth/token",
            UserUrl = "https://open.feishu.cn/open-apis/authen/v1/user_info",
            TakesJson = true,
            Person = new("data.union_id") { Name = "data.name", Username = "data.en_name", Email = "data.email", AvatarUrl = "data.avatar_big|data.avatar_url", Holds = "code=0" },
        },
        new("box")
        {
            AuthUrl = "https://account.box.com/api/oauth2/authorize",
            TokenUrl = "https://api.box.com/oauth2/token",
            UserUrl = "https://api.box.com/2.0/users/me",
            Scopes = ["root_readonly"],
            Person = new("id") { Name = "name", Email = "login", AvatarUrl = "avatar_url", Holds = "status=active" },
        },
        new("wakatime")
        {
            AuthUrl = "https://wakatime.com/oauth/authorize",
            TokenUrl = "https://wakatime.com/oauth/token",
            UserUrl = "https://wakatime.com/api/v1/users/current",
            Scopes = ["email"],
            Person = new("data.id") { Name = "data.display_name", Username = "data.username", Email = "data.email", EmailHolds = "data.is_email_confirmed", AvatarUrl = "data.photo" },
        },
        new("livechat")
        {
            AuthUrl = "https://accounts.livechat.com/",
            TokenUrl = "https://accounts.livechat.com/token",
            UserUrl = "https://accounts.livechat.com/v2/accounts/me",
            Person = new("account_id") { Name = "name", Email = "email", EmailHolds = "email_verified", AvatarUrl = "avatar_url" },
        },
        // Each installation has its own addresses: https://HOST/oauth/authorize, /oauth/token and /oauth/profile.
        new("mailcow")
        {
            Scopes = ["profile"],
            Person = new("id") { Name = "full_name", Username = "username", Email = "email", Holds = "active=1" }, // 2 is a mailbox that takes mail and lets nobody in
        },
        // The addresses of people are entered by their organisation and not verified.
        new("planningcenter")
        {
            AuthUrl = "https://api.planningcenteronline.com/oauth/authorize",
            TokenUrl = "https://api.planningcenteronline.com/oauth/token",
            UserUrl = "https://api.planningcenteronline.com/people/v2/me",
            Scopes = ["people"],
            Person = new("data.id") { Name = "data.attributes.name", AvatarUrl = "data.attributes.avatar", Holds = "data.attributes.status=active" },
        },
    ];
}
