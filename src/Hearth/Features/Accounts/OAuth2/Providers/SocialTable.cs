namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>Where people meet, listen and play.</summary>
internal static class SocialTable
{
    public static IEnumerable<ProviderDefinition> All =>
    [
        new("yandex")
        {
            AuthUrl = "https://oauth.yandex.com/authorize",
            TokenUrl = "https://oauth.yandex.com/token",
            UserUrl = "https://login.yandex.ru/info",
            Scopes = ["login:email", "login:avatar", "login:info"],
            Person = new("id") { Name = "real_name", Username = "login", Email = "default_email", AvatarUrl = "https://avatars.yandex.net/get-yapic/{default_avatar_id}/islands-200" },
        },
        new("facebook")
        {
            AuthUrl = "https://www.facebook.com/dialog/oauth",
            TokenUrl = "https://graph.facebook.com/oauth/access_token",
            UserUrl = "https://graph.facebook.com/me?fields=name,email,picture.type(large)",
            Scopes = ["email"],
            Person = new("id") { Name = "name", Email = "email", AvatarUrl = "picture.data.url" },
        },
        new("instagram2")
        {
            AuthUrl = "https://www.instagram.com/oauth/authorize",
            TokenUrl = "https://api.instagram.com/oauth/access_token",
            UserUrl = "https://graph.instagram.com/me?fields=id,user_id,username,account_type,name,profile_picture_url",
            Scopes = ["instagram_business_basic"],
            Person = new("user_id") { Name = "name", Username = "username", AvatarUrl = "profile_picture_url" },
        },
        new("discord")
        {
            AuthUrl = "https://discord.com/api/oauth2/authorize",
            TokenUrl = "https://discord.com/api/oauth2/token",
            UserUrl = "https://discord.com/api/users/@me",
            Scopes = ["identify", "email"],
            Person = new("id") { Name = "global_name|username", Username = "username", Email = "email", EmailHolds = "verified", AvatarUrl = "https://cdn.discordapp.com/avatars/{id}/{avatar}.png" },
        },
        new("twitter")
        {
            AuthUrl = "https://x.com/i/oauth2/authorize",
            TokenUrl = "https://api.x.com/2/oauth2/token",
            UserUrl = "https://api.x.com/2/users/me?user.fields=id,name,username,profile_image_url,confirmed_email",
            Scopes = ["users.read", "users.email", "tweet.read"],
            UsesBasic = true,
            Person = new("data.id") { Name = "data.name", Username = "data.username", Email = "data.confirmed_email", AvatarUrl = "data.profile_image_url" },
        },
        new("kakao")
        {
            AuthUrl = "https://kauth.kakao.com/oauth/authorize",
            TokenUrl = "https://kauth.kakao.com/oauth/token",
            UserUrl = "https://kapi.kakao.com/v2/user/me",
            Scopes = ["account_email", "profile_nickname", "profile_image"],
            Person = new("id") { Username = "properties.nickname", Email = "kakao_account.email", EmailHolds = "kakao_account.is_email_valid&kakao_account.is_email_verified", AvatarUrl = "properties.profile_image" },
        },
        // The address comes with the token; see PersonReader.
        new("vk")
        {
            AuthUrl = "https://oauth.vk.com/authorize",
            TokenUrl = "https://oauth.vk.com/access_token",
            UserUrl = "https://api.vk.com/method/users.get?fields=photo_max,screen_name&v=5.131",
            Scopes = ["email"],
            Pkce = false,
            Person = new("response.0.id") { Name = "response.0.first_name+response.0.last_name", Username = "response.0.screen_name", Email = "token.email", AvatarUrl = "response.0.photo_max", Holds = "!response.0.deactivated" },
        },
        // The address that Spotify tells is never verified.
        new("spotify")
        {
            AuthUrl = "https://accounts.spotify.com/authorize",
            TokenUrl = "https://accounts.spotify.com/api/token",
            UserUrl = "https://api.spotify.com/v1/me",
            Scopes = ["user-read-private"],
            Person = new("id") { Name = "display_name", AvatarUrl = "images.0.url" },
        },
        new("trakt")
        {
            AuthUrl = "https://trakt.tv/oauth/authorize",
            TokenUrl = "https://api.trakt.tv/oauth/token",
            UserUrl = "https://api.trakt.tv/users/settings",
            UserHeaders = [("trakt-api-key", "{clientId}"), ("trakt-api-version", "2")],
            Person = new("user.ids.uuid") { Name = "user.name", Username = "user.username", AvatarUrl = "user.images.avatar.full", Holds = "!user.deleted" },
        },
        new("twitch")
        {
            AuthUrl = "https://id.twitch.tv/oauth2/authorize",
            TokenUrl = "https://id.twitch.tv/oauth2/token",
            UserUrl = "https://api.twitch.tv/helix/users",
            Scopes = ["user:read:email"],
            UserHeaders = [("Client-Id", "{clientId}")],
            Person = new("data.0.id") { Name = "data.0.display_name", Username = "data.0.login", Email = "data.0.email", AvatarUrl = "data.0.profile_image_url" },
        },
        new("patreon")
        {
            AuthUrl = "https://www.patreon.com/oauth2/authorize",
            TokenUrl = "https://www.patreon.com/api/oauth2/token",
            UserUrl = "https://www.patreon.com/api/oauth2/v2/identity?fields%5Buser%5D=full_name,email,vanity,image_url,is_email_verified",
            Scopes = ["identity", "identity[email]"],
            Person = new("data.id")
            {
                Name = "data.attributes.full_name",
                Username = "data.attributes.vanity",
                Email = "data.attributes.email",
                EmailHolds = "data.attributes.is_email_verified",
                AvatarUrl = "data.attributes.image_url",
            },
        },
        new("strava")
        {
            AuthUrl = "https://www.strava.com/oauth/authorize",
            TokenUrl = "https://www.strava.com/api/v3/oauth/token",
            UserUrl = "https://www.strava.com/api/v3/athlete",
            Scopes = ["profile:read_all"],
            Person = new("id") { Name = "firstname+lastname", Username = "username", AvatarUrl = "profile" },
        },
    ];
}
