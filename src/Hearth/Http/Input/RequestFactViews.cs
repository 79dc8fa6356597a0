using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Hearth.Http.Input;

/// <summary>The query as rules see it: the first value of each parameter, read from the request when asked.</summary>
internal sealed class QueryFacts(IQueryCollection query) : IReadOnlyDictionary<string, string>
{
    public int Count => query.Count;

    public IEnumerable<string> Keys => query.Keys;

    public IEnumerable<string> Values => query.Keys.Select(key => this[key]);

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        // The collection of the request finds a name in other letters, too; a rule means the one that it names.
        if (!query.ContainsKey(key)) return false;
        foreach (var (name, all) in query)
        {
            if (name == key) value = all.Count > 0 ? all[0] ?? "" : null;
        }
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => query.Keys.Select(key => KeyValuePair.Create(key, this[key])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The headers as rules see them: names in lower case with <c>_</c> for what is not a word character; the first value of each.</summary>
internal sealed class HeaderFacts(IHeaderDictionary headers) : IReadOnlyDictionary<string, string>
{
    public int Count => headers.Count;

    public IEnumerable<string> Keys => headers.Keys.Select(NameOf);

    public IEnumerable<string> Values => headers.Values.Select(all => all.Count > 0 ? all[0] ?? "" : "");

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        foreach (var (name, all) in headers)
        {
            if (!Matches(name, key)) continue;
            value = all.Count > 0 ? all[0] ?? "" : "";
            return true;
        }
        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        headers.Select(h => KeyValuePair.Create(NameOf(h.Key), h.Value.Count > 0 ? h.Value[0] ?? "" : "")).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static string NameOf(string name) => string.Create(name.Length, name, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = Normal(from[i]);
    });

    private static bool Matches(string name, string key)
    {
        if (name.Length != key.Length) return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (Normal(name[i]) != key[i]) return false;
        }
        return true;
    }

    private static char Normal(char c) => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_';
}
