using System.Collections.Immutable;

namespace Hearth.Schema.Stock;

/// <summary>A service through which people can sign in.</summary>
/// <param name="Name">Name in options and requests.</param>
/// <param name="DisplayName">Name for people.</param>
public sealed record SignInService(string Name, string DisplayName)
{
    /// <summary>SVG of the first letter in a circle: enough to tell services apart, and nobody's trade mark.</summary>
    public string Logo =>
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><circle cx=\"16\" cy=\"16\" r=\"15\" fill=\"#4a5568\"/>" +
        $"<text x=\"16\" y=\"22\" font-family=\"sans-serif\" font-size=\"17\" fill=\"#fff\" text-anchor=\"middle\">{char.ToUpperInvariant(DisplayName[0])}</text></svg>";
}

/// <summary>The services that Hearth knows, in the order in which they are listed (contract 7.6).</summary>
public static class SignInServices
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<SignInService> All { get; } =
    [
        new("apple", "Apple"), new("google", "Google"), new("microsoft", "Microsoft"), new("yandex", "Yandex"), new("facebook", "Facebook"),
        new("instagram2", "Instagram"), new("github", "GitHub"), new("gitlab", "GitLab"), new("bitbucket", "Bitbucket"), new("gitee", "Gitee"),
        new("gitea", "Gitea/Forgejo"), new("discord", "Discord"), new("twitter", "X/Twitter"), new("kakao", "Kakao"), new("vk", "ВКонтакте"),
        new("linear", "Linear"), new("notion", "Notion"), new("monday", "monday.com"), new("lark", "Lark"), new("box", "Box"),
        new("spotify", "Spotify"), new("trakt", "Trakt"), new("twitch", "Twitch"), new("patreon", "Patreon"), new("strava", "Strava"),
        new("wakatime", "WakaTime"), new("livechat", "LiveChat"), new("mailcow", "mailcow"), new("planningcenter", "Planning Center"),
        new("oidc", "OIDC"), new("oidc2", "OIDC"), new("oidc3", "OIDC"),
    ];

    /// <summary>The service of a name, or null.</summary>
    public static SignInService? Find(string name) => All.FirstOrDefault(service => service.Name == name);
}
