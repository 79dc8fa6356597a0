using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.Features.Accounts.OAuth2.Providers;

namespace Hearth.Features.Accounts.OAuth2;

/// <summary>
/// Apple tells a person's name only once, to the browser that comes back, and not to who exchanges the code. It is remembered for a minute under the
/// (hashed) code and used as the name when that code is exchanged on this node.
/// </summary>
internal sealed class AppleNames(TimeProvider clock)
{
    private const int Most = 1000;
    private const int LongestName = 255;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (string Name, long At)> names = new(StringComparer.Ordinal);

    /// <summary>Remembers the name in what Apple's page has sent, such as <c>{"name":{"firstName":"Ann","lastName":"Example"}}</c>; anything else is left alone.</summary>
    public void Remember(string code, string user)
    {
        if (code.Length == 0 || user.Length is 0 or > 4096) return;
        string name;
        try
        {
            name = Places.Text(ProviderHttp.Mended(JsonElement.Parse(user)), "name.firstName+name.lastName");
        }
        catch (JsonException)
        {
            return;
        }
        if (name.Length is 0 or > LongestName) return;
        Forget();
        // Nobody can fill the memory; when somebody tries, names are lost, and people enter theirs by hand.
        if (names.Count < Most) names[Key(code)] = (name, clock.GetTimestamp());
    }

    /// <summary>The name that came with a code, once; empty when there is none.</summary>
    public string Take(string code)
    {
        if (names.IsEmpty || !names.TryRemove(Key(code), out var kept)) return "";
        return clock.GetElapsedTime(kept.At) < Lifetime ? kept.Name : "";
    }

    private void Forget()
    {
        foreach (var (key, kept) in names)
        {
            if (clock.GetElapsedTime(kept.At) >= Lifetime) names.TryRemove(key, out _);
        }
    }

    private static string Key(string code) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
