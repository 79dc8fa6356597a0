namespace Hearth.Features.Accounts.Sessions;

/// <summary>A device in plain words from what it says of itself, such as <c>Firefox on Windows</c>. A hint for people, never proof of anything.</summary>
internal static class DeviceText
{
    private const int MostCharacters = 60;

    // The first that is found counts: most browsers also name the ones that they descend from.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Vivaldi", "Vivaldi"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
    ];

    /// <summary>The words; never empty.</summary>
    /// <param name="userAgent">The <c>User-Agent</c> header; may be empty.</param>
    public static string Of(string userAgent)
    {
        var (browser, system) = (Find(Browsers, userAgent), Find(Systems, userAgent));
        if (browser is not null) return system is null ? browser : $"{browser} on {system}";
        // A program: its name stands in front of a slash (RFC 9110, 10.1.5).
        var name = userAgent.Split('/', ' ', '(')[0].Trim();
        if (name.Length > MostCharacters) name = name[..MostCharacters];
        return (name.Length > 0 && name != "Mozilla", system) switch
        {
            (true, null) => name,
            (true, _) => $"{name} on {system}",
            (false, not null) => system,
            _ => "Unknown device",
        };
    }

    private static string? Find((string Mark, string Name)[] known, string text)
    {
        foreach (var (mark, name) in known)
        {
            if (text.Contains(mark, StringComparison.Ordinal)) return name;
        }
        return null;
    }
}
