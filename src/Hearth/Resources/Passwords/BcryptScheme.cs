using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Hearth.Resources.Passwords;

/// <summary>bcrypt (<c>$2a$</c>, <c>$2b$</c>, <c>$2y$</c>), as accounts of other back ends bring it. Compared only; new hashes are never made so.</summary>
internal sealed class BcryptScheme : HashScheme
{
    private const int Length = 60;

    // 2^14 rounds take about a second; more would let one sign-in hold up all others.
    private const int MostCost = 14;

    /// <inheritdoc/>
    public override bool TryRead(string text, [NotNullWhen(true)] out StoredHash? hash)
    {
        hash = null;
        if (text.Length != Length || text is not ['$', '2', 'a' or 'b' or 'y', '$', _, _, '$', ..] || text.AsSpan(7).ContainsAnyExcept(Letters)) return false;
        if (!int.TryParse(text.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var cost) || cost is < 4 or > MostCost) return false;
        hash = new Stored(text);
        return true;
    }

    private static System.Buffers.SearchValues<char> Letters { get; } = System.Buffers.SearchValues.Create("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private sealed class Stored(string text) : StoredHash
    {
        public override bool Fits(byte[] password) => BCrypt.Net.BCrypt.Verify(Encoding.UTF8.GetString(password), text);
    }
}
