using System.Diagnostics.CodeAnalysis;
using System.Text;
using Hearth.Schema;

namespace Hearth.Resources.Mail;

/// <summary>
/// An address that mail can go to or come from: the dot-atom form of RFC 5322 3.4.1, so that neither spaces nor control characters can be in it. There is no
/// other way to make one than <see cref="TryParse"/>.
/// </summary>
public sealed record MailAddress
{
    // RFC 5321, 4.5.3.1.
    private const int MostBytesBeforeAt = 64;
    private const int MostBytes = 254;

    private MailAddress(string text) => Text = text;

    /// <summary>The address, such as <c>ann@example.com</c>.</summary>
    public string Text { get; }

    /// <summary>What stands behind the @.</summary>
    public string Domain => Text[(Text.LastIndexOf('@') + 1)..];

    /// <summary>Reads an address; false when the text is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MailAddress? address)
    {
        address = null;
        if (!EmailField.IsAddress(text) || Encoding.UTF8.GetByteCount(text) > MostBytes) return false;
        if (Encoding.UTF8.GetByteCount(text.AsSpan(0, text.LastIndexOf('@'))) > MostBytesBeforeAt) return false;
        address = new MailAddress(text);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
