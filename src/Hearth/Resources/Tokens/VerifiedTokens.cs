using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Hearth.Resources.Tokens;

/// <summary>
/// Tokens whose signature held, with the two halves of the key that it held for. A signature is a pure function of token and key, so one that
/// held holds as long as both halves are the same; who asks compares them with the stored ones and checks the end each time. Only good
/// tokens get in, so that nobody can fill it with nonsense.
/// </summary>
internal sealed class VerifiedTokens
{
    private const int Most = 8192;
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>What a token says, and the halves of the key for which its signature held.</summary>
    public sealed record Entry(TokenClaims Claims, string TokenKey, string Secret);

    public bool TryFind(string token, [NotNullWhen(true)] out Entry? entry) => entries.TryGetValue(token, out entry);

    public void Remember(string token, Entry entry)
    {
        // Starting anew now and then costs one check for each token in use; an order of use would cost every request something.
        if (entries.Count >= Most) entries.Clear();
        entries[token] = entry;
    }
}
